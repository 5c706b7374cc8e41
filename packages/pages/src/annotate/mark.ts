/** A place of a formula set off by a command around it. */

/**
 * The LaTeX with `open` and `close` around the place; over several rows or cells, around each part. Undefined where
 * nothing can be put around it: an empty place, or one that tears brackets apart.
 */
export function wrapped(latex: string, { start, end }: { readonly start: number; readonly end: number }, open: string, close: string): string | undefined {
  const inside = latex.slice(start, end)
  if (inside.trim() === '' || cutsToken(latex, start) || cutsToken(latex, end)) return undefined
  const parts = cells(inside)
  if (!parts.every(isWhole)) return undefined
  const marked = parts.map(p => (SEPARATOR.test(p) || p.trim() === '' ? p : p.replace(/^(\s*)([^]*?)(\s*)$/, (_, before: string, body: string, after: string) => `${before}{${open}${body}${close}}${after}`)))
  return latex.slice(0, start) + marked.join('') + latex.slice(end)
}

/** An end of a row or a cell, beyond which a command does not reach. */
const SEPARATOR = /^(?:\\\\(?:\[[^\]]*\])?|&)$/

/** The parts between ends of rows and cells, and these ends themselves. */
function cells(latex: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const m of latex.matchAll(/\\\\(?:\[[^\]]*\])?|\\[^]|&/g)) {
    if (!SEPARATOR.test(m[0])) continue
    parts.push(latex.slice(from, m.index), m[0])
    from = m.index + m[0].length
  }
  return [...parts, latex.slice(from)]
}

/** Whether an offset stands in the middle of a command. */
const cutsToken = (latex: string, at: number): boolean => /\\(?:[A-Za-z]*)$/.test(latex.slice(Math.max(0, at - 40), at)) && /^(?:[A-Za-z]|\\)/.test(latex.slice(at)) && !/\\\\$/.test(latex.slice(0, at))

/** Braces, `\left` and `\right`, `\begin` and `\end` in pairs. */
function isWhole(latex: string): boolean {
  let braces = 0
  let pairs = 0
  for (const m of latex.matchAll(/\\(left|right|begin|end)(?![A-Za-z])|\\[^]|[{}]/g)) {
    if (m[0] === '{') braces++
    else if (m[0] === '}' && --braces < 0) return false
    else if (m[1] === 'left' || m[1] === 'begin') pairs++
    else if ((m[1] === 'right' || m[1] === 'end') && --pairs < 0) return false
  }
  return braces === 0 && pairs === 0
}
