/** A checkpoint: everything a run needs to go on as if it had not stopped. */
import type { Dense } from '../dense.ts'
import { brokenSeal, noCheckpoint } from './messages.ts'
import { decodeSafetensors } from './safetensors.ts'
import { checkSeal, encodeSealed } from './seal.ts'

/** What JSON can hold; numbers are finite. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface Checkpoint {
  /** By name, in the precision of the runtime. */
  readonly parameters: ReadonlyMap<string, Dense>
  /** The optimiser's state: `W#mean` for the state `mean` of the parameter `W`. */
  readonly state: ReadonlyMap<string, Dense>
  /** Other tensors, such as means for normalisation. */
  readonly extra?: ReadonlyMap<string, Dense>
  /** Where the run is: step, epoch, seeds, states of generators, metrics. */
  readonly progress: Json
  /** What the run was asked for. */
  readonly config: Json
}

const [state, extra] = ['optimiser/', 'extra/']
const keys = { version: 'chainrule.version', progress: 'chainrule.progress', config: 'chainrule.config', order: 'chainrule.order' }

/** The bytes of a sealed safetensors file. Parameters have their own names in it. */
export function encodeCheckpoint(c: Checkpoint): Promise<Uint8Array> {
  const named = (prefix: string, of: ReadonlyMap<string, Dense> = new Map<string, Dense>()): [string, Dense][] => [...of].map(([k, v]) => [prefix + k, v])
  const tensors = new Map([...named('', c.parameters), ...named(state, c.state), ...named(extra, c.extra)])
  const metadata = { format: 'pt', [keys.version]: '1', [keys.progress]: JSON.stringify(c.progress), [keys.config]: JSON.stringify(c.config), [keys.order]: JSON.stringify([...tensors.keys()]) }
  return encodeSealed({ tensors, metadata })
}

/** The checkpoint in a file. Throws a ChainError when the file is damaged, cut off, or none. */
export async function decodeCheckpoint(path: string, bytes: Uint8Array): Promise<Checkpoint> {
  const seal = await checkSeal(bytes)
  if (seal === 'broken') throw brokenSeal(path)
  const { tensors, metadata } = decodeSafetensors(path, bytes)
  if (seal === 'none') throw noCheckpoint(path, 'it has no checksum')
  if (metadata[keys.version] !== '1') throw noCheckpoint(path, `its version is ${metadata[keys.version] ?? 'missing'}`)
  const order = JSON.parse(metadata[keys.order]!) as string[]
  const under = (prefix: string): Map<string, Dense> => new Map(order.filter(n => n.startsWith(prefix)).map(n => [n.slice(prefix.length), tensors.get(n)!]))
  return {
    parameters: new Map(order.filter(n => !n.startsWith(state) && !n.startsWith(extra)).map(n => [n, tensors.get(n)!])),
    state: under(state), extra: under(extra),
    progress: JSON.parse(metadata[keys.progress]!) as Json, config: JSON.parse(metadata[keys.config]!) as Json,
  }
}
