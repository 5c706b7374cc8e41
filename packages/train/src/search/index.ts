/** Hyper-parameter search: points to try, and a table of what they gave. */
export { type Axis, grid, randomSearch, type SearchPoint, type Space } from './space.ts'
export { readAxis } from './read.ts'
export { ranked, type SearchResult, searchTable } from './table.ts'
