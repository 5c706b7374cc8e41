/** `layers l = 1..L`: the lines that mention the layer, read for every layer or for l, l+1 and L. */
import type { Expression, Name, Statement } from '../language/ast.ts'
import { children, expressionsOf } from '../language/walk.ts'
import { frontier, anyLayer } from './frontier.ts'
import { labelText, mentionsLabel, withLabel } from './labels.ts'
import { badDepth, layersTwice, noLayers, tooLarge } from './messages.ts'
import { type Env, findName, type Label, placeIn, written } from './scope.ts'

type Layers = Extract<Statement, { kind: 'layers' }>

const mostLayers = 2_000

/** All statements of a text in order; the repeated ones where they stand. */
export function runStatements(statements: readonly Statement[], depth: number | undefined, env: Env): void {
  const at = statements.findIndex(s => s.kind === 'layers')
  if (at < 0) {
    if (depth !== undefined) throw noLayers(undefined)
    statements.forEach(s => env.statement(s, env))
    return
  }
  const head = statements[at] as Layers
  statements.slice(0, at).forEach(s => env.statement(s, env))
  const rest = statements.slice(at + 1)
  const second = rest.find(s => s.kind === 'layers')
  if (second) throw layersTwice(placeIn(env, second.span))
  const repeated = rest.filter(s => mentionsVariable(s, head.variable))
  const first = rest.findIndex(s => s.kind === 'define' && repeated.includes(s))
  const isBefore = (s: Statement) => rest.indexOf(s) < first
  const others = rest.filter(s => !repeated.includes(s))
  const layered = repeated.flatMap(s => (s.kind === 'define' ? s.targets.map(t => t.name).filter(n => mentionsLabel(n, head.variable)) : []))
  layered.forEach(n => env.builder.layered.add(anyLayer(n)))
  const { labels, after } = layerLabels(head, depth, env)
  const outside: Env = { ...env, labels: after }
  others.filter(isBefore).forEach(s => env.statement(s, outside))
  for (const label of labels) runLayer(repeated, layered, new Map([...after, [head.variable, label]]), label, env)
  others.filter(s => !isBefore(s)).forEach(s => env.statement(s, outside))
}

function runLayer(statements: readonly Statement[], layered: readonly Name[], labels: ReadonlyMap<string, Label>, label: Label, env: Env): void {
  const inside: Env = { ...env, labels }
  const previous = labelText({ symbol: label.symbol, offset: label.offset - 1 })
  for (const n of layered) {
    const text = withLabel(n, previous)
    const name: Name = { ...n, text, layer: { bracket: n.layer!.bracket, text: previous } }
    if (env.builder.assumed.has(text) && !findName(inside, text)) frontier(name, { ...env, labels: new Map() })
  }
  statements.forEach(s => env.statement(s, inside))
}

/** The layers that are read, and the labels that stand for numbers afterwards. */
function layerLabels(s: Layers, depth: number | undefined, env: Env): { labels: readonly Label[]; after: ReadonlyMap<string, Label> } {
  const place = placeIn(env, s.span)
  const fail = () => badDepth(place, written(env, s.span))
  if (s.from.kind !== 'number') throw fail()
  const from = Number(s.from.text)
  const symbol = s.to.kind === 'name' ? s.to.name.text : undefined
  const to = s.to.kind === 'number' ? Number(s.to.text) : depth ?? (symbol !== undefined ? env.builder.dims.get(symbol) : undefined)
  if (to === undefined) {
    if (symbol === undefined) throw fail()
    env.builder.depth = { variable: s.variable, symbol }
    return { labels: [{ symbol: s.variable, offset: 0 }, { symbol: s.variable, offset: 1 }, { symbol, offset: 0 }], after: new Map() }
  }
  if (!Number.isInteger(from) || !Number.isInteger(to) || to < from) throw fail()
  if (to - from >= mostLayers) throw tooLarge(place, 'layers', mostLayers)
  const labels = Array.from({ length: to - from + 1 }, (_, k): Label => ({ symbol: '', offset: from + k }))
  return { labels, after: new Map(symbol === undefined ? [] : [[symbol, { symbol: '', offset: to }]]) }
}

/** Whether a line exists for every layer. */
function mentionsVariable(s: Statement, variable: string): boolean {
  const inExpression = (e: Expression): boolean =>
    ((e.kind === 'name' || e.kind === 'call') && (mentionsLabel(e.name, variable) || e.name.text === variable)) || children(e).some(inExpression)
  const names: readonly Name[] = s.kind === 'declare' ? s.items.map(i => i.name) : s.kind === 'define' ? s.targets.map(t => t.name) : []
  return s.kind !== 'block' && (names.some(n => mentionsLabel(n, variable)) || expressionsOf(s).some(inExpression))
}
