/** Files in memory and gzipped; those on disk are in node.ts, which needs Node. */
export { baseName, type FileEntry, type Files, join, type OpenFile, readWhole } from './files.ts'
export { type Bytes, bytesOf, exactly } from './bytes.ts'
export { memoryFiles } from './memory.ts'
