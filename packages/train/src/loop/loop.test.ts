/** The loop: what it does in which order, and that stopping anywhere changes nothing. */
import { describe, expect, it } from 'vitest'
import { checkpointStore } from '../checkpoint/index.ts'
import { type Dataset, openData, split } from '../data/index.ts'
import type { FirstWrong, Inspector } from '../diagnostics/index.ts'
import { memoryFiles } from '../files/index.ts'
import { logistic } from './logistic.test-helper.ts'
import { accuracyOf, confusion, evaluateOn, meanLoss, predictions, stoppingStart, stoppingStep, training, type TrainingEvent, type TrainingOptions, type TrainingResult } from './index.ts'

const blobs = async (count = 100): Promise<{ train: Dataset; validation: Dataset }> => {
  const s = split((await openData(`blobs?count=${count}`, memoryFiles())).train, { validation: 0.2 })
  return { train: s.train, validation: s.validation! }
}
const trainer = (dropout = 0.2) => logistic({ inputs: 2, classes: 3, optimiser: 'adam', seed: 1, dropout })
const base = async (): Promise<TrainingOptions> => ({ trainer: trainer(), ...await blobs(), epochs: 3, batch: { size: 16 }, seed: 4, rate: 0.05, schedule: 'exponential(factor=0.9)' })

async function collect(o: TrainingOptions, each: (e: TrainingEvent) => void = () => undefined): Promise<{ events: TrainingEvent[]; result: TrainingResult }> {
  const events: TrainingEvent[] = []
  const run = training(o)
  for (;;) {
    const { done, value } = await run.next()
    if (done) return { events, result: value }
    events.push(value)
    each(value)
  }
}
const steps = (events: readonly TrainingEvent[]): TrainingEvent[] => events.filter(e => e.type === 'step' || e.type === 'epoch')

describe('training', () => {
  it('learns, and says so in order', async () => {
    const { events, result } = await collect({ ...await base(), epochs: 10 })
    expect(events.map(e => e.type).slice(0, 8)).toEqual(['start', 'step', 'step', 'step', 'step', 'step', 'epoch', 'step'])
    expect(events[0]).toEqual({ type: 'start', step: 0, steps: 50, epochs: 10, stepsPerEpoch: 5, skipped: [] })
    expect(events.at(-1)).toEqual({ type: 'stop', reason: 'finished', step: 50, epoch: 10 })
    expect(result.history.at(-1)!.validation!.accuracy).toBeGreaterThan(0.9)
    expect(result.history.at(-1)!.train.loss).toBeLessThan(result.history[0]!.train.loss)
    expect(result.history.map(h => h.rate)).toEqual(Array.from({ length: 10 }, (_, k) => 0.05 * 0.9 ** k))
  })

  it('is the same for the same seed, another for another', async () => {
    const first = await collect(await base())
    expect(await collect(await base())).toEqual(first)
    expect((await collect({ ...await base(), seed: 5 })).events).not.toEqual(first.events)
  })

  it('goes on exactly from any step at which it was interrupted', async () => {
    const whole = await collect(await base())
    for (let stop = 1; stop < 15; stop++) {
      const files = memoryFiles()
      const store = checkpointStore(files, 'run')
      const end = new AbortController()
      const first = await collect({ ...await base(), store, signal: end.signal }, e => { if (e.type === 'step' && e.step === stop) end.abort() })
      expect(first.events.slice(-2)).toEqual([{ type: 'checkpoint', step: stop, path: expect.any(String) as string, best: false }, { type: 'stop', reason: 'interrupted', step: stop, epoch: Math.floor((stop - 1) / 5) }])
      const second = await collect({ ...await base(), store, resume: true })
      expect(second.events[0]).toMatchObject({ type: 'start', step: stop, resumed: `run/step-${String(stop).padStart(9, '0')}.safetensors` })
      expect([...steps(first.events), ...steps(second.events)]).toEqual(steps(whole.events))
      expect(second.result).toEqual(whole.result)
    }
  })

  it('saves after every epoch and every so many steps, the best apart', async () => {
    const store = checkpointStore(memoryFiles(), 'run')
    const { events } = await collect({ ...await base(), store, every: 2 })
    expect(events.filter(e => e.type === 'checkpoint').map(e => e.step)).toEqual([2, 4, 5, 6, 8, 10, 12, 14, 15])
    expect((await store.best())!.checkpoint.progress).toMatchObject({ step: 15 })
    await expect(collect({ ...await base(), store })).rejects.toThrow('run has checkpoints of another run. Resume it, or choose another folder.')
    await expect(collect({ ...await base(), store, resume: true, seed: 9 })).rejects.toThrow('run/step-000000015.safetensors comes from a run with seed = 4, this one has 9.')
    const again = await collect({ ...await base(), store, resume: true })
    expect(again.events.map(e => e.type)).toEqual(['start', 'stop'])
  })

  it('stops early, and stays stopped when resumed', async () => {
    const store = checkpointStore(memoryFiles(), 'run')
    const options = { ...await base(), epochs: 50, store, stopping: { metric: 'accuracy' as const, patience: 3 } }
    const { events, result } = await collect(options)
    const last = events.filter(e => e.type === 'epoch').slice(-4)
    expect(last.map(e => e.improved)).toEqual([true, false, false, false])
    expect([result.reason, result.best]).toEqual(['early', last[0]!.record.validation!.accuracy])
    const again = await collect({ ...options, trainer: trainer(), resume: true })
    expect(again.events.map(e => e.type)).toEqual(['start', 'stop'])
  })

  it('ends in the middle of an epoch when the steps are used up', async () => {
    const { events } = await collect({ ...await base(), steps: 7 })
    expect(events.slice(-3).map(e => e.type)).toEqual(['step', 'epoch', 'stop'])
    expect(events.at(-1)).toMatchObject({ reason: 'finished', step: 7 })
  })

  it('watches for what is not finite, names it, and saves nothing of it', async () => {
    const store = checkpointStore(memoryFiles(), 'run')
    const t = trainer()
    const broken = { ...t, step: async (...a: Parameters<typeof t.step>) => { const r = await t.step(...a); return a[1].step === 7 ? { ...r, gradientNorms: { W: NaN } } : r }, undo: () => { undone++ } }
    const first: FirstWrong = { kind: 'value', node: 'z', value: 'NaN', entry: [], wrong: 1, of: 1, reads: [] }
    const inspector: Inspector = { before: () => Promise.reject(new Error('nobody asked')), firstWrong: () => Promise.resolve(first), close: () => Promise.resolve() }
    let undone = 0
    const { events } = await collect({ ...await base(), trainer: broken, store, inspector })
    expect(undone).toBe(1)
    expect(events.slice(-2)).toEqual([{ type: 'not-finite', step: 7, what: 'the gradient of W', node: 'z', first }, { type: 'stop', reason: 'not-finite', step: 6, epoch: 1 }])
    expect((await store.latest()).found!.checkpoint.progress).toMatchObject({ step: 5 })
  })

  it('looks inside every so manieth step, and changes nothing by it', async () => {
    const seen: string[] = []
    const inspector: Inspector = {
      before: (batch, drawn) => { seen.push(`${batch.count} ${drawn.length}`); return Promise.resolve(() => Promise.resolve({ layers: [], activations: [] })) },
      firstWrong: () => Promise.resolve(undefined), close: () => Promise.resolve(),
    }
    const { events } = await collect({ ...await base(), inspector, diagnose: 6 })
    expect(events.filter(e => e.type === 'diagnosis')).toEqual([1, 7, 13].map(step => ({ type: 'diagnosis', step, layers: [], activations: [] })))
    expect(seen).toEqual(['16 4', '16 4', '16 4'])
    expect(events.filter(e => e.type !== 'diagnosis')).toEqual((await collect(await base())).events)
  })

  it('refuses counts that are none', async () => {
    await expect(collect({ ...await base(), epochs: 0 })).rejects.toThrow('epochs cannot be 0. A whole number from 1 is wanted.')
    await expect(collect({ ...await base(), every: 1.5 })).rejects.toThrow('every cannot be 1.5.')
  })
})

