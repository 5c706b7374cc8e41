/** Files as this package needs them, so that readers run in Node, in a browser and in tests. */

/** An open file, read by position. */
export interface OpenFile {
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Fills `into` from the position on; the number of bytes read, fewer only at the end of the file. */
  readonly read: (at: number, into: Uint8Array) => Promise<number>
  readonly close: () => Promise<void>
}

export interface FileEntry { readonly name: string; readonly folder: boolean }

export interface Files {
  /** Throws a ChainError when there is no such file. */
  readonly open: (path: string) => Promise<OpenFile>
  /** What a folder holds, sorted by name; undefined when there is no such folder. */
  readonly list: (path: string) => Promise<readonly FileEntry[] | undefined>
  /**
   * Puts the bytes in the place of the file, whole or not at all: whoever reads the path at any time, after a crash too, finds
   * the old bytes or the new ones. The folder is made when it is missing.
   */
  readonly replace: (path: string, bytes: Uint8Array) => Promise<void>
  readonly remove: (path: string) => Promise<void>
}

/** A path inside a folder. */
export const join = (folder: string, name: string): string => (folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`)

/** The last part of a path. */
export const baseName = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '')

/** All bytes of a file. */
export async function readWhole(files: Files, path: string): Promise<Uint8Array> {
  const file = await files.open(path)
  try {
    const bytes = new Uint8Array(file.size)
    const n = await file.read(0, bytes)
    return n === bytes.length ? bytes : bytes.subarray(0, n)
  } finally { await file.close() }
}
