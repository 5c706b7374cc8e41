/** Files: on disk, in memory, gzipped. */
export { baseName, type FileEntry, type Files, join, type OpenFile, readWhole } from './files.ts'
export { type Bytes, bytesOf, exactly } from './bytes.ts'
export { memoryFiles } from './memory.ts'
export { nodeFiles } from './node.ts'
