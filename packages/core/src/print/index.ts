/** Printers: expressions become formulas, formulas become text or LaTeX. */
export type { Formula } from './formula.ts'
export * from './names.ts'
export { renderLatex } from './latex.ts'
export { renderText, type TextOptions } from './text.ts'
export { indexForm } from './index-form.ts'
export type { Abbreviation, PrintContext } from './context.ts'
