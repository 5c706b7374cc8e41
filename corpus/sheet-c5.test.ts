/** The coding part of sheet C on its toy net: scores, losses and gradients as a reference has them, and the run that ends below 0.05. */
import { readFileSync } from 'node:fs'
import { readNetwork, valuesReport } from '@chainrule/core'
import { type Dense, train, type TrainOptions } from '@chainrule/train'
import { javascript, onnxruntimeNode } from '@chainrule/train/runtimes'
import { describe, expect, it } from 'vitest'

interface Facts {
  readonly X: number[][]; readonly y: number[]; readonly W1: number[][]; readonly W2: number[][]; readonly scores: number[][]
  readonly 'loss_reg_0.1': number; readonly 'loss_reg_0.05': number; readonly 'gradients_reg_0.05': Readonly<Record<'W1' | 'b1' | 'W2' | 'b2', number[] | number[][]>>
}
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const facts = JSON.parse(read('../packages/train/src/runtimes/toy.test-data.json')) as Facts
const network = readNetwork(read('sheet-c/toy.chain'), 'sheet-c/toy.chain')
const flat = (a: unknown): number[] => (Array.isArray(a) ? a.flatMap(flat) : [Number(a)])
const apart = (a: readonly number[], b: readonly number[]): number => { expect(a.length).toBe(b.length); return Math.max(...a.map((x, k) => Math.abs(x - b[k]!))) }

interface Shown { readonly value: unknown; readonly gradient?: unknown }
const nodes = (reg?: string): Record<string, Shown> => (valuesReport(network, reg === undefined ? {} : { at: { reg } }).data as { nodes: Record<string, Shown> }).nodes

describe('the evaluator, in doubles', () => {
  it('reads the numbers of the sheet', () => {
    const made = nodes()
    for (const [name, wanted] of [['x', facts.X], ['W1', facts.W1], ['W2', facts.W2], ['t', facts.y.map(c => [0, 1, 2].map(k => Number(k === c)))]] as const) expect(apart(flat(made[name]!.value), flat(wanted))).toBeLessThan(1e-13)
  })
  it('has the scores, both losses and all gradients within 1e-9', () => {
    const made = nodes()
    expect(apart(flat(made['s']!.value), flat(facts.scores))).toBeLessThan(1e-9)
    expect(apart(flat(made['E']!.value), [facts['loss_reg_0.05']])).toBeLessThan(1e-9)
    expect(apart(flat(nodes('0.1')['E']!.value), [facts['loss_reg_0.1']])).toBeLessThan(1e-9)
    for (const [name, wanted] of Object.entries(facts['gradients_reg_0.05'])) expect(apart(flat(made[name]!.gradient), flat(wanted))).toBeLessThan(1e-9)
  })
})

describe.each([['float64', javascript, 1e-9], ['float32', onnxruntimeNode, 1e-6]] as const)('training in %s', (_, runtime, tolerance) => {
  const run = async (o: Partial<TrainOptions>): Promise<{ losses: number[]; parameters: ReadonlyMap<string, Dense> }> => {
    const losses: number[] = []
    const events = train(network, { runtime, optimiser: 'sgd', ...o })
    for (;;) {
      const { done, value } = await events.next()
      if (done) return { losses, parameters: value.last.parameters }
      if (value.type === 'step') losses.push(value.loss)
    }
  }
  it('steps along the gradients of the sheet', async () => {
    const { losses, parameters } = await run({ rate: 1, steps: 1 })
    expect(apart(losses, [facts['loss_reg_0.05']])).toBeLessThan(tolerance)
    const before: Readonly<Record<string, number[]>> = { W1: flat(facts.W1), b1: Array<number>(10).fill(0), W2: flat(facts.W2), b2: [0, 0, 0] }
    for (const [name, wanted] of Object.entries(facts['gradients_reg_0.05'])) expect(apart(before[name]!.map((w, k) => w - parameters.get(name)!.data[k]!), flat(wanted))).toBeLessThan(tolerance)
  })
  it('ends below 0.05 after 100 steps at rate 0.1', async () => {
    const { losses } = await run({ rate: 0.1, epochs: 100, set: { reg: 5e-6 } })
    expect(losses).toHaveLength(100)
    expect(losses.at(-1)!).toBeLessThan(0.05)
  })
})
