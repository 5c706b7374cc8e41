/** Symbolic depth: the start of the recursion at layer L, the step from layer l+1 to layer l, and the weights of layer l. */
import { ChainError, nearestName } from '../errors.ts'
import { deriveAll, type Derivation, mapDerivatives, tensorKeys } from '../calculus/index.ts'
import { entry, type Expr } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { type Formula, renderLatex, renderText } from '../print/index.ts'
import { checkerAtDepth } from './check-depth.ts'
import { axesFor, inIndexForm, inMatrixForm, type Notation, notationOf } from './notation.ts'
import { stepSections } from './derive-views.ts'
import type { Page, Section } from './page.ts'
import type { DeriveRequest } from './request.ts'

const label = (n: NetworkNode): string | undefined => /\^\[([^\]]*)\]$/.exec(n.name)?.[1]

/** The nodes of layer l+1 that use a node of layer l: their adjoints are what the recursion starts from. */
function nextLayer(network: Network): NetworkNode[] {
  const v = network.depth!.variable
  const here = new Set(network.nodes.filter(n => label(n) === v).map(n => n.tensor.key))
  return network.nodes.filter(n => label(n) === `${v}+1` && n.definition && [...tensorKeys(n.definition)].some(k => here.has(k)))
}

/** delta^[l] for the adjoint of a node where the recursion stops. */
function nameDeltas(e: Expr, frontier: ReadonlySet<string>): Expr {
  return mapDerivatives(e, d => {
    if (d.direct || !frontier.has(d.by.tensor.key)) return undefined
    const t = d.by.tensor
    return entry({ ...t, key: `delta:${t.key}`, name: `delta${/\^\[[^\]]*\]$/.exec(t.name)?.[0] ?? ''}`, rank: t.rank + 0.5 }, d.by.indices)
  })
}

const both = (f: Formula): { latex: string; text: string } => ({ latex: renderLatex(f), text: renderText(f) })

/** The page for a network of symbolic depth: default, the recursion and the gradients of every parameter of layer l. */
export function depthPage(network: Network, request: DeriveRequest): Page {
  const { variable: v, symbol } = network.depth!
  const of = network.byName.get(request.of ?? network.loss ?? '')
  if (!of) throw new ChainError({ problem: 'A network of symbolic depth is derived from its loss.', expected: 'Declare one, such as `loss J = cost(a^[L], y)`.' })
  const frontier = nextLayer(network)
  const atL = network.nodes.filter(n => label(n) === symbol && frontier.some(f => f.name.replace(`[${v}+1]`, '') === n.name.replace(`[${symbol}]`, '')))
  const atl = network.nodes.filter(n => label(n) === v && n.definition && frontier.some(f => f.name.replace(`[${v}+1]`, '') === n.name.replace(`[${v}]`, '')))
  const asked = request.wrt?.map(w => {
    const node = network.byName.get(w)
    if (!node) throw new ChainError({ problem: `There is no node ${w} in a network of symbolic depth.`, expected: `Layer ${v} has ${network.nodes.filter(n => label(n) === v).map(n => n.name).join(', ')}.`, nearest: nearestName(w, [...network.byName.keys()]) })
    return node
  })
  const variables = asked ?? [...atL, ...atl, ...network.nodes.filter(n => n.kind === 'param' && label(n) === v)]
  const layout = request.layout ?? 'gradient'
  const checker = checkerAtDepth(network, { seed: request.seed ?? 1, points: request.points ?? 6 })
  const sections: Section[] = []
  const data: object[] = []
  for (const by of variables) {
    const direct = by.kind === 'param' ? atl.filter(z => tensorKeys(z.definition!).has(by.tensor.key)) : []
    const d: Derivation = deriveAll(network, network.nodes, of, by, { locals: request.detail === 'full' }, label(by) === symbol ? [] : direct.length ? direct : frontier)
    const n: Notation = { ...notationOf(d, {}, layout, [v, symbol]), prepare: e => nameDeltas(e, d.context.graph.frontier) }
    const form = request.view === 'index' ? 'index' : 'matrix'
    const heading = label(by) === symbol ? `start, layer ${symbol}` : direct.length ? `layer ${v}: ${by.name}` : `layer ${v}: from layer ${v}+1`
    sections.push({ kind: 'text', paragraphs: [[heading]] }, ...stepSections(d, n, 'index', request.detail ?? 'brief', s => checker.check(s, d)))
    const matrix = inMatrixForm(d.result, axesFor(d.ofIndices, d.byIndices, layout), n)
    if (form === 'matrix' && matrix) sections.push({ kind: 'lines', heading: ['matrix form'], lines: [{ left: { kind: 'partial', of: { kind: 'name', name: of.name }, by: { kind: 'name', name: by.name } }, relation: '=', right: matrix, notes: [] }] })
    data.push({
      of: of.name, wrt: by.name, layout, shape: d.byIndices.filter(i => !i.sample).map(i => i.size.key),
      result: { index: both(inIndexForm(d.result, n)), matrix: matrix && both(matrix) },
      steps: d.blocks.flatMap(b => b.steps.map(s => ({ rule: s.rule, name: s.name, reason: s.name, before: both(inIndexForm(s.before, n)), after: both(inIndexForm(s.after, n)), shape: b.free.filter(i => !i.sample).map(i => i.size.key), check: checker.check(s, d) }))),
      assumptions: [],
    })
  }
  const delta: Formula = { kind: 'equation', left: { kind: 'name', name: `delta^[${v}]` }, relation: '=', right: { kind: 'partial', of: { kind: 'name', name: of.name }, by: { kind: 'name', name: atl[0]?.name ?? `z^[${v}]` } } }
  return {
    title: [`gradients at any depth ${symbol}`], preamble: [['with ', delta], [`${layout} layout`]], sections, footer: [checker.summary()], ok: checker.ok(),
    data: data.length === 1 ? data[0] : data,
  }
}
