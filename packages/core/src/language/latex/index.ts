/** The reader of LaTeX: formula to tree, tree to formula. */
export type * from './ast.ts'
export { latexChildren, mapLatexChildren } from './children.ts'
export { uncovered } from './cover.ts'
export { type ReadOptions, readLatex } from './read.ts'
export { sameLatex, withoutSpans } from './same.ts'
export { defaultLimits, type Limits } from './token.ts'
