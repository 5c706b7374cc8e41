/**
 * The samples of an epoch in batches. The order is a function of seed and epoch alone, so a run that stopped after so many
 * batches goes on with the very next one.
 */
import { permutation, shuffle, stream } from '../random/index.ts'
import { type Batch, type Dataset, gather, lastAtMost, range } from './dataset.ts'
import { gatherBatches } from './gather.ts'
import { badBatchSize, noReplacement } from './messages.ts'

export interface BatchOptions {
  readonly size: number
  readonly seed: number
  /** False: in the order of the data set. Default true. */
  readonly shuffle?: boolean
  /** True: every batch is drawn from all samples, so some come twice in an epoch and some not at all. Default false. */
  readonly replacement?: boolean
  /** True: a last batch that is smaller is left out. Default false. */
  readonly whole?: boolean
  /** Samples held at once where the data set is read in order; they are shuffled within. Default 16,384. */
  readonly window?: number
}

/** How many batches an epoch has. Throws a ChainError for options that fit nothing. */
export function batchCount(d: Dataset, { size, whole = false, replacement = false }: BatchOptions): number {
  if (!Number.isInteger(size) || size < 1 || (whole && size > d.count)) throw badBatchSize(size, d.name, d.count)
  if (replacement && d.access.kind !== 'random') throw noReplacement(d.name)
  return whole ? Math.floor(d.count / size) : Math.ceil(d.count / size)
}

/** The batches of one epoch, from the batch number `from` (counted from 0). The next is read while one is in use. */
export async function* batches(d: Dataset, options: BatchOptions, epoch: number, from = 0): AsyncGenerator<Batch, void> {
  const count = batchCount(d, options)
  const read = d.access.kind === 'random' || options.shuffle === false ? direct(d, options, epoch) : windowed(d, options, epoch)
  let next = from < count ? read(from) : undefined
  for (let k = from; k < count; k++) {
    const now = next!
    next = k + 1 < count ? now.then(() => read(k + 1)) : undefined
    next?.catch(() => undefined)
    yield await now
  }
}

type ReadBatch = (k: number) => Promise<Batch>

/** Any sample at any time: positions are drawn, samples read. */
function direct(d: Dataset, { size, seed, shuffle = true, replacement = false, whole = false }: BatchOptions, epoch: number): ReadBatch {
  if (replacement) {
    return k => {
      const random = stream(seed, 'order', epoch, k)
      return d.read(Uint32Array.from({ length: whole ? size : Math.min(size, d.count - k * size) }, () => random.below(d.count)))
    }
  }
  const order = shuffle ? permutation(d.count, stream(seed, 'order', epoch)) : undefined
  return k => d.read(order ? order.subarray(k * size, (k + 1) * size) : range(k * size, Math.min(size, d.count - k * size)))
}

/** Samples that come in order: blocks in a random order where they can be chosen, a window of samples at a time, shuffled within. */
function windowed(d: Dataset, { size, seed, window = 16_384 }: BatchOptions, epoch: number): ReadBatch {
  const block = d.access.kind === 'random' ? 1 : d.access.block
  const blocks = Math.ceil(d.count / block)
  const perWindow = Math.max(1, Math.round(window / block))
  const order = d.access.kind === 'blocks' ? permutation(blocks, stream(seed, 'order', epoch)) : range(0, blocks)
  const sizeOf = (b: number): number => Math.min(block, d.count - b * block)
  const windows = Array.from({ length: Math.ceil(blocks / perWindow) }, (_, w) => order.slice(w * perWindow, (w + 1) * perWindow).sort())
  const starts = windows.reduce<number[]>((s, w) => [...s, s.at(-1)! + w.reduce((n, b) => n + sizeOf(b), 0)], [0])
  const held = new Map<number, Promise<Batch>>()
  const load = (w: number): Promise<Batch> => {
    let made = held.get(w)
    if (!made) {
      held.forEach((_, old) => { if (old < w - 1) held.delete(old) })
      const positions = Uint32Array.from([...windows[w]!].flatMap(b => Array.from(range(b * block, sizeOf(b)))))
      held.set(w, made = d.read(positions).then(all => gather(all, shuffle(range(0, all.count), stream(seed, 'order', epoch, w)))))
    }
    return made
  }
  return async k => {
    const [first, last] = [k * size, Math.min(d.count, (k + 1) * size)]
    const parts: { batch: Batch; from: number; to: number }[] = []
    for (let w = lastAtMost(starts, first); w < windows.length && starts[w]! < last; w++) {
      const batch = await load(w)
      parts.push({ batch, from: Math.max(first, starts[w]!) - starts[w]!, to: Math.min(last, starts[w + 1]!) - starts[w]! })
    }
    return joined(parts.map(p => gather(p.batch, range(p.from, p.to - p.from))))
  }
}

/** Batches one after the other as one. */
function joined(parts: readonly Batch[]): Batch {
  if (parts.length === 1) return parts[0]!
  const starts = parts.map((_, k) => parts.slice(0, k).reduce((n, p) => n + p.count, 0))
  return gatherBatches(parts, parts.map((p, k) => Array.from(range(starts[k]!, p.count))), parts.reduce((n, p) => n + p.count, 0))
}
