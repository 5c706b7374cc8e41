/** Pieces of a line: a text with what its surroundings must know to bracket it. Shared by the text and the LaTeX printer. */
import type { Formula } from './formula.ts'

/** How tightly a piece binds; a piece below the level that its place asks for gets brackets. */
export const LEVEL = { relation: 0, sum: 1, dot: 2, product: 3, power: 4, atom: 5 } as const

export interface Piece {
  readonly text: string
  readonly level: number
  /** A big operator (or `log` without brackets) stands at the end: it would take in what follows. */
  readonly open?: boolean
  /** The text to use where something follows, when plain brackets around the whole are not the best. */
  readonly closed?: string
  /** It ends in a superscript, so a power of it needs brackets. */
  readonly raised?: boolean
  /** It ends in a label below, so indices need brackets. */
  readonly lowered?: boolean
  /** It begins with a digit. */
  readonly digit?: boolean
  /** It is a plain whole number. */
  readonly whole?: boolean
  /** A quotient on one line; a tight one (`1/2`, `1/m`) may stand first in a product without brackets. */
  readonly slash?: 'tight' | 'loose'
  /** Higher than a line of text, so that brackets around it grow. */
  readonly tall?: boolean
  /** LaTeX scripts, apart from the core. */
  readonly scripts?: { readonly core: string; readonly sub: string; readonly sup: string }
}

/** What the two notations write differently. */
export interface Notation {
  readonly minus: string
  readonly wrap: (p: Piece, square?: boolean) => Piece
  readonly operator: Readonly<Record<'dot' | 'times' | 'hadamard' | 'quotient', string>>
  /** Between the factors of a juxtaposed product. */
  readonly beside: (before: Piece, after: Piece, first: boolean) => string
}

/** The piece as it stands where at least `level` is asked for; `last` says that nothing follows it in the same product. */
export function fit(p: Piece, level: number, n: Notation, last = true): Piece {
  if (p.level < level) return n.wrap(p)
  if (!p.open || last) return p
  return p.closed === undefined ? n.wrap(p) : { text: p.closed, level: p.level }
}

const tall = (...parts: readonly Piece[]): { tall?: true } => (parts.some(p => p.tall) ? { tall: true } : {})
const opened = (p: Piece | undefined): { open?: true } => (p?.open ? { open: true } : {})

/** `a − b + c`: a negative term becomes a minus. */
export function sumPiece(terms: readonly Formula[], n: Notation, piece: (f: Formula) => Piece, compact = false): Piece {
  const gap = compact ? '' : ' '
  let text = ''
  const bodies: Piece[] = []
  terms.forEach((t, k) => {
    const minus = t.kind === 'negative' || (t.kind === 'number' && t.value.n < 0n)
    const body = fit(piece(!minus ? t : t.kind === 'negative' ? t.body : { ...t, value: { n: -t.value.n, d: t.value.d } }), LEVEL.dot, n)
    bodies.push(body)
    text += k === 0 ? (minus ? n.minus : '') + body.text : `${gap}${minus ? n.minus : '+'}${gap}${body.text}`
  })
  return { text, level: LEVEL.sum, ...tall(...bodies), ...opened(bodies.at(-1)), ...(bodies[0]?.digit ? { digit: true } : {}) }
}

/** `−a`, the body a product at least. */
export function negativePiece(body: Piece, n: Notation): Piece {
  const inner = fit(body, LEVEL.dot, n)
  return { text: n.minus + inner.text, level: LEVEL.sum, ...tall(inner), ...opened(inner) }
}

/** `a · b`, `a ⊙ b`, `a ⊘ b`: operators that bind less than juxtaposition; only the first operand may be a chain of the same operator. */
export function operatorPiece(operands: readonly Piece[], operator: 'dot' | 'times' | 'hadamard' | 'quotient', n: Notation): Piece {
  const inner = operands.map((p, k) => fit(p, p.slash === 'loose' && operator !== 'dot' ? LEVEL.atom : LEVEL.product, n, k === operands.length - 1))
  return { text: inner.map(p => p.text).join(n.operator[operator]), level: LEVEL.dot, ...tall(...inner), ...opened(inner.at(-1)), ...(inner[0]?.digit ? { digit: true } : {}) }
}

/** Factors side by side: `2(n − y) g'(z) w`. */
export function productPiece(factors: readonly Piece[], n: Notation): Piece {
  if (factors.length === 1) return factors[0]!
  const inner = factors.map((p, k) => {
    const quotient = p.slash !== undefined && !(p.slash === 'tight' && k === 0)
    return fit(p, quotient ? LEVEL.atom : LEVEL.product, n, k === factors.length - 1)
  })
  let text = inner[0]!.text
  for (let k = 1; k < inner.length; k++) text += n.beside(inner[k - 1]!, inner[k]!, k === 1) + inner[k]!.text
  return { text, level: LEVEL.product, ...tall(...inner), ...opened(inner.at(-1)), ...(inner[0]!.digit ? { digit: true } : {}) }
}

/** True for a number, a size, a bare name or a root of one: what may stand in a tight quotient. */
export const isPlain = (f: Formula): boolean => f.kind === 'name' || (f.kind === 'root' && isPlain(f.body)) || (f.kind === 'number' && f.value.n >= 0n && f.value.d === 1n)
  || (f.kind === 'size' && f.size.monomials.length === 1 && f.size.monomials[0]!.atoms.length <= 1 && f.size.monomials[0]!.coefficient.d === 1n
    && f.size.monomials[0]!.coefficient.n > 0n && (f.size.monomials[0]!.atoms.length === 0 || f.size.monomials[0]!.coefficient.n === 1n))

/** The greatest common layout of a size used as a number: its level. */
export function sizeLevel(f: Extract<Formula, { kind: 'size' }>): number {
  const [m, more] = f.size.monomials
  if (m === undefined) return LEVEL.atom
  if (more !== undefined || m.coefficient.n < 0n) return LEVEL.sum
  const parts = m.atoms.length + (m.coefficient.n === 1n && m.coefficient.d === 1n && m.atoms.length > 0 ? 0 : 1)
  return parts > 1 || m.coefficient.d !== 1n || m.atoms.some(a => a.kind === 'quotient') ? LEVEL.product : LEVEL.atom
}

/** True when every index is one letter or a position, so that indices can stand below without brackets. */
export const simpleIndices = (indices: readonly Formula[]): boolean => indices.every(i => i.kind === 'name' || (i.kind === 'number' && i.value.d === 1n))
/** True when the indices can be run together: `W_ij`. */
export const letterIndices = (indices: readonly Formula[]): boolean => indices.every(i => i.kind === 'name' && /^.$/su.test(i.name))
