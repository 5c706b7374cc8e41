/** Values to nodes: definitions, and expressions that need a name of their own. */
import type { Place } from '../errors.ts'
import { freshIndex, substitute } from '../expression/index.ts'
import { addDraft, type Builder, type Draft } from './builder.ts'
import { declaredTwice, lossShape } from './messages.ts'
import { lineAndColumn } from '../errors.ts'
import type { Env } from './scope.ts'
import { sizesOf, type Value } from './value.ts'

/** A definition: the full name of the node and what it is. */
export interface Definition {
  readonly name: string
  readonly value: Value
  readonly place: Place
  readonly hints?: readonly string[] | undefined
  /** True for the result of the call whose scope this is. */
  readonly result?: boolean
}

/** Adds the node of a definition. */
export function defineNode({ name, value, place, hints, result }: Definition, env: Env): Draft {
  const { builder, scope } = env
  refuseSecond(name, place, builder)
  const loss = builder.loss === name
  if (loss && value.axes.length > 0) throw lossShape(place, { text: name, sizes: sizesOf(value), row: value.row })
  const sample = value.expr.free.includes(builder.sample)
  const given = scope.result && (result || [...scope.outputs.values()].includes(name)) ? scope.result : undefined
  return addDraft(builder, {
    name, kind: loss ? 'loss' : 'node', axes: sizesOf(value), sample, row: value.row, indices: sample ? [builder.sample, ...value.axes] : value.axes,
    definition: value.expr, facts: [], inner: !builder.written.has(name), place,
    ...(scope.layer && { layer: scope.layer }), ...(given?.operation && { operation: given.operation }), ...(given?.display && { display: given.display }), ...(hints && { hints }),
  })
}

/** A name stands for one node. */
export function refuseSecond(name: string, place: Place, builder: Builder): void {
  const old = builder.byName.get(name)
  if (old) throw declaredTwice(place, name, lineAndColumn(old.place.source, old.place.span.start).line)
}

/** The node whose entry a value is. */
export function draftOf(value: Value, builder: Builder): Draft | undefined {
  const { expr } = value
  if (expr.kind !== 'symbol') return undefined
  const draft = builder.byName.get(expr.tensor.name)
  if (!draft || draft.tensor !== expr.tensor) return undefined
  const own = expr.indices.slice(draft.sample ? 1 : 0)
  return own.length === value.axes.length && own.every((i, k) => i === value.axes[k]) ? draft : undefined
}

/** A node for an expression that is an argument: one for all expressions with the same meaning. */
export function nodeOfValue(value: Value, text: string, place: Place, env: Env): Draft {
  const { builder, scope } = env
  const own = draftOf(value, builder)
  if (own) return own
  const slots = value.axes.map((a, k) => {
    const key = `${k}|${a.size.key}`
    let slot = builder.slots.get(key)
    if (!slot) builder.slots.set(key, slot = freshIndex('', a.size))
    return slot
  })
  const key = `#${substitute(value.expr, new Map(value.axes.map((a, k) => [a, slots[k]!]))).id}|${slots.map(i => i.id).join(',')}`
  const known = builder.shared.get(key)
  if (known) return known
  const name = unusedName(`${scope.prefix}(${text})`, builder)
  const sample = value.expr.free.includes(builder.sample)
  const draft = addDraft(builder, {
    name, kind: 'node', axes: sizesOf(value), sample, row: value.row, indices: sample ? [builder.sample, ...value.axes] : value.axes,
    definition: value.expr, facts: [], inner: true, display: { operation: '', args: [text] }, place, ...(scope.layer && { layer: scope.layer }),
  })
  builder.shared.set(key, draft)
  return draft
}

/** The name, with a number behind it when it is taken. */
export function unusedName(name: string, builder: Builder): string {
  let made = name
  for (let k = 2; builder.byName.has(made); k++) made = `${name}#${k}`
  return made
}
