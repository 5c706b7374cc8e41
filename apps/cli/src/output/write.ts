/** Results go to stdout, or whole to a file. */
import { randomBytes } from 'node:crypto'
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf, UsageError } from '../usage-error.ts'

/** Writes to `path`, or to stdout without one. Throws a UsageError when the file cannot be written. */
export function writeOut(text: string, path: string | undefined): void {
  if (path === undefined || path === '-') {
    process.stdout.write(text)
    return
  }
  try {
    writeWhole(path, text)
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`)
  }
}

/** The file has its old content or all of the new one, never a part: a temporary file beside it is renamed. */
function writeWhole(path: string, text: string): void {
  const old = statSync(path, { throwIfNoEntry: false })
  if (old !== undefined && !old.isFile()) {
    writeFileSync(path, text)
    return
  }
  const target = old === undefined ? path : realpathSync(path)
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx', ...(old ? { mode: old.mode } : {}) })
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
