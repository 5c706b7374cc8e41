/** The reader of LaTeX: formula to tree, tree to formula. */
export type * from './ast.ts'
export { latexChildren, mapLatexChildren } from './children.ts'
export { sameLatex, withoutSpans } from './same.ts'
