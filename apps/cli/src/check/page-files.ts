/** From the arguments PAGE... to the pages: files, standard input, and what lies in folders. */
import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readText } from '../input/read-text.ts'
import { reasonOf, UsageError } from '../usage-error.ts'

const PAGE = /\.(?:md|markdown|tex|latex)$/i

/** A page before it is read; `name` is what it is called inside of its folder. */
export interface PageFile { readonly path: string; readonly name: string }

export interface PageFiles {
  readonly files: readonly PageFile[]
  /** A folder or several pages: the summary of a course is wanted. */
  readonly course: boolean
}

/** The pages of all arguments, each once; folders with all that lies in them, by name. Throws a UsageError. */
export function pageFiles(args: readonly string[]): PageFiles {
  const files = new Map<string, PageFile>()
  let folders = 0
  for (const path of args) {
    if (path !== '-' && isFolder(path)) {
      folders++
      const found = pagesIn(path)
      if (found.length === 0) throw new UsageError(`there is no page in ${path}; pages end in .md, .markdown, .tex or .latex`)
      for (const name of found) files.set(join(path, name), { path: join(path, name), name })
    } else files.set(path, { path, name: path === '-' ? 'stdin.md' : basename(path) })
  }
  return { files: [...files.values()], course: folders > 0 || files.size > 1 }
}

/** Whether it is a folder; what is not there is told when it is read. */
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

function pagesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(f => f.isFile() && PAGE.test(f.name))
      .map(f => join(f.parentPath ?? f.path, f.name).slice(join(folder, '/').length))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : 1))
  } catch (error) {
    throw new UsageError(`cannot read ${folder}: ${reasonOf(error)}`)
  }
}

const MOST_BYTES = 16 * 1024 * 1024

/** The text of a page. Throws a UsageError that says what is wrong. */
export function readPageFile(path: string): string {
  const size = path === '-' ? 0 : statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MOST_BYTES) throw new UsageError(`cannot read ${path}: it is larger than ${MOST_BYTES / 1024 / 1024} MiB`)
  return readText(path)
}
