/** Definitions: `z = W x + b`, `z[i] = sum_j W[i,j] x[j] + b[i]`, `(h, c) = lstm_cell(...)`. */
import type { Expression, Statement, Target } from '../language/ast.ts'
import { children } from '../language/walk.ts'
import type { Index } from '../expression/index.ts'
import { holds } from './attributes.ts'
import { nameText } from './labels.ts'
import { bindEllipsis, bindLetters } from './letters.ts'
import { isASize, leftAxes, secondLoss, severalTargets, withoutIndices } from './messages.ts'
import { defineNode, draftOf, refuseSecond } from './nodes.ts'
import { bare, bindNode, type Env, findName, placeIn, written } from './scope.ts'
import { sizesOf, type Value } from './value.ts'

type Define = Extract<Statement, { kind: 'define' }>

/** One definition. */
export function define(s: Define, outer: Env): void {
  if (s.when && !holds(s.when, outer)) return
  const env: Env = { ...outer, early: new Map(), loss: s.loss }
  const names = s.targets.map(t => fullName(t, env))
  if (!env.scope.inline) s.targets.forEach((t, k) => prepare(t, names[k]!, env))
  if (s.loss) {
    if (env.builder.loss !== undefined) throw secondLoss(placeIn(env, s.targets[0]!.span), env.builder.loss)
    env.builder.loss = names[0]
  }
  const inside: Env = { ...env, owner: names[0]! }
  const value = bare(s.value)
  const plain = s.targets.every(t => !t.indices)
  if (plain && value.kind === 'call') {
    const results = env.whole(value, env.scope.prefix + nameText(s.targets[0]!.name, env.labels), names, inside)
    if (results) {
      results.forEach((r, k) => keep(s.targets[k]!, r, env))
      return
    }
  }
  const [target] = s.targets
  if (!target || s.targets.length > 1) throw severalTargets(placeIn(env, s.span))
  const read = target.indices ? indexForm(target, s.value, inside) : { value: inside.read(s.value, inside), hints: undefined }
  if (env.scope.inline) {
    env.scope.names.set(nameText(target.name, env.labels), { kind: 'value', value: read.value })
    return
  }
  const raw = env.scope.hints.get(target.name.text)
  const hints = read.hints ?? (raw?.length === read.value.axes.length ? raw : undefined)
  const draft = defineNode({ name: names[0]!, value: read.value, place: placeIn(env, target.span), hints }, inside)
  bindNode(env.scope, nameText(target.name, env.labels), draft)
}

function fullName(t: Target, env: Env): string {
  const text = nameText(t.name, env.labels)
  return env.scope.outputs.get(text) ?? env.scope.prefix + text
}

function prepare(t: Target, name: string, env: Env): void {
  const place = placeIn(env, t.name.span)
  refuseSecond(name, place, env.builder)
  if (env.scope.depth > 0) return
  if (env.scope.sizes.has(name)) throw isASize(place, name)
  env.builder.written.add(name)
}

function keep(t: Target, value: Value, env: Env): void {
  const draft = draftOf(value, env.builder)
  env.scope.names.set(nameText(t.name, env.labels), draft ? { kind: 'node', draft } : { kind: 'value', value })
}

function indexForm(t: Target, body: Expression, outer: Env): { value: Value; hints: readonly string[] | undefined } {
  const dots = t.indices!.find(i => 'ellipsis' in i)
  const elided = dots ? bindEllipsis(body, outer, dots.span) : { env: outer, indices: [] as readonly Index[] }
  const bounds = t.indices!.flatMap(i => ('ellipsis' in i ? [] : [i]))
  const { env, indices } = bindLetters(bounds, [body], elided.env)
  const read = env.read(body, env)
  if (read.axes.length > 0) throw notIndexed(body, read, bounds.map(b => b.name), env)
  let k = 0
  const axes = t.indices!.flatMap(i => ('ellipsis' in i ? elided.indices : [indices[k++]!]))
  const hints = elided.indices.length === 0 ? bounds.map(b => b.name) : undefined
  return { value: { expr: read.expr, axes, row: false }, hints }
}

/** The first tensor without its indices, or the whole right side. */
function notIndexed(body: Expression, value: Value, letters: readonly string[], env: Env): Error {
  const find = (e: Expression): Expression | undefined => {
    if (e.kind === 'name') {
      const found = findName(env, nameText(e.name, env.labels))
      return found && (found.kind === 'node' ? found.draft.axes : found.value.axes).length > 0 ? e : undefined
    }
    if (e.kind === 'entry' || e.kind === 'call') return undefined
    for (const c of children(e)) {
      const found = find(c)
      if (found) return found
    }
    return undefined
  }
  const culprit = find(body)
  if (!culprit) return leftAxes(placeIn(env, body.span), { text: written(env, body.span), sizes: sizesOf(value), row: value.row })
  const v = env.read(culprit, env)
  return withoutIndices(placeIn(env, culprit.span), { text: written(env, culprit.span), sizes: sizesOf(v), row: v.row }, letters)
}
