/** A page as one HTML file that needs nothing else: formulas are MathML, which browsers set themselves. */
import katex from 'katex'
import { escapeHtml, type Page, renderHtmlBody, titleText } from '@chainrule/core'

const css = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; font-weight: 600; }
h2 { font-size: 1.05rem; font-weight: 600; margin: 1.5rem 0 .25rem; }
p { white-space: pre-wrap; margin: .35rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
td, th { padding: .25rem .5rem; vertical-align: baseline; }
.lines .number, .preamble, footer { color: GrayText; }
.lines .number, .lines .left, .values .right { text-align: right; }
.lines .relation { padding: .25rem 0; }
.lines .reason { padding-left: 2rem; white-space: pre-wrap; color: light-dark(#0b5c8a, #7cc4ec); }
.lines .failed { background: light-dark(#fde4e4, #5a1f1f); }
.values td { white-space: pre-wrap; }
.values .right { font-variant-numeric: tabular-nums; }
.values th { text-align: left; border-bottom: 1px solid; }
footer, .picture { margin-top: 1.5rem; font-size: .9rem; }
.picture svg { max-width: 100%; height: auto; }
math { font-size: 1.1em; }
@media print { body { margin: 0; max-width: none; } }
`

/** LaTeX as MathML; what KaTeX cannot read is shown as it is. */
const typeset = (latex: string, displayMode: boolean): string => katex.renderToString(latex, { displayMode, output: 'mathml', throwOnError: false, strict: 'ignore' })

/** The whole document; a picture is SVG that stands below the page. */
export const htmlPage = (page: Page, picture = ''): string =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${escapeHtml(titleText(page))}</title>\n<style>${css}</style>\n</head>\n<body>\n${renderHtmlBody(page, typeset)}${picture === '' ? '' : `<div class="scroll picture">${picture}</div>\n`}</body>\n</html>\n`
