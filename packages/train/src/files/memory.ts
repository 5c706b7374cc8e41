/** Files in memory: for tests, and for a browser that was given bytes. */
import { type Files, join } from './files.ts'
import { noSuchFile } from './messages.ts'

/** A file system that holds just these files. */
export function memoryFiles(contents: Readonly<Record<string, Uint8Array>> = {}): Files & { readonly contents: Map<string, Uint8Array> } {
  const held = new Map(Object.entries(contents))
  return {
    contents: held,
    open: path => {
      const bytes = held.get(path)
      if (!bytes) return Promise.reject(noSuchFile(path))
      const read = (at: number, into: Uint8Array): Promise<number> => {
        const part = bytes.subarray(at, at + into.length)
        into.set(part)
        return Promise.resolve(part.length)
      }
      return Promise.resolve({ path, size: bytes.length, read, close: () => Promise.resolve() })
    },
    list: path => {
      const prefix = join(path, '')
      const start = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
      const rest = [...held.keys()].filter(p => p.startsWith(start)).map(p => p.slice(start.length))
      if (rest.length === 0) return Promise.resolve(undefined)
      const names = new Map(rest.map(r => [r.split('/')[0]!, r.includes('/')]))
      return Promise.resolve([...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => ({ name, folder })))
    },
    replace: (path, bytes) => { held.set(path, bytes.slice()); return Promise.resolve() },
    remove: path => { held.delete(path); return Promise.resolve() },
  }
}
