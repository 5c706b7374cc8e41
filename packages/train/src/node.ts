/** What needs Node: files on disk. */
export { nodeFiles } from './files/node.ts'
