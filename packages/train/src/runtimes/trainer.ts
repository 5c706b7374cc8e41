/** A network trained on a runtime: what the loop asks for, as sessions of programs. */
import { lower, type Network, type NetworkNode, type Optimiser, somewhere } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import type { Trainer, TrainerState } from '../loop/index.ts'
import type { GroupSettings } from '../optimisers/index.ts'
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
  /** Inputs that are masks of zeros and ones, with the share of zeros: drawn anew in each step; in an evaluation each is its mean. */
  readonly masks?: Readonly<Record<string, number>>
  /** The ways to compute a step, found by `tune`. */
  readonly choices?: Choices
}

/** A trainer whose sessions are closed at the end. */
export interface RuntimeTrainer extends Trainer { readonly close: () => Promise<void> }

/** Parameters and optimiser state start at zero; `load` gives them their first numbers. Sessions are made when a batch size is met first. */
export function runtimeTrainer(o: TrainerOptions): RuntimeTrainer {
  const { network, runtime } = o
  const loss = lower.lossOf(network)
  const parameters = lower.parametersOf(network)
  const frozen = new Set(parameters.filter(p => o.groups?.get(p.name)?.frozen).map(p => p.name))
  const trained = parameters.filter(p => !frozen.has(p.name))
  const fixed = new Map<string, Float64Array>()
  const steps = new Map<string, Promise<{ readonly session: Session; readonly scalars: lower.Run }>>()
  const evaluations = new Map<string, Promise<Session>>()
  let current: Session | undefined
  let held: TrainerState | undefined
  const sizes = (batch: Batch): lower.Sizes => ({ samples: batch.count, ...(o.dims && { dims: o.dims }), classes: classNumbers(network, batch) })
  const keyOf = (batch: Batch): string => JSON.stringify([batch.count, classNumbers(network, batch)])
  const open = (program: lower.Program): Promise<Session> => runtime.open(program, { threads: o.threads ?? 1, ...(o.choices && { choose: chooser(o.choices) }) })

  const openStep = async (batch: Batch) => {
    const { program, scalars } = lower.stepProgram(network, sizes(batch), {
      optimiser: o.optimiser, parameters: trained.map(p => p.name), decay: p => o.groups?.get(p)?.decay ?? 0, rateFactor: p => o.groups?.get(p)?.rate ?? 1,
      ...(o.clip && { clip: o.clip.kind }), ...(o.norms && { norms: true }),
    })
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
  const noteShapes = (program: readonly lower.ProgramInput[]): void => { for (const i of program) shapes.set(i.name, i.shape) }
  function stateOf(session: Session): TrainerState {
    const names = new Set(trained.map(p => p.name))
    const all = session.state.map((n): [string, Dense] => [n, dense(n, session.read(n))])
    return { parameters: new Map([...all.filter(([n]) => names.has(n)), ...[...fixed].map(([n, data]): [string, Dense] => [n, { shape: shapeOf(n), data }])]), state: new Map(all.filter(([n]) => !names.has(n))) }
  }

  const feedsOf = (inputs: readonly lower.ProgramInput[], batch: Batch, extra: Readonly<Record<string, Numbers | number>>, mask: (share: number, n: number) => Float32Array): Feeds =>
    Object.fromEntries(inputs.map(i => {
      const drawn = o.masks?.[i.name]
      const given = extra[i.name] ?? fixed.get(i.name) ?? (drawn === undefined ? undefined : mask(drawn, lower.volume(i.shape))) ?? batch.values[i.name]?.data
      if (given === undefined) throw batchLacks(i.name, Object.keys(batch.values))
      return [i.name, typeof given === 'number' ? given : asFeed(given)]
    }))

  return {
    overData: isMean(network, loss) ? 'mean' : 'sum',
    async step(batch, { rate, step, random }) {
      const { session, scalars } = await stepFor(batch)
      moveTo(session)
      const numbers = scalars({ rate: Float64Array.of(rate), step: Float64Array.of(step), clip: Float64Array.of(o.clip?.limit ?? 0), ...Object.fromEntries(Object.entries(o.hyper ?? {}).map(([k, v]) => [k, Float64Array.of(v)])) })
      const extra = Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, v[0]!]))
      const made = await session.run(feedsOf(session.inputs, batch, extra, (share, n) => Float32Array.from({ length: n }, () => (random.uniform() < share ? 0 : 1))))
      const norms = o.norms ? { gradientNorms: Object.fromEntries(trained.map(p => [p.name, Number(made[lower.normName(p.name)]![0])])) } : {}
      return { loss: Number(made[loss.name]![0]), ...norms }
    },
    async evaluate(batch) {
      const key = keyOf(batch)
      let session = evaluations.get(key)
      if (!session) evaluations.set(key, session = open(lower.forwardProgram(network, sizes(batch), [loss.name, ...(o.output === undefined ? [] : [o.output])])))
      const ready = await session
      const now = await this.state()
      const extra = Object.fromEntries([...now.parameters].map(([n, t]) => [n, asFeed(t.data)]))
      const made = await ready.run(feedsOf(ready.inputs, batch, extra, (share, n) => new Float32Array(n).fill(1 - share)))
      const out = o.output === undefined ? undefined : made[o.output]!
      return { loss: Number(made[loss.name]![0]), ...(out && { outputs: { shape: [batch.count, out.length / batch.count], data: Float64Array.from(out as Float32Array, Number) } }) }
    },
    state: () => Promise.resolve(held ?? (current ? stateOf(current) : { parameters: new Map(), state: new Map() })),
    load: state => {
      for (const p of parameters) { const t = state.parameters.get(p.name); if (!t) throw stateLacks(p.name, [...state.parameters.keys()]); shapes.set(p.name, t.shape); if (frozen.has(p.name)) fixed.set(p.name, Float64Array.from(t.data)) }
      const zeros = trained.flatMap(p => o.optimiser.state.map((s): [string, Dense] => [lower.stateName(p.name, s.name), state.state.get(lower.stateName(p.name, s.name)) ?? { shape: shapeOf(p.name), data: new Float64Array(lower.volume(shapeOf(p.name))) }]))
      held = { parameters: state.parameters, state: new Map(zeros) }
      current = undefined
      return Promise.resolve()
    },
    async diagnose(batch) {
      const names = network.nodes.filter(n => n.definition).map(n => n.name)
      const program = lower.forwardProgram(network, sizes(batch), names)
      noteShapes(lower.inputsOf(program))
      const session = await open(program)
      const now = await this.state()
      const made = await session.run(feedsOf(session.inputs, batch, Object.fromEntries([...now.parameters].map(([n, t]) => [n, asFeed(t.data)])), (share, n) => new Float32Array(n).fill(1 - share)))
      await session.close()
      return names.find(n => Array.from(made[n]! as Float32Array).some(v => !Number.isFinite(v)))
    },
    close: async () => {
      for (const s of steps.values()) await (await s).session.close()
      for (const s of evaluations.values()) await (await s).close()
    },
  }
}

const asFeed = (data: ArrayLike<number> | Numbers): Numbers => (data instanceof Float32Array || data instanceof Float64Array || data instanceof BigInt64Array ? data : Float64Array.from(data))

/** One-hot inputs whose samples come as class numbers: one number where the network has a row. */
const classNumbers = (network: Network, batch: Batch): string[] => network.nodes.flatMap(n => {
  const given = batch.values[n.name]
  const isHot = n.facts.some(f => f === 'one-hot' || f === 'class')
  return given && isHot && given.shape.length === n.tensor.axes.length - 1 ? [n.name] : []
})

/** Does the loss divide by the number of samples? */
const isMean = (network: Network, loss: NetworkNode): boolean => loss.definition !== undefined && somewhere(e => e.kind === 'symbol' && e.tensor.size === network.samples)(loss.definition)

