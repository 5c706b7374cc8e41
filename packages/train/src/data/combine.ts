/** Data sets made of others: parts, unions, mapped, held in memory. */
import { volume } from '../dense.ts'
import { gatherBatches } from './gather.ts'
import { type Access, type Batch, checkPositions, type Dataset, type Field, gather, lastAtMost, randomAccess, range } from './dataset.ts'
import { fieldsDiffer } from './messages.ts'

/** The samples at these positions (ascending where the data set is read in order), as a data set of their own. */
export function subset(d: Dataset, positions: Uint32Array, name = d.name): Dataset {
  const thinned = d.access.kind === 'random' ? randomAccess : { kind: d.access.kind, block: Math.max(1, Math.round(d.access.block * positions.length / Math.max(1, d.count))) }
  return {
    ...d, name, count: positions.length, access: thinned,
    read: async at => { checkPositions(name, positions.length, at); return d.read(Uint32Array.from(at, k => positions[k]!)) },
  }
}

/** The samples of all parts, one part after the other. Throws a ChainError when their fields differ. */
export function concat(parts: readonly Dataset[], name = parts[0]!.name): Dataset {
  const [first] = parts
  for (const p of parts) if (JSON.stringify(p.fields.map(f => [f.name, f.shape])) !== JSON.stringify(first!.fields.map(f => [f.name, f.shape]))) throw fieldsDiffer(first!.name, p.name)
  const starts = parts.map((_, k) => parts.slice(0, k).reduce((n, p) => n + p.count, 0))
  const count = parts.reduce((n, p) => n + p.count, 0)
  const slowest = parts.find(p => p.access.kind === 'forward') ?? parts.find(p => p.access.kind === 'blocks') ?? first!
  const access: Access = slowest.access
  return {
    name, fields: first!.fields, count, access,
    async read(positions) {
      checkPositions(name, count, positions)
      const partOf = (k: number): number => lastAtMost(starts, k)
      const wanted = new Map<number, number[]>()
      for (let k = 0; k < positions.length; k++) { const p = partOf(positions[k]!); wanted.set(p, [...(wanted.get(p) ?? []), k]) }
      if (wanted.size === 1) { const [p] = wanted.keys(); return parts[p!]!.read(Uint32Array.from(positions, k => k - starts[p!]!)) }
      const read = await Promise.all([...wanted].map(([p, rows]) => parts[p]!.read(Uint32Array.from(rows, r => positions[r]! - starts[p]!))))
      return gatherBatches(read, [...wanted.values()], positions.length)
    },
    close: async () => { for (const p of parts) await p.close() },
  }
}

/** The data set with every batch changed, and fields as they are then. */
export const mapped = (d: Dataset, map: (batch: Batch) => Batch, fields: readonly Field[] = d.fields): Dataset =>
  ({ ...d, fields, read: async at => map(await d.read(at)) })

/** The whole data set read into memory, for access in any order. */
export async function held(d: Dataset): Promise<Dataset> {
  const all = await d.read(range(0, d.count))
  return { ...d, access: randomAccess, read: async at => { checkPositions(d.name, d.count, at); return Promise.resolve(gather(all, at)) } }
}

/** Bytes that the samples of a data set take as numbers of `bytes` bytes each. */
export const sizeInMemory = (d: Dataset, bytes = 4): number => d.count * d.fields.reduce((n, f) => n + volume(f.shape) * bytes, 0)
