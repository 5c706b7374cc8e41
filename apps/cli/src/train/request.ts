/** From the options to what the library is asked for. */
import type { Network } from '@chainrule/core'
import { checkpointStore, decodeSafetensors, type Json, startFrom, type Store, type TensorFile, type TrainOptions, withLoss } from '@chainrule/train'
import { nodeFiles } from '@chainrule/train/node'
import { readFile } from 'node:fs/promises'
import { reasonOf, UsageError } from '../usage-error.ts'
import { opened } from './data.ts'
import { machineOf, tuningOf } from './machine.ts'
import type { FitFlags, RunFlags, TrainFlags } from './options.ts'

/** What a checkpoint keeps of the command: its options, so that a run can go on, and be evaluated, without them. */
export interface About { readonly flags: RunFlags }

/** Options that say how the text is read, which the network keeps itself, and where and how much is written. */
const NOT_OF_THE_RUN: readonly string[] = ['let', 'dim', 'depth', 'output', 'resume', 'every', 'everyEpochs', 'json', 'plot', 'diagnose', 'debug']

/** Options that make a run what it is. */
export const runFlags = (f: TrainFlags): RunFlags => Object.fromEntries(Object.entries(f).filter(([key]) => !NOT_OF_THE_RUN.includes(key)))

export const aboutOf = (f: TrainFlags): About => ({ flags: runFlags(f) })

/** What the checkpoint of a command says of it. */
export const aboutIn = (about: Json): About | undefined => (about !== null && typeof about === 'object' && 'flags' in about ? about as unknown as About : undefined)

/** The tensors of a file. Throws a UsageError or a ChainError where it cannot be read. */
export async function tensorsIn(path: string): Promise<TensorFile> {
  const bytes = await readFile(path).catch((error: unknown) => { throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`) })
  return decodeSafetensors(path, bytes)
}

/** How data go into the network, as evaluations ask for it too. */
export const fitOptions = (f: FitFlags & Pick<RunFlags, 'map'>): Pick<TrainOptions, 'pad' | 'channelsLast' | 'normalise' | 'set' | 'output' | 'map'> => ({
  ...kept({ pad: f.pad, channelsLast: f.channelsLast, normalise: f.normalise, set: f.set, output: f.of, map: f.map }),
})

/** Entries that say something. */
const kept = <T extends object>(o: T): { [K in keyof T]?: Exclude<T[K], undefined> } => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }

/** The network with the loss that is asked for. */
export const lossed = (network: Network, { loss }: FitFlags): Network => (loss === undefined ? network : withLoss(network, loss))

/** The request of a run. Throws a UsageError or a ChainError for data and files that cannot be read. */
export async function requestOf(network: Network, f: TrainFlags): Promise<TrainOptions> {
  const machine = machineOf(f)
  const { precision } = machine.runtime
  const data = f.data === undefined ? undefined : await opened(f.data, f, precision)
  const validation = typeof f.validation === 'string' ? (o => o.validation ?? o.train)(await opened(f.validation, f, precision)) : f.validation
  const stopping = f.watch ?? f.patience ?? f.least
  return {
    ...machine, ...fitOptions(f),
    ...kept({
      data, validation, optimiser: f.optimiser, hyper: f.hyper, rate: f.rate, schedule: f.schedule, warmUp: f.warmUp, decay: f.decay, groups: f.group, clip: f.clip, initialisers: f.init,
      batch: f.batch, epochs: f.epochs, steps: f.steps, shuffle: f.shuffle, replacement: f.replacement, whole: f.whole, seed: f.seed, averaging: f.averaging, tune: f.tune,
      every: f.every, everyEpochs: f.everyEpochs, resume: f.resume, diagnose: f.diagnose,
    }),
    ...(f.weights === undefined ? {} : { start: startFrom(network, (await tensorsIn(f.weights)).tensors) }),
    ...(stopping === undefined ? {} : { stopping: kept({ metric: f.watch, patience: f.patience, least: f.least }) }),
    ...(f.output === undefined ? {} : { store: storeIn(f.output) }),
    norms: f.plot !== undefined, tuning: tuningOf(f), about: aboutOf(f) as unknown as Json,
  }
}

export const storeIn = (folder: string): Store => checkpointStore(nodeFiles, folder)
