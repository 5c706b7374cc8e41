/** Messages about files as such: one function each. */
import { ChainError } from '@chainrule/core'

/** A path at which no file can be read. */
export const noSuchFile = (path: string, why?: string): ChainError =>
  new ChainError({ problem: `${path}: there is no such file.`, ...(why === undefined ? {} : { expected: why }) })

/** A file that ends before its end. */
export const truncated = (path: string, wanted: number, given: number, what: string): ChainError =>
  new ChainError({ problem: `${path}: the file ends at byte ${given}.`, expected: `${what} go on to byte ${wanted}.` })

/** A gzip file that cannot be unpacked. */
export const badGzip = (path: string, why: string): ChainError =>
  new ChainError({ problem: `${path}: the gzip data cannot be unpacked (${why}).`, expected: 'A download may have been cut off.' })
