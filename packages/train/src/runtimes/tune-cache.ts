/** Choices kept in a folder, one file for each program, runtime and machine. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Choices, TuneCache } from './tune.ts'

/** The processor, and the number of its cores. */
export const machineName = (): string => `${cpus()[0]?.model ?? 'processor'} x ${cpus().length}`

/** A cache in this folder, which is made when it is not there. A file that cannot be read counts as absent. */
export function tuneCacheIn(folder: string): TuneCache {
  const fileOf = (key: string): string => join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`)
  return {
    async read(key) {
      try {
        return JSON.parse(await readFile(fileOf(key), 'utf8')) as Choices
      } catch {
        return undefined
      }
    },
    async write(key, choices) {
      await mkdir(folder, { recursive: true })
      const passing = `${fileOf(key)}.${randomUUID()}`
      await writeFile(passing, JSON.stringify(choices, null, 2))
      await rename(passing, fileOf(key))
    },
  }
}

/** Milliseconds of processor time that this process has used, for `TuneOptions.clock`. */
export const processorClock = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
