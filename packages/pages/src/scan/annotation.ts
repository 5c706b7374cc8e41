/** How annotations of an earlier run are told from the page, and taken off it before it is read. */
import type { Range } from './parts.ts'
import { endOfLine, matchAt, nextLine } from './text.ts'

/** In Markdown an annotation is a block quote between two comments. */
export const ANNOTATION = { open: '<!-- chainrule -->', close: '<!-- /chainrule -->' } as const

/** In TeX an annotation is a run of comment lines. */
export const TEX_ANNOTATION = '% chainrule: '

const OPEN = /[ \t>]*<!-- chainrule -->/y
const FIRST = /[ \t>]*> \*\*[^\r\n]*/y
const QUOTED = /[ \t]*(?:>[^\r\n]*)?(?![^\r\n])/y
const CLOSE = /[ \t>]*<!-- \/chainrule -->/y

/** The annotations of a page, each with the line end before it, which was put in with it. */
export function annotationsOf(source: string, language: 'markdown' | 'tex'): Range[] {
  const found: Range[] = []
  const endAt = language === 'tex' ? texAnnotationEnd : annotationEnd
  for (let start = 0, end = 0; start < source.length; start = nextLine(source, end)) {
    const annotated = endAt(source, start)
    if (annotated !== undefined) found.push({ start: Math.max(beforeLine(source, start), found.at(-1)?.end ?? 0), end: annotated })
    end = endOfLine(source, annotated ?? start)
  }
  return found
}

/** The page with blanks in the place of its annotations: as long as before, and for every reader as if they had never been there. */
export function withoutAnnotations(source: string, annotations: readonly Range[]): string {
  let text = ''
  let at = 0
  for (const { start, end } of annotations) {
    text += source.slice(at, start) + ' '.repeat(end - start)
    at = end
  }
  return text + source.slice(at)
}

const texAnnotationEnd = (source: string, start: number): number | undefined => (source.startsWith(TEX_ANNOTATION, start) ? endOfLine(source, start) : undefined)

/** The end of an annotation whose line begins at `start`: nothing but a block quote may stand in it, so that it cannot hide anything of the page. */
function annotationEnd(source: string, start: number): number | undefined {
  const open = matchAt(OPEN, source, start)
  if (!open) return undefined
  let end = start + open[0].length
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

/** The offset at which the line end before a line begins. */
function beforeLine(source: string, lineStart: number): number {
  if (lineStart === 0) return 0
  return source.startsWith('\r\n', lineStart - 2) ? lineStart - 2 : lineStart - 1
}
