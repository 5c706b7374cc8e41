/** A network trained on a runtime: what the loop asks for, as sessions of programs. */
import { batchStatistics, inferenceNetwork, lower, type Network, type Optimiser } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import { isMean, type Trainer, type TrainerState } from '../loop/index.ts'
import type { GroupSettings } from '../optimisers/index.ts'
import type { Random } from '../random/index.ts'
import { runningAverages } from './averages.ts'
import { asFeed, classNumbers, drawnMask, masksOf } from './feeds.ts'
import { type Forward, forward } from './forward.ts'
import { batchLacks, stateLacks } from './messages.ts'
import type { Feeds, Numbers, Runtime, Session } from './session.ts'
import { type Choices, chooser } from './tune.ts'

export interface TrainerOptions {
  readonly network: Network
  readonly runtime: Runtime
  readonly optimiser: Optimiser
  readonly hyper?: Readonly<Record<string, number>>
  readonly groups?: ReadonlyMap<string, GroupSettings>
  readonly clip?: { readonly kind: 'norm' | 'value'; readonly limit: number }
  readonly dims?: Readonly<Record<string, number>>
  readonly threads?: number
  /** The node whose values `evaluate` returns, such as softmax(z); none when it is absent. */
  readonly output?: string
  /** True: `step` also gives the norm of every gradient. */
  readonly norms?: boolean
  /** Inputs that are masks of zeros and ones, with the share of zeros: drawn anew in each step. Default: those of dropout. */
  readonly masks?: Readonly<Record<string, number>>
  /** One-hot inputs and targets that come as class numbers. Default: those whose batches have one number where the text declares a row. */
  readonly classes?: readonly string[]
  /** Numbers for what no sample changes: `given` and `rate`. */
  readonly constants?: ReadonlyMap<string, Dense>
  /** How much a batch counts in the running averages of batch statistics. Default 0.1. */
  readonly averaging?: number
  /** What an evaluation uses for batch statistics: their running averages, or those of its own batches. Before the first step there are only the latter. */
  readonly statistics?: 'running' | 'batch'
  /** The ways to compute a step, found by `tune`. */
  readonly choices?: Choices
}

/** A trainer whose sessions are closed at the end. */
export interface RuntimeTrainer extends Trainer { readonly close: () => Promise<void> }

/** The program of a step, as a trainer with these options runs it: what `tune` measures. */
export function trainingStep(o: TrainerOptions, sizes: lower.Sizes): lower.StepProgram {
  const statistics = batchStatistics(o.network).map(n => n.name)
  return lower.stepProgram(o.network, sizes, {
    optimiser: o.optimiser, parameters: lower.parametersOf(o.network).map(p => p.name).filter(p => !o.groups?.get(p)?.frozen), decay: p => o.groups?.get(p)?.decay ?? 0, rateFactor: p => o.groups?.get(p)?.rate ?? 1,
    ...(o.clip && { clip: o.clip.kind }), ...(o.norms && { norms: true }), ...(statistics.length > 0 && { also: statistics }),
  })
}

