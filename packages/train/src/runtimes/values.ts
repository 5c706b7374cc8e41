/** What a program of a network computes, batch by batch, with parameters that stay. */
import type { lower } from '@chainrule/core'
import type { Batch } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import { asFeed } from './feeds.ts'
import { batchLacks } from './messages.ts'
import type { Numbers, Runtime, Session } from './session.ts'
import { type Choices, chooser } from './tune.ts'

export interface ValuesOptions {
  /** The program for a batch of this size. */
  readonly program: (sizes: lower.Sizes) => lower.Program
  readonly runtime: Runtime
  readonly dims?: Readonly<Record<string, number>>
  /** The one-hot inputs and targets that a batch has as class numbers. */
  readonly classes: (batch: Batch) => readonly string[]
  readonly threads?: number
  readonly choices?: Choices
}

export interface Values {
  /** Numbers that no sample changes: parameters, given ones, running averages. They stay until the next call. */
  readonly use: (numbers: ReadonlyMap<string, Dense>) => void
  /** The outputs of the program; `drawn` gives inputs that are drawn anew. Throws a ChainError for an input that nobody has. */
  readonly run: (batch: Batch, drawn?: (i: lower.ProgramInput) => Numbers | undefined) => Promise<ReadonlyMap<string, Dense>>
  readonly close: () => Promise<void>
}

interface Ready { readonly session: Session; readonly shapes: ReadonlyMap<string, readonly number[]> }

/** Sessions are made when a batch size is met first. */
export function values(o: ValuesOptions): Values {
  const ready = new Map<string, Promise<Ready>>()
  let fixed: ReadonlyMap<string, Numbers> = new Map()
  const open = async (samples: number, classes: readonly string[]): Promise<Ready> => {
    const program = o.program({ samples, ...(o.dims && { dims: o.dims }), classes })
    return { session: await o.runtime.open(program, { threads: o.threads ?? 1, ...(o.choices && { choose: chooser(o.choices) }) }), shapes: new Map(program.outputs.map(r => [r.name, r.shape])) }
  }
  return {
    use: numbers => { fixed = new Map([...numbers].map(([n, t]) => [n, asFeed(t.data)])) },
    async run(batch, drawn = () => undefined) {
      const classes = o.classes(batch)
      const key = JSON.stringify([batch.count, classes])
      let made = ready.get(key)
      if (!made) ready.set(key, made = open(batch.count, classes))
      const { session, shapes } = await made
      const feeds = Object.fromEntries(session.inputs.map(i => {
        const given = fixed.get(i.name) ?? drawn(i) ?? batch.values[i.name]?.data
        if (given === undefined) throw batchLacks(i.name, Object.keys(batch.values))
        return [i.name, asFeed(given)]
      }))
      const found = await session.run(feeds)
      return new Map([...shapes].map(([name, shape]) => [name, { shape, data: doublesOf(found[name]!) }]))
    },
    close: async () => { for (const r of ready.values()) await (await r).session.close() },
  }
}

const doublesOf = (v: Numbers): Float64Array => (v instanceof BigInt64Array ? Float64Array.from(v, Number) : new Float64Array(v))
