/** The views of one derivation: paths, index, matrix, components. */
import { add, contract, entry, type Expr, literalIndex, multiply, substitute } from '../expression/index.ts'
import { casesOf, countPaths, type Derivation, entryAt, type Path, paths, positions } from '../calculus/index.ts'
import type { Network } from '../network/types.ts'
import { type Formula, renderText } from '../print/index.ts'
import type { LineChecker } from './check-lines.ts'
import { axesFor, inIndexForm, inMatrixForm, letterIndices, type Notation, usedAbbreviations } from './notation.ts'
import { type CheckOf, type Form, linesOf } from './lines.ts'
import type { Inline, Line, Section } from './page.ts'
import { printSize, substituteS, size, type Size } from '../shape/index.ts'
import { ChainError } from '../errors.ts'

const name = (n: string): Formula => ({ kind: 'name', name: n })
const MOST_COMPONENTS = 400

/** What the loss puts around the derivative of one sample. */
export function aroundData(d: Derivation, e: Expr): Expr {
  if (!d.overData || !d.sample) return e
  return d.by.tensor.sample ? multiply(d.overData.outside, e) : contract([d.sample], [d.overData.outside, e])
}

/** Index or matrix view: every block in turn, one sample first, then all samples, then the cases. */
export function stepSections(d: Derivation, n: Notation, form: Form, detail: 'brief' | 'full', check: CheckOf): Section[] {
  const sections: Section[] = []
  let lines: Line[] = []
  let number = 0
  const push = (more: readonly Line[]): void => { lines.push(...more.map(l => ({ ...l, number: ++number }))) }
  const close = (heading?: Inline[]): void => {
    if (lines.length > 0) sections.push({ kind: 'lines', lines, ...(heading ? { heading } : {}) })
    lines = []
  }
  const dataHeading: Inline[] | undefined = d.overData ? ['one sample'] : undefined
  for (const block of d.blocks) {
    if (block.kind === 'total') {
      close(dataHeading)
      push(linesOf(block, d, n, form, detail, check))
      close(['all samples'])
      continue
    }
    if (detail === 'full') for (const local of block.locals) push(linesOf(local, d, n, 'index', detail, check))
    push(linesOf(block, d, n, form, detail, check))
  }
  if (d.blocks.length === 0) push([{ left: inIndexForm(d.asked, n), relation: '=', right: inIndexForm(d.result, n), notes: [['an entry by an entry of the same tensor is a delta']] }])
  close(dataHeading && d.blocks.every(b => b.kind !== 'total') ? dataHeading : undefined)
  if (form === 'index') sections.push(...caseSection(d, n))
  const where = whereLines(d.result, n)
  if (where.length > 0) sections.push({ kind: 'lines', heading: ['where'], lines: where })
  return sections
}

/** i = j and i != j, and the matrix form under an index view. */
function caseSection(d: Derivation, n: Notation): Section[] {
  const cases = casesOf(d.result, d.context)
  if (!cases) return []
  const letter = (i: typeof cases.left): Formula => name(n.letters.get(i) ?? 'i')
  const condition = (relation: '=' | '≠'): Formula => ({ kind: 'condition', left: letter(cases.left), relation, right: letter(cases.right) })
  const matrix = inMatrixForm(d.result, axesFor(d.ofIndices, d.byIndices, n.layout), n)
  return [{
    kind: 'lines', heading: ['cases'], lines: [
      { left: condition('='), right: inIndexForm(cases.equal, n), notes: [] },
      { left: condition('≠'), right: inIndexForm(cases.different, n), notes: [] },
    ],
  }, ...(matrix ? [{ kind: 'lines' as const, heading: ['matrix form'] as Inline[], lines: [{ right: matrix, notes: [] }] }] : [])]
}

/** `where z_7 = w_{5,7} n_5 + b_7` for the names that a result uses. */
export function whereLines(e: Expr, n: Notation): Line[] {
  const used = usedAbbreviations(e, n.index.abbreviations ?? [])
  return used.map(a => {
    const letters = letterIndices([{ indices: a.indices ?? [] }])
    const base: Formula = typeof a.name === 'string' ? name(a.name) : a.name
    const left: Formula = (a.indices ?? []).length ? { kind: 'entry', base, indices: (a.indices ?? []).map(i => name(letters.get(i)!)) } : base
    return { left, relation: '=' as const, right: inIndexForm(a.expr, { ...n, index: { ...n.index, abbreviations: [], free: letters } }), notes: [] }
  })
}