describe('metrics', () => {
  const batch = (t: number[]) => ({ count: t.length, values: { t: { shape: [t.length], data: Int32Array.from(t) } } })
  const outputs = (...rows: number[][]) => ({ shape: [rows.length, rows[0]!.length], data: Float32Array.from(rows.flat()) })

  it('weighs a mean by the sizes of batches, and adds up a sum', () => {
    const over = (kind: 'mean' | 'sum'): number => { const r = meanLoss(kind); return r.value([{ loss: 1, batch: batch([0, 0, 0]) }, { loss: 5, batch: batch([0]) }].reduce(r.add, r.start)) }
    expect([over('mean'), over('sum')]).toEqual([2, 6])
  })

  it('counts confusions', () => {
    const r = confusion({ name: 't', role: 'target', shape: [], classes: ['a', 'b'] })
    const c = r.value([{ loss: 0, batch: batch([0, 1, 1]), outputs: outputs([1, 0], [0, 1], [2, 1]) }, { loss: 0, batch: batch([0]), outputs: outputs([0, 3]) }].reduce(r.add, r.start))
    expect(c).toEqual({ classes: ['a', 'b'], counts: [[1, 1], [1, 1]] })
    expect(accuracyOf(c)).toBe(0.5)
    expect(r.start).toEqual([[0, 0], [0, 0]])
  })

  it('takes the first of equal outputs, and a half for a single one', () => {
    expect([...predictions(outputs([1, 1, 0], [0, 2, 2]), 2)]).toEqual([0, 1])
    expect([...predictions(outputs([0.2], [0.7], [0.5]), 3)]).toEqual([0, 1, 0])
    expect([...predictions(outputs([0.2], [-0.7], [0]), 3, 0)]).toEqual([1, 0, 0])
    // two labels for each sample
    expect([...predictions(outputs([1, 2, 4, 3], [9, 0, 0, 9]), 4)]).toEqual([1, 0, 0, 1])
  })

  it('is the same over batches of any size', async () => {
    const { train } = await blobs()
    const [a, b] = [await evaluateOn(trainer(), train, 7), await evaluateOn(trainer(), train, 80)]
    expect(a.loss).toBeCloseTo(b.loss, 12)
    expect(a.confusion).toEqual(b.confusion)
  })
})

it('counts evaluations since the best', () => {
  const values = [3, 2, 2.5, 1.99, NaN, 2]
  let so = stoppingStart
  const said = values.map(loss => { const { next, improved, stop } = stoppingStep(so, { loss }, { patience: 2, least: 0.05 }); so = next; return [improved, stop] })
  expect(said).toEqual([[true, false], [true, false], [false, false], [false, true], [false, true], [false, true]])
  expect(so).toEqual({ best: 2, since: 4 })
})
