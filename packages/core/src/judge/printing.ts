/** The printers that the judge uses for its own right lines. */
export { indexForm, renderLatex } from '../print/index.ts'
export { matrixForm } from '../print/matrix/index.ts'
