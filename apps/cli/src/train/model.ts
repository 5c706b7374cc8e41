/** A trained network by its name on the command line: the folder of a run, a checkpoint, or a network with a file of weights. */
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Checkpoint, decodeCheckpoint, type Found, type Model, modelIn, modelWith } from '@chainrule/train'
import { loadNetwork, type NetworkOptions } from '../commands/common.ts'
import { reasonOf, UsageError } from '../usage-error.ts'
import { machineOf } from './machine.ts'
import { opened } from './data.ts'
import type { DataFlags, FitFlags, MachineFlags, RunFlags } from './options.ts'
import { aboutIn, fitOptions, lossed, storeIn, tensorsIn } from './request.ts'

export interface ModelFlags extends NetworkOptions, DataFlags, FitFlags, MachineFlags { readonly weights?: string; readonly checkpoint?: 'best' | 'latest' }

/** A model, where it comes from, and the options of its run. */
export interface Loaded { readonly model: Model; readonly path: string; readonly flags: RunFlags }

/** Loads it. Throws a UsageError or a ChainError where there is none. */
export async function loadModel(what: string, f: ModelFlags): Promise<Loaded> {
  const found = await checkpointAt(what, f.checkpoint)
  if (found) {
    const model = modelIn(found.path, found.checkpoint)
    return { model, path: found.path, flags: aboutIn(model.about)?.flags ?? {} }
  }
  if (f.weights === undefined) throw new UsageError(`${what} is a network that was never trained. Give its parameters with --weights, or the folder of a run`)
  const network = lossed(await loadNetwork(what, f), f)
  const { runtime } = machineOf(f)
  const data = f.data === undefined ? undefined : await opened(f.data, f, runtime.precision)
  const { tensors } = await tensorsIn(f.weights)
  return { model: await modelWith(network, tensors, { runtime, ...(data ? { data } : {}), ...fitOptions(f), normalise: f.normalise ?? 'none' }), path: f.weights, flags: {} }
}

/** The checkpoint that a path names; undefined where the path is something else. */
export async function checkpointAt(path: string, wanted?: 'best' | 'latest'): Promise<Found | undefined> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return inFolder(path, wanted)
  if (!path.endsWith('.safetensors')) return undefined
  const bytes = await readFile(path).catch((error: unknown) => { throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`) })
  const checkpoint: Checkpoint = await decodeCheckpoint(path, bytes)
  return { path, checkpoint }
}

/** The best, and without one the newest. */
async function inFolder(folder: string, wanted: 'best' | 'latest' | undefined): Promise<Found> {
  const store = storeIn(folder)
  const best = wanted === 'latest' ? undefined : await store.best()
  if (best) return best
  if (wanted === 'best') throw new UsageError(`${folder} has no best checkpoint yet. --checkpoint latest takes the newest`)
  const { found, skipped } = await store.latest()
  if (!found) throw new UsageError(`${folder} has no checkpoint${skipped.length > 0 ? ` that is whole: ${skipped[0]!.reason}` : ''}`)
  return found
}
