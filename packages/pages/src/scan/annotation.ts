/** How an annotation is told from the page: it stands between two comments. */

export const ANNOTATION = { open: '<!-- chainrule -->', close: '<!-- /chainrule -->' } as const

/** In TeX an annotation is a run of comment lines. */
export const TEX_ANNOTATION = '% chainrule: '

const CLOSE = /<!-- \/chainrule -->/g

/** The end of an annotation that begins at `at`; undefined where none does, or where it has no end. */
export function annotationEnd(source: string, at: number, find: (pattern: RegExp, from: number) => number): number | undefined {
  if (!source.startsWith(ANNOTATION.open, at)) return undefined
  const close = find(CLOSE, at)
  return close === Infinity ? undefined : close + ANNOTATION.close.length
}

/** The offset at which the line end before a line begins: what `annotate` has put in front of an annotation goes with it. */
export function beforeLine(source: string, lineStart: number): number {
  if (lineStart === 0) return 0
  return source.startsWith('\r\n', lineStart - 2) ? lineStart - 2 : lineStart - 1
}
