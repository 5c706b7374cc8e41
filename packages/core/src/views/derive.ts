/** The report of `derive`: a page and its JSON for one question or several. */
import { ChainError } from '../errors.ts'
import { type Index, literalIndex } from '../expression/index.ts'
import { atEntry, deriveAll, type Derivation, deriveSecond, deriveTogether, directionLike, replay, timesDirection, weighted } from '../calculus/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { type Formula, renderLatex, renderText } from '../print/index.ts'
import { evaluateS, printSize } from '../shape/index.ts'
import { type Asked, askedNode } from './ask.ts'
import { checkerFor, type DrawPoints, type LineChecker, pointsFor } from './check-lines.ts'
import { components, pathSections, stepSections } from './derive-views.ts'
import { differentialPage } from './differential.ts'
import { axesFor, definitionOf, inIndexForm, inMatrixForm, type Layout, type Notation, notationOf } from './notation.ts'
import type { Check, Inline, Page, Section } from './page.ts'
import { depthPage } from './depth.ts'
import type { DeriveRequest } from './request.ts'
import { logSumExpRoute } from './route.ts'
import { updateSection } from './update-section.ts'
import { valuesOfDerivation } from './derive-values.ts'

const name = (n: string): Formula => ({ kind: 'name', name: n })

/** The output that is differentiated when the question names none. */
function outputOf(network: Network, text: string | undefined): Asked {
  if (text !== undefined) return askedNode(network, text)
  if (network.loss !== undefined) return { node: network.byName.get(network.loss)! }
  const last = [...network.nodes].reverse().find(n => n.definition && !n.inner)
  if (!last) throw new ChainError({ problem: 'The network has no node to differentiate.', expected: 'Define one, such as `loss E = ...`.' })
  return { node: last }
}

/** Answers a question about derivatives. Throws a ChainError for names that do not exist or forms that are not there. */
export function deriveReport(network: Network, request: DeriveRequest = {}): Page {
  if (network.depth) return depthPage(network, request)
  const prepared = request.route === 'logsumexp' ? logSumExpRoute(network) : { network, lines: [] }
  const net = prepared.network
  const of = outputOf(net, request.of)
  if (request.differential) return differentialPage(net, request.of === undefined ? net.nodes.filter(n => n.definition && !n.inner) : [of.node], request)
  const variables = request.wrt?.length ? request.wrt.map(w => askedNode(net, w)) : parametersBelow(net, of.node)
  const pages = variables.length > 1 && sharesBlocks(request)
    ? sharedPages(net, of, variables, request, prepared.lines)
    : variables.map(by => onePage(net, of, by, request, prepared.lines, derivationFor(net, of, by, request)))
  return pages.length === 1 ? pages[0]! : joined(pages)
}

function parametersBelow(network: Network, of: NetworkNode): Asked[] {
  const list = network.nodes.filter(n => n.kind === 'param')
  if (list.length === 0) throw new ChainError({ problem: `${network.path || 'The network'} has no parameters to derive ${of.name} by.`, expected: 'Name a variable with --wrt.' })
  return list.map(node => ({ node }))
}

const sharesBlocks = (r: DeriveRequest): boolean => r.second === undefined && r.vjp === undefined && r.jvp === undefined && r.view !== 'paths' && r.view !== 'components'

/** One page per variable from one pass: the adjoints between are derived and shown once, on the first. */
function sharedPages(network: Network, of: Asked, variables: readonly Asked[], request: DeriveRequest, opening: Section[]): Page[] {
  const list = deriveTogether(network, network.nodes, of.node, variables.map(v => v.node), { locals: request.detail === 'full' })
  const points = pointsFor(network, list[0]!.nodes, checksOf(request))
  return list.map((derivation, k) => onePage(network, of, variables[k]!, request, k === 0 ? opening : [], { derivation }, points))
}

const checksOf = (r: DeriveRequest): { seed: number; points: number } => ({ seed: r.seed ?? 1, points: r.points ?? 6 })

