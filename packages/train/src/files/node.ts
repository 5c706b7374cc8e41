/** Files on disk, by Node. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Files, OpenFile } from './files.ts'
import { noSuchFile } from './messages.ts'

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code

/** The file system of this machine. */
export const nodeFiles: Files = {
  async open(path): Promise<OpenFile> {
    const handle = await open(path, 'r').catch((error: unknown) => { throw codeOf(error) === 'ENOENT' ? noSuchFile(path) : error })
    const info = await handle.stat()
    if (info.isDirectory()) { await handle.close(); throw noSuchFile(path, 'It is a folder.') }
    return {
      path,
      size: info.size,
      async read(at, into) {
        let filled = 0
        while (filled < into.length) {
          const { bytesRead } = await handle.read(into, filled, into.length - filled, at + filled)
          if (bytesRead === 0) break
          filled += bytesRead
        }
        return filled
      },
      close: () => handle.close(),
    }
  },

  async list(path) {
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
      throw error
    })
    return entries?.map(e => ({ name: e.name, folder: e.isDirectory() })).sort((a, b) => (a.name < b.name ? -1 : 1))
  },

  // written beside, flushed, renamed over, and the folder flushed: the new name is on disk only after its bytes are
  async replace(path, bytes) {
    const folder = dirname(path)
    await mkdir(folder, { recursive: true })
    const temporary = `${path}.${process.pid}.${Date.now().toString(36)}.tmp`
    try {
      const handle = await open(temporary, 'w')
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally { await handle.close() }
      await rename(temporary, path)
    } catch (error) { await rm(temporary, { force: true }); throw error }
    await flushFolder(folder)
  },

  remove: path => rm(path, { force: true }),
}

/** Some systems cannot flush a folder; there the rename alone has to do. */
async function flushFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (!handle) return
  try { await handle.sync() } catch (error) { if (!['EPERM', 'EINVAL', 'EISDIR', 'EACCES', 'EBADF'].includes(codeOf(error) ?? '')) throw error } finally { await handle.close() }
}
