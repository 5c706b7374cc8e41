/** How the things of one derivation are written: letters of indices, names of nodes that the derivation made. */
import { entry, type Expr, type Index, type Tensor } from '../expression/index.ts'
import { type Derivation, isDifferential, tensorKeys } from '../calculus/index.ts'
import type { NetworkNode } from '../network/types.ts'
import { type Abbreviation, type Formula, indexForm, type PrintContext } from '../print/index.ts'
import { type MatrixContext, matrixForm } from '../print/matrix/index.ts'

export type Layout = 'gradient' | 'jacobian'

export interface Notation {
  readonly letters: ReadonlyMap<Index, string>
  readonly index: PrintContext
  readonly matrix: MatrixContext
  readonly layout: Layout
  /** Applied to every expression before it is written, e.g. to write a known adjoint as delta. */
  readonly prepare?: (e: Expr) => Expr
}

const LETTERS = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 'u', 'v']

/** Letters for free indices: the asked ones, then the wishes of the tensor, then i, j, k, ... */
export function letterIndices(groups: readonly { indices: readonly Index[]; marks?: readonly (string | number)[] | undefined }[], avoid: Iterable<string> = []): Map<Index, string> {
  const letters = new Map<Index, string>()
  const taken = new Set<string>(avoid)
  for (const g of groups) g.indices.filter(i => !i.sample).forEach((i, k) => {
    const mark = g.marks?.[k]
    if (typeof mark === 'string') { letters.set(i, mark); taken.add(mark) }
  })
  for (const g of groups) for (const i of g.indices) {
    if (i.sample || letters.has(i) || i.literal !== undefined) continue
    const letter = LETTERS.find(l => !taken.has(l)) ?? `i_${taken.size}`
    letters.set(i, letter)
    taken.add(letter)
  }
  return letters
}

/** The written form of a node that has no name of its own on the page. */
/** An argument of a call: a name, or the formula of the unnamed expression that stands there. */
function argumentForm(arg: string, nodes: readonly NetworkNode[], nameOf: (tensor: Tensor) => Formula | undefined): Formula {
  const inner = nodes.find(n => n.display?.operation === '' && n.display.args[0] === arg)
  const written = inner && nameOf(inner.tensor)
  return written?.kind === 'bracket' ? written.body : written ?? { kind: 'name', name: arg }
}

function displayed(node: NetworkNode, nodes: readonly NetworkNode[], nameOf: (tensor: Tensor) => Formula | undefined): Formula | undefined {
  if (node.display?.operation === '' && node.definition) {
    const [row, column, more] = node.indices.filter(i => !i.sample)
    const body = more ? null : matrixForm(node.definition, { ...(row ? { row } : {}), ...(column ? { column } : {}) }, { nameOf: t => nameOf(t) ?? { kind: 'name', name: t.name } })
    if (body) return { kind: 'bracket', body }
  }
  if (node.display) return { kind: 'call', name: node.display.operation, primes: 0, args: node.display.args.map(arg => argumentForm(arg, nodes, nameOf)) }
  return undefined
}

/** Names of tensors: nested calls, the loss of one sample, differentials, gradients that are differentiated again. */
export function namesFor(nodes: readonly NetworkNode[]): (tensor: Tensor) => Formula | undefined {
  const byKey = new Map(nodes.map(n => [n.tensor.key, n]))
  const nameOf = (tensor: Tensor): Formula | undefined => {
    if (isDifferential(tensor)) {
      const of = tensor.key.slice('differential:'.length)
      const node = byKey.get(of)
      return { kind: 'differential', of: (node && nameOf(node.tensor)) ?? { kind: 'name', name: tensor.name } }
    }
    const node = byKey.get(tensor.key)
    const product = /^(.*)·(.*)$/.exec(node?.name ?? '')
    if (product && node?.inner) return { kind: 'product', operator: 'juxtapose', factors: [{ kind: 'transpose', body: { kind: 'name', name: product[1]! } }, { kind: 'name', name: product[2]! }] }
    const gradient = /^d(.*)\/d(.*)$/.exec(tensor.key)
    if (gradient && node?.inner) {
      const [of, by] = [byKey.get(gradient[1]!), byKey.get(gradient[2]!)]
      if (of && by) return { kind: 'partial', of: nameOf(of.tensor) ?? { kind: 'name', name: of.name }, by: nameOf(by.tensor) ?? { kind: 'name', name: by.name } }
    }
    return node && displayed(node, nodes, nameOf)
  }
  return nameOf
}