/** Parameters and optimiser state start at zero; `load` gives them their first numbers. Sessions are made when a batch size is met first. */
export function runtimeTrainer(o: TrainerOptions): RuntimeTrainer {
  const { network, runtime } = o
  const loss = lower.lossOf(network)
  const parameters = lower.parametersOf(network)
  const frozen = new Set(parameters.filter(p => o.groups?.get(p.name)?.frozen).map(p => p.name))
  const trained = parameters.filter(p => !frozen.has(p.name))
  const fixed = new Map<string, Float64Array>()
  const steps = new Map<string, Promise<{ readonly session: Session; readonly scalars: lower.Run }>>()
  const masks = masksOf(o)
  const statistics = batchStatistics(network)
  const averages = runningAverages(o.averaging ?? 0.1)
  const hot = classNumbers(network, o.classes)
  const names = [loss.name, ...(o.output === undefined ? [] : [o.output])]
  const evaluators = new Map<'given' | 'batch', Forward>()
  /** The evaluator that has the present parameters; undefined after a step. */
  let settled: Forward | undefined
  let current: Session | undefined
  let held: TrainerState | undefined
  const sizes = (batch: Batch): lower.Sizes => ({ samples: batch.count, ...(o.dims && { dims: o.dims }), classes: hot(batch) })
  const keyOf = (batch: Batch): string => JSON.stringify([batch.count, hot(batch)])
  const open = (program: lower.Program): Promise<Session> => runtime.open(program, { threads: o.threads ?? 1, ...(o.choices && { choose: chooser(o.choices) }) })

  const openStep = async (batch: Batch) => {
    const { program, scalars } = trainingStep(o, sizes(batch))
    for (const { name, shape } of program.outputs) shapes.set(name, shape)
    return { session: await open(program), scalars: lower.compile(scalars) }
  }
  const stepFor = (batch: Batch) => { const key = keyOf(batch); let made = steps.get(key); if (!made) steps.set(key, made = openStep(batch)); return made }

  /** The session that holds the state now gives it to the next one. */
  const moveTo = (session: Session): void => {
    if (current === session) return
    const from = held ?? (current ? stateOf(current) : undefined)
    if (from) for (const name of session.state) { const t = from.parameters.get(name) ?? from.state.get(name); if (t) session.write(name, Float64Array.from(t.data)) }
    current = session
    held = undefined
  }
  const dense = (name: string, data: Numbers): Dense => ({ shape: shapeOf(name), data: data instanceof BigInt64Array ? Float64Array.from(data, Number) : data })
  const shapes = new Map<string, readonly number[]>()
  const shapeOf = (name: string): readonly number[] => shapes.get(name.replace(/#[^#]*$/, '')) ?? []
  function stateOf(session: Session): TrainerState {
    const names = new Set(trained.map(p => p.name))
    const all = session.state.map((n): [string, Dense] => [n, dense(n, session.read(n))])
    return { parameters: new Map([...all.filter(([n]) => names.has(n)), ...[...fixed].map(([n, data]): [string, Dense] => [n, { shape: shapeOf(n), data }])]), state: new Map(all.filter(([n]) => !names.has(n))) }
  }

  const feedsOf = (inputs: readonly lower.ProgramInput[], batch: Batch, scalars: Readonly<Record<string, Numbers>>, random: Random): Feeds =>
    Object.fromEntries(inputs.map(i => {
      const given = scalars[i.name]?.[0] ?? fixed.get(i.name) ?? drawnMask(i, masks, random) ?? batch.values[i.name]?.data ?? o.constants?.get(i.name)?.data
      if (given === undefined) throw batchLacks(i.name, Object.keys(batch.values))
      return [i.name, typeof given === 'number' ? given : asFeed(given as Float32Array)]
    }))

  const numbersNow = async (of: RuntimeTrainer): Promise<ReadonlyMap<string, Dense>> => { const now = await of.state(); return new Map([...now.parameters, ...now.statistics ?? [], ...o.constants ?? []]) }
  const evaluator = (kind: 'given' | 'batch'): Forward =>
    forward({ network: inferenceNetwork(network, { statistics: kind }), runtime, names, ...(o.dims && { dims: o.dims }), classes: hot, threads: o.threads ?? 1, ...(o.choices && { choices: o.choices }) })

  return {
    overData: isMean(network, loss) ? 'mean' : 'sum',
    async step(batch, { rate, step, random }) {
      const { session, scalars } = await stepFor(batch)
      moveTo(session)
      const numbers = scalars({ rate: Float64Array.of(rate), step: Float64Array.of(step), clip: Float64Array.of(o.clip?.limit ?? 0), ...Object.fromEntries(Object.entries(o.hyper ?? {}).map(([k, v]) => [k, Float64Array.of(v)])) })
      const made = await session.run(feedsOf(session.inputs, batch, numbers, random))
      const value = Number(made[loss.name]![0])
      // what is not finite would stay in an average for ever
      if (Number.isFinite(value)) for (const { name } of statistics) averages.add(name, shapeOf(name), made[name]!, step)
      settled = undefined
      const norms = o.norms ? { gradientNorms: Object.fromEntries(trained.map(p => [p.name, Number(made[lower.normName(p.name)]![0])])) } : {}
      return { loss: value, ...norms }
    },
    undo: () => { current?.undo(); settled = undefined },
    async evaluate(batch) {
      const now = settled ? undefined : await numbersNow(this)
      const kind = o.statistics === 'batch' || (now && statistics.some(n => !now.has(n.name))) ? 'batch' : 'given'
      const by = settled ?? evaluators.get(kind) ?? evaluator(kind)
      if (!settled) evaluators.set(kind, settled = by)
      if (now) by.use(now)
      const made = await by.run(batch)
      const outputs = o.output === undefined ? undefined : made.get(o.output)!
      return { loss: made.get(loss.name)!.data[0]!, ...(outputs && { outputs }) }
    },
    state: () => Promise.resolve({ ...held ?? (current ? stateOf(current) : { parameters: new Map(), state: new Map() }), ...(statistics.length > 0 && { statistics: averages.all() }) }),
    load: state => {
      for (const p of parameters) { const t = state.parameters.get(p.name); if (!t) throw stateLacks(p.name, [...state.parameters.keys()]); shapes.set(p.name, t.shape); if (frozen.has(p.name)) fixed.set(p.name, Float64Array.from(t.data)) }
      const zeros = trained.flatMap(p => o.optimiser.state.map((s): [string, Dense] => [lower.stateName(p.name, s.name), state.state.get(lower.stateName(p.name, s.name)) ?? { shape: shapeOf(p.name), data: new Float64Array(lower.volume(shapeOf(p.name))) }]))
      held = { parameters: state.parameters, state: new Map(zeros) }
      averages.load(state.statistics ?? new Map())
      current = undefined
      settled = undefined
      return Promise.resolve()
    },
    close: async () => {
      for (const s of steps.values()) await (await s).session.close()
      for (const f of evaluators.values()) await f.close()
    },
  }
}