/** The derivation that a request asks for, with the nodes it added. */
function derivationFor(network: Network, of: Asked, by: Asked, request: DeriveRequest): { derivation: Derivation; first?: Derivation } {
  const locals = { locals: request.detail === 'full' }
  if (request.second !== undefined) {
    const { first, second } = deriveSecond(network, of.node, by.node, askedNode(network, request.second).node, locals)
    return { derivation: second, first }
  }
  const product = request.vjp ?? request.jvp
  if (product !== undefined && (network.byName.has(product) || network.dims.has(product))) {
    throw new ChainError({ problem: `${product} is a name of the network already, so it cannot also be the vector of the product.`, expected: 'Choose another name for it.' })
  }
  if (request.vjp !== undefined) {
    const { weight, node } = weighted(of.node, request.vjp)
    return { derivation: deriveAll(network, [...network.nodes, weight, node], node, by.node, locals) }
  }
  const derivation = deriveAll(network, network.nodes, of.node, by.node, locals)
  const positions = literalMarks(network, [of, derivation.ofIndices], [by, derivation.byIndices])
  const asked = positions.size > 0 && request.view !== 'components' ? atEntry(derivation, positions) : derivation
  return { derivation: request.jvp === undefined ? asked : timesDirection(asked, directionLike(by.node, request.jvp)) }
}

/** The fixed positions in a question, counted from 1 there. Throws a ChainError for one that is out of range. */
function literalMarks(network: Network, ...sides: readonly (readonly [Asked, readonly Index[]])[]): Map<Index, Index> {
  const found = new Map<Index, Index>()
  for (const [{ node, marks }, indices] of sides) indices.filter(i => !i.sample).forEach((i, k) => {
    const mark = marks?.[k]
    if (typeof mark !== 'number') return
    const size = evaluateS(i.size, name => network.dims.get(name))
    if (!Number.isInteger(mark) || mark < 1 || (size && mark > Number(size.n))) throw new ChainError({ problem: `${node.name} has no entry at position ${mark}: its axis ${k + 1} has size ${printSize(i.size)}, counted from 1.` })
    found.set(i, literalIndex(mark - 1))
  })
  return found
}

/** Sizes for JSON: numbers where they are, else formulas. */
const sizesOf = (indices: readonly Index[]): (number | string)[] => indices.filter(i => !i.sample).map(i => i.size.value ?? printSize(i.size))

function shapeOf(indices: readonly Index[]): string[] {
  return indices.filter(i => !i.sample).map(i => printSize(i.size))
}

function onePage(network: Network, of: Asked, by: Asked, request: DeriveRequest, opening: Section[], made: { derivation: Derivation; first?: Derivation }, points?: DrawPoints): Page {
  const view = request.view ?? 'index'
  const layout = request.layout ?? 'gradient'
  const { derivation: d, first } = made
  const n = notationOf(d, { of: first ? [...(of.marks ?? []), ...(by.marks ?? [])] : of.marks, by: first ? undefined : by.marks }, layout)
  const checker = checkerFor(network, d, checksOf(request), points)
  const detail = request.detail ?? 'brief'
  const sections: Section[] = [...opening]
  if (first) sections.push(...titled('first derivative', stepSections(first, notationOf(first, { of: of.marks, by: by.marks }, layout), view === 'matrix' ? 'matrix' : 'index', detail, checkerFor(network, first, checksOf(request)).check)))
  if (first) sections.push({ kind: 'text', paragraphs: [['second derivative']] })
  const pathView = view === 'paths' || (!points && d.by.tensor.axes.length === (d.by.tensor.sample ? 1 : 0)) ? pathSections(d, n, view === 'paths' ? checker.same : undefined) : undefined
  const list = view === 'components' ? components(d, network, n) : undefined
  if (view === 'paths') sections.push(...pathView!.sections)
  else if (list) sections.push({ kind: 'lines', lines: list.map(c => ({ left: c.entry, relation: '=', right: c.value, notes: [] })) })
  else sections.push(...stepSections(d, n, view === 'matrix' ? 'matrix' : 'index', detail, checker.check))
  const value = view === 'values' ? valuesOfDerivation(network, d, n, request.at) : undefined
  if (value) sections.push(...value.sections)
  if (request.update !== undefined) sections.push(updateSection(d, n, request, list))
  checker.checkResult(replay(d))
  return {
    title: titleOf(d, n), preamble: preamble(d, layout, n, view), sections, footer: [checker.summary()], ok: checker.ok(),
    data: dataOf(d, n, checker, { layout, paths: pathView?.list.map(p => ({ nodes: p.nodes.map(x => x.name), latex: renderLatex(inIndexForm(p.product, n)), text: renderText(inIndexForm(p.product, n)), factors: p.factors.length })), components: list?.map(c => ({ entry: renderText(c.entry), latex: renderLatex(c.value), text: renderText(c.value) })), value: value?.data }),
  }
}