/** z_7 for the argument of n_7 = g(...), where the network has no such name yet. */
export function argumentNames(nodes: readonly NetworkNode[]): Abbreviation[] {
  const names = new Set(nodes.map(n => n.name))
  const found: Abbreviation[] = []
  for (const n of nodes) {
    const d = n.definition
    if (d?.kind !== 'apply' || n.inner || d.args.length !== 1 || !d.fn.abstract) continue
    const arg = d.args[0]!
    if (arg.kind === 'symbol' || arg.kind === 'number') continue
    const label = /(_(?:\{[^}]*\}|[A-Za-z0-9]+))?(\^.*)?$/.exec(n.name)?.[0] ?? ''
    const name = `z${label}`
    if (label === '' || names.has(name)) continue
    found.push({ expr: arg, name, indices: arg.free.filter(i => !i.sample) })
  }
  return found
}

/** The notation of a derivation. */
export function notationOf(d: Derivation, marks: { of?: readonly (string | number)[] | undefined; by?: readonly (string | number)[] | undefined }, layout: Layout, used: readonly string[] = []): Notation {
  const taken = [...used, ...d.nodes.map(n => n.name)]
  const letters = letterIndices([{ indices: d.ofIndices, marks: marks.of }, { indices: d.byIndices, marks: marks.by }], taken)
  return notationWith(d.nodes, letters, layout, taken.filter(t => t.length === 1))
}

/** A notation for any expressions over the nodes. */
export function notationWith(nodes: readonly NetworkNode[], letters: ReadonlyMap<Index, string>, layout: Layout = 'gradient', used: readonly string[] = []): Notation {
  const nameOf = namesFor(nodes)
  const inSample = (f: Formula, sample: Formula | undefined): Formula => (sample ? { kind: 'entry', base: f, indices: [], sample } : f)
  return {
    letters, layout,
    index: { free: letters, nameOf, abbreviations: argumentNames(nodes), wholeDataSum: true, used },
    matrix: { layout, nameOf: (t, sample) => inSample(nameOf(t) ?? { kind: 'name', name: t.name }, sample) },
  }
}

/** Which abbreviations an expression uses, for the `where` line. */
export function usedAbbreviations(e: Expr, list: readonly Abbreviation[]): Abbreviation[] {
  const keys = tensorKeys(e)
  return list.filter(a => [...tensorKeys(a.expr)].every(k => keys.has(k)))
}

/** An expression in index form. */
export const inIndexForm = (e: Expr, n: Notation): Formula => indexForm(n.prepare?.(e) ?? e, n.index)

/** The axes of a derivative: rows from the output, columns from the variable, by the layout. */
export function axesFor(of: readonly Index[], by: readonly Index[], layout: Layout): { row?: Index; column?: Index } | undefined {
  const free = (list: readonly Index[]) => list.filter(i => !i.sample && i.literal === undefined)
  const [o, b] = [free(of), free(by)]
  if (o.length === 0 && b.length === 0) return {}
  if (o.length === 0 && b.length === 1) return layout === 'gradient' ? { row: b[0]! } : { column: b[0]! }
  if (o.length === 0 && b.length === 2) return { row: b[0]!, column: b[1]! }
  if (o.length === 1 && b.length === 0) return { row: o[0]! }
  if (o.length === 1 && b.length === 1) return { row: o[0]!, column: b[0]! }
  if (o.length === 2 && b.length === 0) return { row: o[0]!, column: o[1]! }
  return undefined
}

/** An expression in matrix form, null where there is none. */
export function inMatrixForm(e: Expr, axes: { row?: Index; column?: Index } | undefined, n: Notation): Formula | null {
  return axes ? matrixForm(n.prepare?.(e) ?? e, axes, n.matrix) : null
}

/** The definition of a node as an equation, in matrix form where it has one and it is wished. */
export function definitionOf(node: NetworkNode, n: Notation, form: 'index' | 'matrix'): Formula | undefined {
  if (!node.definition) return undefined
  const axes = node.indices.filter(i => !i.sample)
  if (form === 'matrix' && axes.length <= 2) {
    const [row, column] = axes
    const left: Formula = n.index.nameOf?.(node.tensor) ?? { kind: 'name', name: node.tensor.name }
    const right = matrixForm(node.definition, { ...(row ? { row } : {}), ...(column ? { column } : {}) }, n.matrix)
    if (right) return { kind: 'equation', left, relation: '=', right }
  }
  const letters = new Map([...letterIndices([{ indices: node.indices }])])
  const context: PrintContext = { ...n.index, free: letters, abbreviations: [] }
  return { kind: 'equation', left: indexForm(entry(node.tensor, node.indices), context), relation: '=', right: indexForm(node.definition, context) }
}
