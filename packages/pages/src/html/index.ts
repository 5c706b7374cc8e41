/** Annotated pages as HTML; apart from the rest, since it brings the libraries that render and typeset. */
export { annotateHtml } from './annotate-html.ts'
export { htmlDocument } from './document.ts'
