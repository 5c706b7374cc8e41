/** The error that a person sees: what is wrong, where it stands, what was expected, the nearest valid name. */

/** A place in a text; `path` is shown as it is given, offsets count UTF-16 units. */
export interface Place { readonly path: string; readonly source: string; readonly span: { readonly start: number; readonly end: number } }

/** What an error says: `problem` and `expected` are sentences, `nearest` is a name. */
export interface Complaint {
  readonly problem: string
  readonly place?: Place | undefined
  readonly expected?: string | undefined
  readonly nearest?: string | undefined
}

/** An error with a place in a text; `message` is one line, `render()` adds the source line and carets. */
export class ChainError extends Error {
  readonly problem: string
  readonly place: Place | undefined
  readonly expected: string | undefined
  readonly nearest: string | undefined

  constructor(complaint: Complaint) {
    super(sentence(complaint))
    this.name = 'ChainError'
    this.problem = complaint.problem
    this.place = complaint.place
    this.expected = complaint.expected
    this.nearest = complaint.nearest
  }

  /** `path:line:column`, the source line, carets under the span, then the message. */
  render(): string {
    if (this.place === undefined) return this.message
    return `${underline(this.place)}\n  ${this.message}`
  }
}

function sentence({ problem, expected, nearest }: Complaint): string {
  const parts = [problem]
  if (expected !== undefined) parts.push(expected)
  if (nearest !== undefined) parts.push(`Did you mean ${nearest}?`)
  return parts.join(' ')
}

const widest = 120

/** Line and column of an offset, both from 1; a column is a character, not a UTF-16 unit. */
export function lineAndColumn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, Math.min(offset, source.length)).replace(/\r\n?/g, '\n')
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (const character of before) if (character === '\n') line++
  return { line, column: Array.from(before.slice(lineStart)).length + 1 }
}

function underline({ path, source, span }: Place): string {
  const start = Math.min(span.start, source.length)
  const { line, column } = lineAndColumn(source, start)
  const lineStart = Math.max(source.lastIndexOf('\n', start - 1), source.lastIndexOf('\r', start - 1)) + 1
  const rest = source.slice(lineStart).search(/[\r\n]/)
  const lineEnd = rest < 0 ? source.length : lineStart + rest
  const characters = Array.from(source.slice(lineStart, lineEnd).replaceAll('\t', ' '))
  const from = column - 1
  const length = Math.max(1, Array.from(source.slice(start, Math.min(span.end, lineEnd))).length)
  const window = excerpt(characters, from)
  const carets = '^'.repeat(Math.min(length, Math.max(1, window.text.length - window.from)))
  return `${path}:${line}:${column}\n  ${window.text.join('').trimEnd()}\n  ${' '.repeat(window.from)}${carets}`
}

/** A long line is cut to a window around the place, with `…` where text is left out. */
function excerpt(characters: string[], from: number): { text: string[]; from: number } {
  if (characters.length <= widest) return { text: characters, from }
  const first = Math.max(0, Math.min(from - widest / 2, characters.length - widest))
  const text = characters.slice(first, first + widest)
  if (first > 0) text[0] = '…'
  if (first + widest < characters.length) text[text.length - 1] = '…'
  return { text, from: from - first }
}

/**
 * The candidate that `name` most likely stands for, or undefined when none is near.
 * Letters of the base weigh 1, labels 1/2, capital or small and look-alikes (l, 1, I; O, 0) 1/4;
 * a base of three letters or more may differ by a third of its letters, a shorter one only by look-alikes.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = split(name)
  const allowed = wanted.base.length < 3 ? 0.5 : Math.max(1, Math.floor(wanted.base.length / 3))
  let best: string | undefined
  let least = Infinity
  for (const candidate of candidates) {
    if (candidate === name) continue
    const given = split(candidate)
    if (Math.abs(given.base.length - wanted.base.length) > allowed) continue
    const base = distance(wanted.base, given.base)
    const labels = distance(wanted.labels, given.labels) / 2 + (wanted.marks === given.marks ? 0 : 0.1)
    if (base > allowed || labels > 1.5 || base + labels >= least) continue
    best = candidate
    least = base + labels
  }
  return best
}

function split(name: string): { base: string; labels: string; marks: string } {
  const text = name.slice(0, 64)
  const at = text.search(/[_^]/)
  const tail = at < 0 ? '' : text.slice(at)
  return { base: at < 0 ? text : text.slice(0, at), labels: tail.replace(/[_^{}()[\]]/g, ''), marks: tail.replace(/[^_^{}()[\]]/g, '') }
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1]! + exchange(a[i - 1]!, b[j - 1]!)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1, swapped ? replace : Infinity))
    }
    row = next
  }
  return row[b.length]!
}

function exchange(a: string, b: string): number {
  if (a === b) return 0
  const alike = (letters: string) => letters.includes(a) && letters.includes(b)
  return a.toLowerCase() === b.toLowerCase() || alike('l1I') || alike('O0o') ? 0.25 : 1
}
