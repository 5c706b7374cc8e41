/** Text from a file or from standard input. */
import { readFileSync, readSync } from 'node:fs'
import { reasonOf, UsageError } from '../usage-error.ts'

const MOST_BYTES = 16 * 1024 * 1024

/** The text of a file, or of standard input for `-`. Throws a UsageError that says what is wrong. */
export function readText(path: string): string {
  const name = path === '-' ? 'standard input' : path
  let bytes: Buffer
  try {
    bytes = path === '-' ? readStandardInput() : readFileSync(path)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`cannot read ${name}: ${reasonOf(error)}`)
  }
  if (bytes.length > MOST_BYTES) throw new UsageError(`cannot read ${name}: it is larger than ${MOST_BYTES / 1024 / 1024} MiB`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`cannot read ${name}: it is not UTF-8 text`)
  }
}

function readStandardInput(): Buffer {
  if (process.stdin.isTTY) process.stderr.write('chainrule: reading from standard input, end with Ctrl-D\n')
  const chunks: Buffer[] = []
  const chunk = Buffer.alloc(1 << 16)
  for (;;) {
    const length = readChunk(chunk)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(Buffer.from(chunk.subarray(0, length)))
  }
}

/** Bytes read from standard input, 0 at its end. A pipe that has nothing yet is waited for. */
function readChunk(into: Buffer): number {
  for (;;) {
    try {
      return readSync(0, into)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}
