/** Class numbers as the network was told about them. */
import type { Batch, Dataset } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import { notOneHot, unknownClassName } from './messages.ts'

/** Rows with a single 1 as class numbers, each checked. Throws a ChainError that names the sample of the batch. */
export function rowsAsClasses(data: string, field: string, rows: number, shape: readonly number[]): (batch: Batch) => Dense {
  return ({ count, values }) => {
    const given = values[field]!.data
    const width = given.length / (count * rows)
    const out = new Int32Array(count * rows)
    for (let r = 0; r < out.length; r++) {
      const row = given.subarray(r * width, (r + 1) * width)
      const at = row.indexOf(1)
      if (at < 0 || row.some((x, k) => x !== (k === at ? 1 : 0))) throw notOneHot(data, Math.floor(r / rows) + 1, field, Array.from(row.subarray(0, 10), x => Number(x.toPrecision(4))).join(' ') + (width > 10 ? ' ...' : ''))
      out[r] = at
    }
    return { shape: [count, ...shape], data: out }
  }
}

/** The class numbers of a field whose classes are named, in the order of `classes`. Throws a ChainError for a class that is not among them. */
export function classNumbersIn(d: Dataset, field: string, classes: readonly string[], shape: readonly number[]): (batch: Batch) => Dense {
  const own = d.fields.find(f => f.name === field)?.classes
  if (own === undefined || own.every((c, k) => c === classes[k])) return ({ count, values }) => ({ shape: [count, ...shape], data: values[field]!.data })
  const to = own.map(c => { const k = classes.indexOf(c); if (k < 0) throw unknownClassName(d.name, field, c, classes); return k })
  return ({ count, values }) => ({ shape: [count, ...shape], data: Int32Array.from(values[field]!.data, k => to[k]!) })
}
