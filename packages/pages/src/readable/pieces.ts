/** Pieces of text, each with the place in the LaTeX that it comes from, put together with the blanks that reading needs. */
import type { Role } from './symbols.ts'

export interface Piece {
  readonly text: string
  readonly role: Role
  /** The place in the LaTeX. */
  readonly start: number
  readonly end: number
  /** A fraction as a whole: it gets brackets where it is a factor among others. */
  readonly fraction?: readonly Piece[]
  /** Stands directly on the piece before it: scripts, primes, marks. */
  readonly attached?: boolean
}

/** The text, and the place in it of each place of the LaTeX. */
export interface Readable {
  readonly text: string
  /** Offsets in `text`, in UTF-16 units, of what the span of the LaTeX became; an empty range where it left nothing. */
  readonly place: (span: { readonly start: number; readonly end: number }) => { readonly start: number; readonly end: number }
}

interface Placed { readonly start: number; readonly end: number; readonly from: number; readonly to: number }

const SPACED: ReadonlySet<Role> = new Set(['relation', 'binary'])

/** Fractions next to other factors in brackets, everything on one level. */
export function flatten(pieces: readonly Piece[]): Piece[] {
  const flat: Piece[] = []
  pieces.forEach((piece, k) => {
    if (!piece.fraction) {
      flat.push(piece)
      return
    }
    const isFactor = (p: Piece | undefined): boolean => p !== undefined && (p.fraction !== undefined || ['atom', 'word', 'big', 'open'].includes(p.role))
    const before = pieces[k - 1]
    const factor = isFactor(pieces[k + 1]) || pieces[k + 1]?.attached === true || (before !== undefined && (isFactor(before) ? before.role !== 'open' : before.role === 'close'))
    const simple = piece.fraction.length === 3 && piece.fraction.every(p => p.text.length <= 3)
    if (factor && !(simple && pieces[k + 1]?.attached !== true)) {
      flat.push({ text: '(', role: 'open', start: piece.start, end: piece.start + 1 }, ...piece.fraction, { text: ')', role: 'close', start: piece.end - 1, end: piece.end })
    } else flat.push(...piece.fraction, ...(factor ? [{ text: ' ', role: 'blank' as const, start: piece.end, end: piece.end }] : []))
  })
  return flat
}

/** The pieces as one text. */
export function assemble(pieces: readonly Piece[]): Readable {
  let text = ''
  const placed: Placed[] = []
  let last: Piece | undefined
  for (const piece of pieces) {
    if (piece.role === 'blank') {
      if (text !== '' && !text.endsWith(' ')) text += ' '
      continue
    }
    if (piece.role === 'comma' && last?.role === 'comma') continue
    const sign = piece.role === 'sign' && last !== undefined && ['atom', 'word', 'close'].includes(last.role)
    if (wantsBlank(last, piece, sign) && text !== '' && !text.endsWith(' ')) text += ' '
    const from = text.length
    text += piece.text
    placed.push({ start: piece.start, end: piece.end, from, to: text.length })
    if (SPACED.has(piece.role) || sign || piece.role === 'comma') text += ' '
    last = piece.attached ? { ...piece, role: last?.role ?? 'atom' } : piece
  }
  return { text: text.trimEnd(), place: span => placeIn(placed, span, text.trimEnd().length) }
}

function wantsBlank(last: Piece | undefined, piece: Piece, sign: boolean): boolean {
  if (last === undefined || piece.attached || piece.role === 'comma' || piece.role === 'close') return false
  if (SPACED.has(piece.role) || sign) return true
  if (last.role === 'big') return piece.role !== 'open' || !/^(?:max|min|arg|sup|inf)/.test(last.text)
  if (last.role === 'word') return piece.role !== 'open'
  return (piece.role === 'word' || piece.role === 'big') && (last.role === 'atom' || last.role === 'close')
}

function placeIn(placed: readonly Placed[], span: { readonly start: number; readonly end: number }, length: number): { start: number; end: number } {
  let from = Infinity
  let to = -1
  let next = length
  for (const p of placed) {
    if (p.end > span.start && p.start < span.end) {
      from = Math.min(from, p.from)
      to = Math.max(to, p.to)
    } else if (p.start >= span.end) next = Math.min(next, p.from)
  }
  return to < 0 ? { start: next, end: next } : { start: from, end: to }
}
