/** Which field of the data goes into which input or target. */
import type { Field } from '../data/index.ts'
import { noFieldFor, noSuchLeaf, noSuchFieldFor } from './messages.ts'
import type { Wanted } from './wanted.ts'

/** Fields by the name of the input or target, as somebody chose them. */
export type FieldMap = Readonly<Record<string, string>>

/**
 * The field of every input and target: the one that `map` names, else the one of the same name, else, in order, what is left of the
 * same role. Those that `optional` names may go without. Throws a ChainError where one is left without a field.
 */
export function paired(wanted: readonly Wanted[], fields: readonly Field[], data: string, map: FieldMap = {}, optional: ReadonlySet<string> = new Set()): ReadonlyMap<string, Field> {
  const found = new Map<string, Field>()
  for (const [name, given] of Object.entries(map)) {
    if (!wanted.some(w => w.name === name)) throw noSuchLeaf(name, wanted.map(w => w.name))
    const field = fields.find(f => f.name === given)
    if (!field) throw noSuchFieldFor(data, name, given, fields.map(f => f.name))
    found.set(name, field)
  }
  const free = (f: Field): boolean => ![...found.values()].includes(f)
  for (const w of wanted) { const same = fields.find(f => f.name === w.name && free(f)); if (same && !found.has(w.name)) found.set(w.name, same) }
  for (const role of ['input', 'target'] as const) {
    const left = fields.filter(f => f.role === role && free(f))
    wanted.filter(w => w.role === role && !found.has(w.name) && !optional.has(w.name)).forEach((w, k) => { const f = left[k]; if (f) found.set(w.name, f) })
  }
  const without = wanted.find(w => !found.has(w.name) && !optional.has(w.name))
  if (without) throw noFieldFor(without.name, without.role, data, fields.filter(free))
  return found
}
