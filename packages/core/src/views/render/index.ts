/** Renderers: a page becomes text, LaTeX, Markdown, HTML or JSON; a graph becomes DOT. */
export { renderDot } from './dot.ts'
export { escapeHtml, renderHtmlBody, type Typeset } from './html.ts'
export { titleText } from './inline.ts'
export { printJson, renderJsonPage } from './json.ts'
export { renderLatexPage } from './latex.ts'
export { renderMarkdownPage } from './markdown.ts'
export { PLAIN, type Style } from './style.ts'
export { renderTextPage, type TextPageOptions } from './text.ts'
