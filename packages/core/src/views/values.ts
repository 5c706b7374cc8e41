/** The report of `values`: every node's value, every gradient, every local derivative, in order of computation. */
import { entry, type Expr, freshLike } from '../expression/index.ts'
import { foldablesOf, localDerivative, tensorKeys } from '../calculus/index.ts'
import { type Dense, evaluate, evaluateNodes, type Exact, exact, isExact, type Point } from '../evaluate/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import type { Formula } from '../print/index.ts'
import { renderText } from '../print/index.ts'
import { askedNode } from './ask.ts'
import type { DrawnKind, GraphDrawing } from './graph-drawing.ts'
import { kinksOf } from './kinks.ts'
import { inIndexForm, letterIndices, notationWith } from './notation.ts'
import { asNumber, denseText, nested, numberText } from './numbers.ts'
import { evaluateGradients, scalarOutput } from './numeric-gradients.ts'
import type { Inline, Page } from './page.ts'
import { exactPoint, type Given, readPoint } from './point.ts'

export interface ValuesRequest { readonly at?: unknown; readonly wrt?: readonly string[]; readonly of?: string; readonly seed?: number }

interface Local { readonly of: NetworkNode; readonly by: NetworkNode; readonly formula: Formula; readonly value?: Dense<Exact> }

/** Values and gradients at a point. Throws ChainErrors for missing or misshapen numbers. */
export function valuesReport(network: Network, request: ValuesRequest = {}): Page & { graph: GraphDrawing } {
  const given = (request.at ?? {}) as Given
  const { sampled } = readPoint(network, given)
  const point = exactPoint(network, given, request.seed)
  const of = request.of === undefined ? scalarOutput(network) : askedNode(network, request.of).node
  const scalar = of && of.tensor.axes.length === (of.tensor.sample ? 1 : 0)
  const grads = scalar ? evaluateGradients(network, of, point, exact) : undefined
  if (!grads) evaluateNodes(network.nodes, point, exact)
  const wanted = request.wrt && new Set(request.wrt.map(w => askedNode(network, w).node.name))
  const squeeze = (d: Dense<Exact>, has: boolean): Dense<Exact> => (has && !sampled && d.shape[0] === 1 ? { shape: d.shape.slice(1), data: d.data } : d)
  const valueOf = (n: NetworkNode): Dense<Exact> => squeeze(point.values.get(n.tensor.key)!, n.tensor.sample)
  const gradientOf = (n: NetworkNode): Dense<Exact> | undefined => {
    if (!grads || (wanted && !wanted.has(n.name))) return undefined
    if (n === of) return undefined
    const d = grads.byKey.get(n.tensor.key)
    return d && squeeze(d, n.tensor.sample || (of!.tensor.sample && d.shape.length > n.tensor.axes.length))
  }
  const locals = localsOf(network, point)
  const kinks = kinksOf(network, point)
  const shown = network.nodes.filter(n => !n.inner || network.nodes.length <= 40)
  const rows = shown.map((n): Inline[][] => {
    const g = gradientOf(n)
    const gradient = n === of ? '1' : g ? denseText(g) : ''
    return [[nameOf(network, n)], [denseText(valueOf(n))], [gradient], localText(locals.filter(l => l.of === n), kinks.notes.get(n.name))]
  })
  const data = {
    nodes: Object.fromEntries(network.nodes.filter(n => !n.inner).map(n => [n.name, nodeData(valueOf(n), gradientOf(n))])),
    ...(of && scalar ? { of: of.name, loss: nested(valueOf(of), asNumber) } : {}),
    kinks: kinks.list.map(k => ({ node: k.node, at: k.at, convention: k.convention })),
    exact: network.nodes.every(n => isAllExact(valueOf(n))),
  }
  const title: Inline[] = grads ? [`values and gradients of ${of!.name}`] : ['values']
  return {
    title, ok: true, data,
    preamble: grads ? [] : [['No scalar output: gradients are shown for a loss or a last node that is a number.']],
    sections: [{ kind: 'table', columns: ['node', 'value', grads ? `∂${of!.name}/∂node` : '', 'local derivatives'], rows, align: ['left', 'right', 'right', 'left'] }],
    footer: [...unbounded(network, valueOf), ...kinks.list.map(k => [k.text])],
    graph: drawing(network, of, valueOf, gradientOf, locals),
  }
}

