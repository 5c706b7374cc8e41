/** A folder of checkpoints: the last few by step, and the best. Each is replaced whole or not at all. */
import { type Files, join, readWhole } from '../files/index.ts'
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'

export interface Found { readonly path: string; readonly checkpoint: Checkpoint }

/** A file that was passed over, and why. */
export interface Skipped { readonly path: string; readonly reason: string }

export interface Store {
  readonly folder: string
  /** Writes a checkpoint; returns its path. `best`, what is best so far, is written before it, and kept however many come after. */
  readonly save: (checkpoint: Checkpoint, step: number, best?: Checkpoint) => Promise<string>
  /** The newest checkpoint that is whole; files that are damaged are passed over. */
  readonly latest: () => Promise<{ readonly found: Found | undefined; readonly skipped: readonly Skipped[] }>
  /** The best checkpoint, if there is one and it is whole. */
  readonly best: () => Promise<Found | undefined>
}

const stepFile = /^step-(\d+)\.safetensors$/
const bestFile = 'best.safetensors'

/** The checkpoints in a folder; `keep` of them stay, the newest. Two, so that a damaged disk block does not end a run. */
export function checkpointStore(files: Files, folder: string, keep = 2): Store {
  const steps = async (): Promise<string[]> => ((await files.list(folder)) ?? []).map(e => e.name).filter(n => stepFile.test(n)).sort((a, b) => stepOf(b) - stepOf(a))
  const load = async (name: string): Promise<Found> => { const path = join(folder, name); return { path, checkpoint: await decodeCheckpoint(path, await readWhole(files, path)) } }
  return {
    folder,
    async save(checkpoint, step, best) {
      const path = join(folder, `step-${String(step).padStart(9, '0')}.safetensors`)
      const bytes = await encodeCheckpoint(checkpoint)
      if (best) await files.replace(join(folder, bestFile), best === checkpoint ? bytes : await encodeCheckpoint(best))
      await files.replace(path, bytes)
      // what is newer by its number was passed over as damaged when the run went on
      const names = await steps()
      const older = names.filter(n => stepOf(n) <= step)
      for (const n of [...names.filter(n => stepOf(n) > step), ...older.slice(keep)]) await files.remove(join(folder, n))
      for (const e of (await files.list(folder)) ?? []) if (e.name.endsWith('.tmp')) await files.remove(join(folder, e.name))
      return path
    },
    async latest() {
      const skipped: Skipped[] = []
      for (const name of await steps()) {
        try { return { found: await load(name), skipped } } catch (error) { skipped.push({ path: join(folder, name), reason: (error as Error).message }) }
      }
      return { found: undefined, skipped }
    },
    async best() {
      const exists = ((await files.list(folder)) ?? []).some(e => e.name === bestFile)
      return exists ? load(bestFile) : undefined
    },
  }
}

const stepOf = (name: string): number => Number(stepFile.exec(name)![1])
