/** Checking every line before it is shown: both sides have the same value at random points; derivatives by dual numbers, independently. */
import { entry, type Expr, type Index } from '../expression/index.ts'
import type { Derivation, Gradients, Step } from '../calculus/index.ts'
import { type Dense, evaluate, floats, jvp, makePoint } from '../evaluate/index.ts'
import { sameValue, type Sameness } from '../evaluate/compare.ts'
import { type RandomPoint, randomPoint } from '../evaluate/random.ts'
import { countNetwork } from '../network/counts/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { evaluateS } from '../shape/index.ts'
import { evaluateGradients } from './numeric-gradients.ts'
import type { Check, Inline } from './page.ts'

export interface LineChecker {
  readonly check: (step: Step) => Check | undefined
  /** Compares two expressions that a view prints as equal. */
  readonly same: (before: Expr, after: Expr) => Check
  /** Compares the replayed answer with the derivative by dual numbers. */
  readonly checkResult: (result: Expr) => Check
  readonly summary: () => Inline[]
  readonly ok: () => boolean
}

export interface CheckOptions { readonly seed: number; readonly points: number }

/** Entries of all nodes times entries of the variable: past this, lines are not evaluated one by one. */
const MOST_WORK = 3e6
/** Past this one point must do. */
const MOST_EACH = 1e4
/** Past this not even one forward pass is made. */
const MOST_FORWARD = 2e6
/** How many multiply-adds take as long as keeping one number. */
const MACS_PER_NUMBER = 20

/** The verdict of a comparison as it is shown. */
export function asCheck(s: Sameness): Check {
  const base = { points: s.points, maxError: s.maxError }
  switch (s.verdict) {
    case 'equal-exact': return { verdict: 'exact', ...base }
    case 'agrees': return { verdict: 'agrees', ...base }
    case 'differs': return { verdict: 'failed', ...base, reason: s.counterexample ? `at point ${s.counterexample.point}: ${s.counterexample.before} against ${s.counterexample.after}` : 'values differ' }
    case 'undecided': return { verdict: 'unchecked', ...base, reason: 'rounding hides the answer at the points tried' }
  }
}

/** How many numbers a tensor holds at a point. */
export function volumeAt(axes: readonly { size: Index['size'] }[] | NetworkNode['tensor']['axes'], sizes: ReadonlyMap<string, number>): number {
  return (axes as readonly unknown[]).reduce<number>((p, a) => {
    const s = (a as { size?: Index['size'] }).size ?? (a as Index['size'])
    const v = evaluateS(s, name => sizes.get(name))
    return p * (v ? Number(v.n) / Number(v.d) : 1)
  }, 1)
}

/** Random points of a network, drawn when they are first asked for. */
export interface Points { readonly trials: readonly RandomPoint[]; readonly forward: number; readonly sizes: ReadonlyMap<string, number> }
export type DrawPoints = () => Points

/** Points for all nodes of a derivation; several derivations with the same nodes share them. */
export function pointsFor(network: Network, nodes: readonly NetworkNode[], options: CheckOptions): DrawPoints {
  let drawn: Points | undefined
  return () => (drawn ??= draw(network, nodes, options))
}

/** A checker for the lines of one derivation. */
export function checkerFor(network: Network, d: Derivation, options: CheckOptions, points: DrawPoints = pointsFor(network, d.nodes, options)): LineChecker {
  const done = new Map<Step, Check>()
  const results: Check[] = []
  const work = (): number => points().forward * volumeAt(d.by.tensor.axes, points().sizes)
  const compare = (before: Expr, after: Expr): Check => {
    const { trials } = points()
    if (trials.length === 0 || work() > MOST_WORK) return { verdict: 'unchecked', points: 0, reason: 'the network is too large to evaluate each line' }
    const order = [...new Set([...before.free, ...after.free])]
    const stray = after.free.find(i => !before.free.includes(i))
    if (stray) return { verdict: 'failed', points: 0, reason: 'the right side has an index that the left side lacks' }
    const verdict = asCheck(sameValue(before, after, trials, order))
    return verdict.verdict === 'failed' && trials.every(t => t.margin === 0)
      ? { ...verdict, verdict: 'unchecked', reason: 'every point stands on a kink (a function at exactly 0), where a derivative is a convention' } : verdict
  }
  const others: Check[] = []
  return {
    check(step) {
      let c = done.get(step)
      if (!c) done.set(step, c = compare(step.before, step.after))
      return c
    },
    same(before, after) {
      const c = compare(before, after)
      others.push(c)
      return c
    },
    checkResult(result) {
      const [first] = points().trials
      const c = work() > MOST_WORK && first && d.asked.kind === 'derivative' ? directional(network, d, result, first) : compare(d.asked, result)
      results.push(c)
      return c
    },
    summary: () => [summaryText([...done.values(), ...others], results[0], points())],
    ok: () => [...done.values(), ...others, ...results].every(c => c.verdict !== 'failed'),
  }
}

function draw(network: Network, nodes: readonly NetworkNode[], options: CheckOptions): Points {
  const { sizes } = randomPoint(leavesOnly(nodes), network.dims, { seed: options.seed })
  const numbers = nodes.reduce((s, n) => s + volumeAt(n.tensor.axes, sizes), 0)
  const forward = Math.max(numbers, macsAt(network, sizes) / MACS_PER_NUMBER)
  if (forward > MOST_FORWARD) return { trials: [], forward, sizes }
  const count = forward > MOST_EACH ? 1 : options.points
  return { forward, sizes, trials: Array.from({ length: count }, (_, k) => randomPoint(nodes, network.dims, { seed: options.seed + k, ...(count > 1 ? { awayFromKinks: 1e-3 } : {}) })) }
}