/** The first node whose value is not finite, named. */
function unbounded(network: Network, valueOf: (n: NetworkNode) => Dense<Exact>): Inline[][] {
  const first = network.nodes.find(n => { const d = valueOf(n); return Array.from({ length: d.data.length }, (_, k) => asNumber(d.data[k]!)).some(x => !Number.isFinite(x)) })
  return first ? [[`not finite: ${first.name} is the first node whose value is no number (JSON writes null); what depends on it is not to be trusted`]] : []
}

const isAllExact = (d: Dense<Exact>): boolean => Array.from({ length: d.data.length }, (_, k) => d.data[k]!).every(isExact)

function nodeData(value: Dense<Exact>, gradient: Dense<Exact> | undefined): object {
  return {
    shape: value.shape, value: nested(value, asNumber),
    ...(isAllExact(value) ? { exact: nested(value, numberText) } : {}),
    ...(gradient ? { gradient: nested(gradient, asNumber), ...(isAllExact(gradient) ? { gradientExact: nested(gradient, numberText) } : {}) } : {}),
  }
}

const nameOf = (network: Network, n: NetworkNode): Formula => notationWith(network.nodes, new Map()).index.nameOf?.(n.tensor) ?? { kind: 'name', name: n.name }

/** The local derivative on every edge. */
function localsOf(network: Network, point: Point<Exact>): Local[] {
  const foldables = foldablesOf(network.nodes)
  const found: Local[] = []
  for (const of of network.nodes) {
    if (!of.definition) continue
    const keys = tensorKeys(of.definition)
    for (const by of network.nodes) {
      if (!keys.has(by.tensor.key)) continue
      const at = entry(of.tensor, of.indices)
      const v = entry(by.tensor, by.indices.map((i, k) => (k === 0 && by.tensor.sample && of.tensor.sample ? of.indices[0]! : freshLike(i))))
      const expr: Expr = localDerivative({ node: of, definition: of.definition, indices: of.indices }, at, v, foldables)
      const order = [...new Set([...of.indices, ...v.indices])]
      const letters = letterIndices([{ indices: of.indices }, { indices: v.indices.filter(i => !of.indices.includes(i)) }])
      const cells = order.reduce((p, i) => p * (point.sizes.get(i.size.key) ?? i.size.value ?? 1), 1)
      found.push({
        of, by, formula: inIndexForm(expr, notationWith(network.nodes, letters)),
        ...(order.filter(i => !i.sample).length === 0 && cells < 100 ? { value: evaluate(expr, point, exact, order) } : {}),
      })
    }
  }
  return found
}

function localText(locals: readonly Local[], note: string | undefined): Inline[] {
  const parts: Inline[] = []
  for (const l of locals) {
    if (renderText(l.formula).length > 80) continue
    if (parts.length) parts.push(', ')
    parts.push({ kind: 'partial', of: { kind: 'name', name: l.of.name }, by: { kind: 'name', name: l.by.name } }, ' = ', l.formula)
    const number = l.value && denseText(squeezed(l.value), 4)
    if (number !== undefined && number !== renderText(l.formula)) parts.push(` = ${number}`)
  }
  if (note) parts.push(parts.length ? `   (${note})` : note)
  return parts
}

const squeezed = (d: Dense<Exact>): Dense<Exact> => (d.data.length === 1 ? { shape: [], data: d.data } : d)

const drawnKind = (n: NetworkNode): DrawnKind => (n.kind === 'given' || n.kind === 'rate' ? 'param' : n.kind)

function drawing(network: Network, of: NetworkNode | undefined, valueOf: (n: NetworkNode) => Dense<Exact>, gradientOf: (n: NetworkNode) => Dense<Exact> | undefined, locals: readonly Local[]): GraphDrawing {
  return {
    nodes: network.nodes.map(n => {
      const g = gradientOf(n)
      return { name: n.name, label: renderText(nameOf(network, n)), kind: drawnKind(n), value: denseText(valueOf(n), 6), ...(n === of ? { gradient: '1' } : g ? { gradient: denseText(g, 6) } : {}) }
    }),
    edges: locals.map(l => {
      const label = l.value ? denseText(squeezed(l.value), 4) : renderText(l.formula)
      return { from: l.by.name, to: l.of.name, ...(label.length <= 24 ? { label } : {}) }
    }),
  }
}

