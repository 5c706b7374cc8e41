/** The look of annotated pages, light and dark. */
export const CSS = `
:root { color-scheme: light dark; --wrong: light-dark(#b3261e, #ff8a80); --right: light-dark(#146c2e, #7fd99a); --unsure: light-dark(#8a5a00, #f0c060); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; font-weight: 600; }
h2, h3, h4, h5, h6 { font-size: 1.05rem; font-weight: 600; }
table { border-collapse: collapse; }
td, th { padding: .25rem .5rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
pre, code.display { overflow-x: auto; display: block; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid color-mix(in srgb, currentColor 25%, transparent); }
.tex { white-space: pre-line; }
.scroll, p:has(> .katex > math[display=block]) { overflow-x: auto; overflow-y: hidden; }
math { font-size: 1.1em; }
.verdict math { math-style: normal; }
.verdict { margin: .25rem 0 1.25rem; padding: .4rem .8rem; border-left: 4px solid; border-radius: 2px; background: color-mix(in srgb, currentColor 6%, transparent); }
.verdict p { margin: .2rem 0; }
.verdict strong { color: inherit; }
.verdict.holds { border-color: var(--right); }
.verdict.conditional, .verdict.open { border-color: var(--unsure); }
.verdict.wrong { border-color: var(--wrong); }
.holds strong, .summary .holds { color: var(--right); }
.conditional strong, .open strong, .summary .conditional, .summary .open { color: var(--unsure); }
.wrong strong, .summary .wrong { color: var(--wrong); }
mstyle.wrong, mark.wrong { color: var(--wrong); }
mstyle.right, mark.right { color: var(--right); }
mstyle.wrong, mstyle.right { border-bottom: 2px solid; background: color-mix(in srgb, currentColor 9%, transparent); }
td.right, th.right { text-align: right; }
mark { background: none; text-decoration: underline; text-decoration-thickness: 2px; }
.note, .image, footer { color: GrayText; font-size: .9rem; }
.summary { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 4px; padding: .6rem 1rem; margin-bottom: 1.5rem; }
.summary ul { margin: .3rem 0; padding-left: 1.2rem; }
details summary { cursor: pointer; }
@media print { body { margin: 0; max-width: none; } details > * { display: block; } }
`
