/** Values of nodes of a network, batch by batch, with parameters that stay. */
import { lower, type Network } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import { asFeed } from './feeds.ts'
import { batchLacks } from './messages.ts'
import type { Numbers, Runtime, Session } from './session.ts'
import { type Choices, chooser } from './tune.ts'

export interface ForwardOptions {
  readonly network: Network
  readonly runtime: Runtime
  /** The nodes whose values are wanted. */
  readonly names: readonly string[]
  readonly dims?: Readonly<Record<string, number>>
  /** The one-hot inputs and targets that a batch has as class numbers. */
  readonly classes: (batch: Batch) => readonly string[]
  readonly threads?: number
  readonly choices?: Choices
}

export interface Forward {
  /** Numbers that no sample changes: parameters, given ones, running averages. They stay until the next call. */
  readonly use: (numbers: ReadonlyMap<string, Dense>) => void
  /** The values of the nodes; what exists once per sample has the samples first. Throws a ChainError for an input that the batch lacks. */
  readonly run: (batch: Batch) => Promise<ReadonlyMap<string, Dense>>
  readonly close: () => Promise<void>
}

interface Ready { readonly session: Session; readonly shapes: ReadonlyMap<string, readonly number[]> }

/** Sessions are made when a batch size is met first. */
export function forward(o: ForwardOptions): Forward {
  const ready = new Map<string, Promise<Ready>>()
  let fixed: ReadonlyMap<string, Numbers> = new Map()
  const open = async (samples: number, classes: readonly string[]): Promise<Ready> => {
    const program = lower.forwardProgram(o.network, { samples, ...(o.dims && { dims: o.dims }), classes }, o.names)
    return { session: await o.runtime.open(program, { threads: o.threads ?? 1, ...(o.choices && { choose: chooser(o.choices) }) }), shapes: new Map(program.outputs.map(r => [r.name, r.shape])) }
  }
  return {
    use: numbers => { fixed = new Map([...numbers].map(([n, t]) => [n, asFeed(t.data)])) },
    async run(batch) {
      const classes = o.classes(batch)
      const key = JSON.stringify([batch.count, classes])
      let made = ready.get(key)
      if (!made) ready.set(key, made = open(batch.count, classes))
      const { session, shapes } = await made
      const feeds = Object.fromEntries(session.inputs.map(i => {
        const given = fixed.get(i.name) ?? batch.values[i.name]?.data
        if (given === undefined) throw batchLacks(i.name, Object.keys(batch.values))
        return [i.name, asFeed(given)]
      }))
      const values = await session.run(feeds)
      return new Map([...shapes].map(([name, shape]) => [name, { shape, data: Float64Array.from(values[name]! as Float32Array, Number) }]))
    },
    close: async () => { for (const r of ready.values()) await (await r).session.close() },
  }
}
