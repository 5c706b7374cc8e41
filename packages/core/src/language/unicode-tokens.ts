/** Unicode spellings that stand for several tokens: `Σᵢ`, `x²`, `Aᵀ`. */
import type { Name } from './ast.ts'
import { loweredRun } from './letters.ts'

/** The tokens that a Unicode spelling stands for. */
type Spelled =
  | { readonly kind: 'name'; readonly name: Name; readonly primes: number }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: string }

/** Takes a token with its place in the text. */
type Add = (body: Spelled, end: number, start?: number) => void

/** `Σ` and `∑` are `sum` before an index or `over`; elsewhere `Σ` is the letter Sigma. */
export function sumSign(source: string, at: number): { name: Name; primes: number } | undefined {
  const sign = source[at]
  const word = sign === '∑' || sign === 'Σ' ? 'sum' : sign === '∏' ? 'prod' : undefined
  if (word === undefined) return undefined
  const sure = sign !== 'Σ' || /^(?:_|[\t ]*over\b)/.test(source.slice(at + 1, at + 64)) || loweredRun(source, at + 1) !== ''
  return sure ? { name: { text: word, base: word, span: { start: at, end: at + 1 } }, primes: 0 } : undefined
}

/** Raised characters are a power: `²` is `^2`, `ⁿ` is `^n`, `⁻¹` is `^{-1}`, `ᵀ` is `^T`. */
export function addRaised(power: string, start: number, add: Add): void {
  add({ kind: 'operator', text: '^' }, start, start)
  addPlain(power, start, add)
}

/** Lowered characters behind a reduction or a bracket are its index: `Σᵢ` is `sum_i`. */
export function addLowered(source: string, start: number, add: Add): void {
  const index = loweredRun(source, start)
  if (index === '') return
  add({ kind: 'operator', text: '_' }, start, start)
  addPlain(index, start, add)
}

function addPlain(text: string, start: number, add: Add): void {
  let at = start
  const pieces = [...text.matchAll(/[0-9]+|[A-Za-z][A-Za-z0-9]*|[^A-Za-z0-9]/g)]
  if (pieces.length > 1) add({ kind: 'operator', text: '{' }, start, start)
  for (const [piece] of pieces) {
    const span = { start: at, end: at + piece.length }
    at = span.end
    if (/^[0-9]/.test(piece)) add({ kind: 'number', text: piece }, span.end, span.start)
    else if (/^[A-Za-z]/.test(piece)) add({ kind: 'name', name: { text: piece, base: piece, span }, primes: 0 }, span.end, span.start)
    else add({ kind: 'operator', text: piece }, span.end, span.start)
  }
  if (pieces.length > 1) add({ kind: 'operator', text: '}' }, at, at)
}