const titled = (heading: string, sections: readonly Section[]): Section[] => [{ kind: 'text', paragraphs: [[heading]] }, ...sections]

function titleOf(d: Derivation, n: Notation): Inline[] {
  const left = d.blocks.at(-1)?.left
  const of = n.index.nameOf?.(d.of.tensor) ?? name(d.of.name)
  const by = n.index.nameOf?.(d.by.tensor) ?? name(d.by.name)
  if (of.kind === 'partial') return [secondPartial(of.of, of.by, by)]
  return left ? [{ kind: 'partial', of, by }] : [of]
}

/** ∂²f/∂x² or ∂²f/∂x∂y. */
function secondPartial(of: Formula, first: Formula, second: Formula): string {
  const [f, x, y] = [of, first, second].map(p => renderText(p))
  return `∂²${f}/${x === y ? `∂${x}²` : `∂${x}∂${y}`}`
}

function preamble(d: Derivation, layout: Layout, n: Notation, view: string): Inline[][] {
  const lines: Inline[][] = []
  if (d.of.definition) {
    const equation = d.of.inner ? undefined : definitionOf(d.of, n, 'index')
    if (equation && renderText(equation).length < 160) lines.push([equation])
  }
  const shape = [...shapeOf(d.ofIndices), ...shapeOf(d.byIndices)]
  const said = shape.length === 0 ? 'a number' : `shape ${shape.join(' × ')}`
  const perSample = (d.of.tensor.sample || d.by.tensor.sample) ? ', one for each sample' : ''
  if (view === 'matrix' && !inMatrixForm(d.result, axesFor(d.ofIndices, d.byIndices, layout), n)) lines.push([`there is no matrix form of ${said}; the answer is in index form`])
  lines.push([`${said}${perSample}; ${layout} layout${layout === 'jacobian' ? ' (the derivative of a scalar by a vector is a row)' : ' (the derivative of a scalar has the shape of its variable)'}`])
  return lines
}

const both = (f: Formula): { latex: string; text: string } => ({ latex: renderLatex(f), text: renderText(f) })

function dataOf(d: Derivation, n: Notation, checker: LineChecker, more: object): object {
  const axes = axesFor(d.ofIndices, d.byIndices, n.layout)
  const matrix = inMatrixForm(d.result, axes, n)
  const unchecked: Check = { verdict: 'unchecked', points: 0 }
  return {
    of: d.of.name, wrt: d.by.name, shape: sizesOf([...d.ofIndices, ...d.byIndices]),
    result: { index: both(inIndexForm(d.result, n)), matrix: matrix && both(matrix), ...pick(more, ['paths', 'components']) },
    steps: d.blocks.flatMap(b => b.steps.map(s => ({
      rule: s.rule, name: s.name, reason: s.notes.map(x => (x.kind === 'text' ? x.text : x.kind === 'rule' ? `${x.name}: ${x.reason}` : `definition of ${x.node}`)).join('; ') || s.name,
      before: both(inIndexForm(s.before, n)), after: both(inIndexForm(s.after, n)), shape: sizesOf(b.free),
      check: checker.check(s) ?? unchecked,
    }))),
    assumptions: d.context.facts.map(f => `entries of ${f.name} sum to 1`).filter(() => d.blocks.some(b => b.steps.some(s => s.rule === 'fact'))),
    ...pick(more, ['layout', 'value']),
  }
}

const pick = (o: object, keys: readonly string[]): object => Object.fromEntries(Object.entries(o).filter(([k, v]) => keys.includes(k) && v !== undefined))

/** Several questions on one page. */
function joined(pages: readonly Page[]): Page {
  return {
    title: ['derivatives'], preamble: [], ok: pages.every(p => p.ok), data: pages.map(p => p.data),
    sections: pages.flatMap(p => [{ kind: 'text' as const, paragraphs: [p.title, ...p.preamble] }, ...p.sections]),
    footer: pages.flatMap(p => p.footer.map(f => [...p.title, ': ', ...f])),
  }
}
