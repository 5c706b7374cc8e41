/** Interleaved rounds: in each round every engine makes steps for the same share of time, in turn, so that what else the machine does meets all. */
import type { Engine } from './engine.ts'

export interface Measured { readonly stepsPerSecond: number; readonly best: number; readonly stepsPerCpuSecond: number }

const median = (xs: readonly number[]): number => [...xs].sort((a, b) => a - b)[xs.length >> 1]!

/** Steps that take about the given time, found by doubling; warms the engine up. */
async function stepsFor(e: Engine, seconds: number): Promise<number> {
  for (let n = 1; ; n *= 2) {
    const { seconds: took } = await e.run(n)
    if (took >= seconds / 2) return Math.max(1, Math.round(n * seconds / took))
  }
}

/** An engine whose steps are slow sits out the last rounds when it has used so many seconds. */
const LONGEST = 30

/** Medians over the rounds. */
export async function interleaved(engines: readonly Engine[], rounds: number, seconds: number): Promise<readonly Measured[]> {
  const steps: number[] = []
  for (const e of engines) steps.push(await stepsFor(e, seconds))
  const used = engines.map(() => 0)
  const rates: number[][] = engines.map(() => [])
  const perCpu: number[][] = engines.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [k, e] of engines.entries()) {
      if (used[k]! > LONGEST) continue
      const made = await e.run(steps[k]!)
      used[k]! += made.seconds
      rates[k]!.push(steps[k]! / made.seconds)
      perCpu[k]!.push(steps[k]! / made.cpu)
    }
  }
  return engines.map((_, k) => ({ stepsPerSecond: median(rates[k]!), best: Math.max(...rates[k]!), stepsPerCpuSecond: median(perCpu[k]!) }))
}

/** Steps whose losses are compared; fewer of slow engines, but one at least. */
const CHECKED = 5

/** Makes the same steps with every engine and compares the losses with the first engine's; throws where one differs. */
export async function sameLosses(engines: readonly Engine[]): Promise<void> {
  let first: readonly number[] | undefined
  for (const e of engines) {
    const losses = [e.ready.loss]
    const start = performance.now()
    do losses.push((await e.run(1)).loss); while (losses.length <= CHECKED && performance.now() - start < 1000 * LONGEST / 3)
    first ??= losses
    const at = losses.slice(0, first.length).findIndex((v, k) => !(Math.abs(v - first![k]!) <= 2e-3 * Math.max(1e-3, Math.abs(first![k]!))))
    if (at >= 0) throw new Error(`${e.name} does other steps: its losses are ${losses.join(', ')}, those of ${engines[0]!.name} ${first.join(', ')}`)
  }
}