/** Multiply-adds of one forward pass over all samples of a point. */
function macsAt(network: Network, sizes: ReadonlyMap<string, number>): number {
  const macs = countNetwork(network).cost.macs
  const value = evaluateS(macs, name => sizes.get(name))
  return value ? (Number(value.n) / Number(value.d)) * volumeAt([network.samples], sizes) : 0
}

/** Sizes are drawn from the shapes alone, before anything is evaluated. */
const leavesOnly = (nodes: readonly NetworkNode[]): { tensor: NetworkNode['tensor']; indices: readonly Index[]; facts: readonly string[] }[] =>
  nodes.filter(n => !n.definition).map(n => ({ tensor: n.tensor, indices: n.indices, facts: n.facts }))

/** The gradient of a scalar from the derivation's own blocks, each adjoint evaluated once; undefined where that does not apply. */
function throughAdjoints(network: Network, d: Derivation, at: RandomPoint): Dense<number> | undefined {
  if (d.ofIndices.some(i => !i.sample) || d.of.tensor.sample || !d.blocks.some(b => b.kind === 'adjoint' && b.by === d.by)) return undefined
  const { graph } = d.context
  const output = d.overData?.perSample ?? d.of
  const ready: Gradients = { of: d.of, output, overData: d.overData, sample: graph.sample, oneSample: graph.sample !== undefined, context: d.context, blocks: d.blocks.filter(b => b.kind === 'adjoint') }
  const point = makePoint<number>({ sizes: at.sizes, values: at.floats.values, functions: at.floats.functions })
  return evaluateGradients({ ...network, nodes: d.nodes.filter(n => n !== d.overData?.perSample) }, d.of, point, floats, ready).byKey.get(d.by.tensor.key)
}

/** For a large network: the answer along one random direction against one forward pass of dual numbers. */
function directional(network: Network, d: Derivation, result: Expr, at: RandomPoint): Check {
  const by = at.floats.values.get(d.by.tensor.key)!
  const direction = { shape: by.shape, data: Float64Array.from({ length: by.data.length }, (_, k) => Math.sin(12.9898 * (k + 1))) }
  const left = jvp(d.nodes, new Map([[d.by.tensor.key, direction]]), entry(d.of.tensor, d.ofIndices), at.floats, floats, d.ofIndices)
  const right = throughAdjoints(network, d, at) ?? evaluate(result, at.floats, floats, [...d.ofIndices, ...d.byIndices])
  const rows = left.data.length
  let [error, scale] = [0, 0]
  for (let r = 0; r < rows; r++) {
    let sum = 0
    for (let k = 0; k < direction.data.length; k++) sum += right.data[r * direction.data.length + k]! * direction.data[k]!
    error = Math.max(error, Math.abs(sum - left.data[r]!))
    scale = Math.max(scale, Math.abs(left.data[r]!), 1e-7)
  }
  return error / scale < 1e-9 ? { verdict: 'agrees', points: 1, maxError: error / scale, reason: 'along one random direction' } : { verdict: 'failed', points: 1, maxError: error / scale, reason: 'along one random direction' }
}

function summaryText(steps: readonly Check[], whole: Check | undefined, drawn: { trials: readonly RandomPoint[] }): string {
  const good = steps.filter(c => c.verdict === 'exact' || c.verdict === 'agrees')
  const failed = steps.filter(c => c.verdict === 'failed')
  const sizes = drawn.trials[0] ? [...drawn.trials[0].sizes].map(([k, v]) => `${k}=${v}`).join(' ') : ''
  const all = [...steps, ...(whole ? [whole] : [])]
  const worst = Math.max(0, ...all.map(c => c.maxError ?? 0))
  const parts = [`checked: ${steps.length ? `${good.length} of ${steps.length} steps, shapes and values` : 'the answer'}${sizes ? `, ${sizes}` : ''}, ${drawn.trials.length} random ${drawn.trials.length === 1 ? 'point' : 'points'}`]
  if (failed.length > 0) parts.push(`${failed.length} FAILED`)
  if (whole) parts.push(wholeText(whole, worst))
  const open = steps.find(c => c.verdict === 'unchecked')
  if (open) parts.push(`not checked one by one: ${open.reason}`)
  return parts.join('; ')
}

/** A round bound on an error: the same on every machine, where its last digits are not. */
const bound = (error: number): string => ['1e-14', '1e-12', '1e-10', '1e-8', '1e-6'].find(b => error < Number(b)) ?? error.toExponential(0)

function wholeText(c: Check, worst: number): string {
  switch (c.verdict) {
    case 'exact': return 'the answer equals forward-mode differentiation exactly'
    case 'agrees': return `the answer agrees with forward-mode differentiation${c.reason ? ` ${c.reason}` : ''} within ${bound(worst)}`
    case 'failed': return `the answer DISAGREES with forward-mode differentiation (${c.reason ?? ''})`
    case 'unchecked': return `the answer is not compared with forward-mode differentiation: ${c.reason}`
  }
}

