/** How an annotation is told from the page: it is a block quote between two comments. */
import { matchAt, nextLine } from './text.ts'

export const ANNOTATION = { open: '<!-- chainrule -->', close: '<!-- /chainrule -->' } as const

/** In TeX an annotation is a run of comment lines. */
export const TEX_ANNOTATION = '% chainrule: '

const FIRST = /[ \t>]*> \*\*[^\r\n]*/y
const QUOTED = /[ \t]*(?:>[^\r\n]*)?(?![^\r\n])/y
const CLOSE = /[ \t>]*<!-- \/chainrule -->/y

/** The end of an annotation that begins at `at`: nothing but a block quote may stand in it, so that it cannot hide anything of the page. */
export function annotationEnd(source: string, at: number): number | undefined {
  if (!source.startsWith(ANNOTATION.open, at)) return undefined
  let end = at + ANNOTATION.open.length
  const takeLine = (pattern: RegExp): boolean => {
    if (!/[\r\n]/.test(source[end] ?? '')) return false
    const next = nextLine(source, end)
    const line = matchAt(pattern, source, next)
    if (line) end = next + line[0].length
    return line !== null
  }
  if (!takeLine(FIRST)) return undefined
  while (!takeLine(CLOSE)) if (!takeLine(QUOTED)) return undefined
  return end
}

/** The offset at which the line end before a line begins: what `annotate` has put in front of an annotation goes with it. */
export function beforeLine(source: string, lineStart: number): number {
  if (lineStart === 0) return 0
  return source.startsWith('\r\n', lineStart - 2) ? lineStart - 2 : lineStart - 1
}
