/** Numbers of a CSV file kept while it is read for the first time, as long as they fit in memory. */
import { alloc, type Batch, type Precision } from './dataset.ts'
import { type Layout, MOST_CLASSES, type Part } from './csv-layout.ts'

/** Rows from one noted place to the next. */
export const block = 1024

export interface Keeper {
  /** Room for another block of rows. */
  readonly grow: () => void
  /** Entry `at` of the part in the last block; for texts their number. */
  readonly put: (part: number, at: number, value: number) => void
  /** Everything as a batch, or undefined when it did not fit. */
  readonly all: (layout: Layout, count: number) => Batch | undefined
}

export function newKeeper(layout: Layout, precision: Precision, memory: number): Keeper {
  const parts = layout.parts.map(p => ({ width: p.columns.length, blocks: [] as (Float32Array | Float64Array)[] }))
  let left = memory
  return {
    grow: () => {
      for (const p of parts) {
        const more = alloc(precision, block * p.width)
        if ((left -= more.byteLength) < 0) { for (const q of parts) q.blocks = []; return }
        p.blocks.push(more)
      }
    },
    put: (part, at, value) => { const last = parts[part]!.blocks.at(-1); if (last) last[at] = value },
    all: (final, count) => {
      if (left < 0 || layout.parts.some(p => (p.seen?.all().length ?? 0) > MOST_CLASSES)) return undefined
      const stores = parts.map(({ width, blocks }, j) => joined(blocks, count * width, layout.parts[j]!, final.parts[j]!, precision))
      return { count, values: Object.fromEntries(final.parts.map((p, j) => [p.field.name, { shape: [count, ...p.field.shape], data: stores[j]! }])) }
    },
  }
}

/** The blocks as one; numbers of texts become class numbers, or the numbers that the texts are. */
function joined(blocks: readonly (Float32Array | Float64Array)[], n: number, before: Part, after: Part, precision: Precision): Float32Array | Float64Array | Int32Array {
  const out = after.field.classes ? new Int32Array(n) : alloc(precision, n)
  const names = before.seen?.all()
  const meant = names?.map(text => after.numbers?.get(text) ?? Number(text))
  blocks.forEach((b, k) => {
    const part = b.subarray(0, Math.min(b.length, n - k * b.length))
    out.set(meant ? part.map(x => meant[x]!) : part, k * b.length)
  })
  return out
}
