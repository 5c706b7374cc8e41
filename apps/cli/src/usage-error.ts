/** An error that the user can mend: what is wrong with the call or its input. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What the operating system says about a file, in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  switch (code) {
    case 'ENOENT': return 'there is no such file'
    case 'EISDIR': return 'it is a folder'
    case 'ENOTDIR': return 'a part of the path is no folder'
    case 'EACCES': case 'EPERM': return 'no permission'
    case 'ENOSPC': return 'the disk is full'
    case 'EROFS': return 'the file system is read-only'
    default: return error instanceof Error ? error.message : String(error)
  }
}
