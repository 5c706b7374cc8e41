/** What needs Node: files on disk, and choices kept there. */
export { nodeFiles } from './files/node.ts'
export { machineName, processorClock, tuneCacheIn } from './runtimes/tune-cache.ts'