export interface PathView { readonly sections: Section[]; readonly list: readonly Path[] }

/** Paths view: every path, one product per path, their sum. */
export function pathSections(d: Derivation, n: Notation, same?: LineChecker['same']): PathView {
  const by = entry(d.by.tensor, d.byIndices)
  const list = paths(d.context, d.by, by)
  const total = countPaths(d.context.graph, d.by)
  const written = (p: Path): Inline[] => p.nodes.flatMap((node, k): Inline[] => [...(k ? [' → '] : []), n.index.nameOf?.(node.tensor) ?? name(node.tensor.name)])
  const rows: Inline[][] = [
    [`paths from `, name(d.by.name), ` to `, name(d.of.name), `: ${total}`],
    ...list.map((p): Inline[] => ['  ', ...written(p), `   ${p.factors.length} ${p.factors.length === 1 ? 'factor' : 'factors'}`]),
  ]
  if (BigInt(list.length) < total) rows.push([`  … and ${total - BigInt(list.length)} more; the derivation shares their common parts (view index)`])
  const left = inIndexForm(d.blocks.at(-1)?.left ?? by, n)
  const inside = (of: (p: Path) => Expr): Formula => inIndexForm(aroundData(d, add(...list.map(of))), n)
  const lines: Line[] = list.length === 0 ? [{ left, relation: '=', right: inIndexForm(d.result, n), notes: [['no path leads there']] }] : [
    { left, relation: '=', right: inside(p => p.named), notes: [[`one product per path${d.overData && !d.by.tensor.sample ? ', one sum over the data' : ''}`]] },
    { relation: '=', right: inside(p => p.product), notes: [['each factor differentiated']] },
  ]
  const summed = aroundData(d, add(...list.map(p => p.product)))
  if (same && BigInt(list.length) === total) {
    list.forEach(p => same(p.named, p.product))
    lines.forEach((l, k) => { lines[k] = { ...l, check: same(d.asked, summed) } })
  }
  const folded = inIndexForm(d.result, n)
  if (list.length > 1 && renderText(folded) !== renderText(lines.at(-1)!.right)) lines.push({ relation: '=', right: folded, notes: [['common factors taken out']], ...(same ? { check: same(summed, d.result) } : {}) })
  const where = whereLines(d.result, n)
  const note: Inline[][] = d.overData && !d.by.tensor.sample ? [['The sum stands outside the product: its factors differ from sample to sample.']] : []
  return {
    list,
    sections: [
      { kind: 'text', paragraphs: rows },
      { kind: 'lines', lines },
      ...(where.length ? [{ kind: 'lines' as const, heading: ['where'] as Inline[], lines: where }] : []),
      ...(note.length ? [{ kind: 'text' as const, paragraphs: note }] : []),
    ],
  }
}

/** One entry of a derivative: its name, the entry of the variable, and its value written out. */
export interface Component { readonly entry: Formula; readonly by: Formula; readonly value: Formula }

/** Components view: every entry of a small result, axes written out. */
export function components(d: Derivation, network: Network, n: Notation): Component[] {
  const dims = (symbol: string): number | undefined => network.dims.get(symbol)
  const axes = [...d.ofIndices, ...d.byIndices].filter(i => !i.sample)
  const extents = axes.map(i => sizeAt(i.size, dims))
  const count = extents.reduce((a, b) => a * b, 1)
  if (count > MOST_COMPONENTS) throw new ChainError({ problem: `The derivative has ${count} entries; components are written out for at most ${MOST_COMPONENTS}.`, expected: 'Ask for an entry (--wrt \'W[1,2]\'), or use --view index or matrix.' })
  const left = d.blocks.at(-1)?.left ?? d.result
  return positions(extents).map(p => {
    const map = new Map(axes.map((i, k) => [i, literalIndex(p[k]!)]))
    return { entry: inIndexForm(substitute(left, map), n), by: inIndexForm(substitute(entry(d.by.tensor, d.byIndices), map), n), value: inIndexForm(entryAt(d.result, axes, p, dims), n) }
  })
}

function sizeAt(s: Size, dims: (name: string) => number | undefined): number {
  const value = substituteS(s, symbol => { const v = dims(symbol); return v === undefined ? undefined : size(v) }).value
  if (value === undefined) throw new ChainError({ problem: `The size ${printSize(s)} has no number, so its components cannot be written out.`, expected: `Give it one in the text (dim ${printSize(s)} = 3) or with --dim ${printSize(s)}=3.` })
  return value
}
