/** What closes a formula. A pattern whose group 1 is empty matches what is to be passed over: what a backslash hides, comments. */

export interface Closers { readonly '$$': RegExp; readonly '$': RegExp; readonly '\\]': RegExp; readonly '\\)': RegExp }

export const MARKDOWN_CLOSERS = {
  '$$': /\\[\s\S]|(\$\$)/g,
  '$': /\\[\s\S]|(\$)/g,
  '`$': /`\$/g,
  '\\]': /\\(?:(\])|[\s\S])/g,
  '\\)': /\\(?:(\))|[\s\S])/g,
  '-->': /-->/g,
} as const satisfies Closers & Record<string, RegExp>

export const TEX_CLOSERS: Closers = {
  '$$': /\\[\s\S]|%[^\r\n]*|(\$\$)/g,
  '$': /\\[\s\S]|%[^\r\n]*|(\$)/g,
  '\\]': /\\(?:(\])|[\s\S])|%[^\r\n]*/g,
  '\\)': /\\(?:(\))|[\s\S])|%[^\r\n]*/g,
}

/** `\begin{X}` of an environment that is a formula by itself. */
const BEGIN = /\\begin\{(align|alignat|flalign|xalignat|gather|multline|eqnarray|dmath|dgroup|equation|displaymath|math)(\*?)\}/y

/** Environments that say nothing but "a formula": their body is the formula. */
const BARE = new Set(['equation', 'displaymath', 'math', 'dmath'])

export interface Environment { readonly body: number; readonly close: RegExp; readonly closing: string; readonly bare: boolean }

/** The environment that begins at `at`: where its body begins, what closes it. One that is not bare keeps its `\begin`, which says how its rows are meant. */
export function environmentAt(source: string, at: number): Environment | undefined {
  BEGIN.lastIndex = at
  const begin = BEGIN.exec(source)
  if (!begin) return undefined
  const name = begin[1]! + begin[2]!
  return { body: at + begin[0].length, close: closeOf(name), closing: `\\end{${name}}`, bare: BARE.has(begin[1]!) }
}

const known = new Map<string, RegExp>()

/** The pattern of `\end{X}`; one object for each X, by which the finder remembers it. */
export function closeOf(name: string): RegExp {
  const close = known.get(name) ?? new RegExp(`\\\\end\\{${name.replace('*', '\\*')}\\}`, 'g')
  known.set(name, close)
  return close
}

/** The id in a comment's text: `id: A2.L1`. */
export function idOf(comment: string): string | undefined {
  return /^\s*id:\s*(\S(?:.{0,98}\S)?)\s*$/.exec(comment.slice(0, 200))?.[1]
}
