/** Written decimals, and what may be rounded to them. */
import type { Latex } from '../../language/latex/index.ts'

/** A decimal that is written out: `0.5987` has four places. */
export interface Decimal { readonly places: number }

export function decimalOf(e: Latex | undefined): Decimal | undefined {
  if (e?.kind === 'sum' && e.terms.length === 1) return decimalOf(e.terms[0]!.body)
  if (e?.kind === 'group' && e.items.length === 1) return decimalOf(e.items[0])
  if (e?.kind !== 'number') return undefined
  const places = /\.(\d+)$/.exec(e.text)?.[1]?.length
  return places === undefined ? undefined : { places }
}

/** What a gap between two sides comes to: a rounding, a difference, or neither for sure. */
export type Gap = 'rounded' | 'differs' | 'unclear'

export interface Written {
  /** The decimal on the right side: the left side may be rounded or cut to it. */
  readonly decimal?: Decimal | undefined
  /** The decimal on the left side: what comes after a rounding is told by what was rounded. */
  readonly leftDecimal?: Decimal | undefined
  readonly relation?: string | undefined
}

/** The gap between two values that do not vary; `whole` is the one that is written as a number, if one is. */
export function gapOf(left: number, right: number, whole: number | undefined, w: Written): Gap {
  const gap = Math.abs(left - right)
  const within = (d: Decimal | undefined): boolean => d !== undefined && gap <= 0.5 * 10 ** -d.places * (1 + 1e-9)
  if (w.relation !== '≈') return within(w.decimal) ? 'rounded' : within(w.leftDecimal) ? 'unclear' : 'differs'
  const decimal = w.decimal ?? w.leftDecimal
  if (decimal) return within(decimal) ? 'rounded' : 'differs'
  if (whole !== undefined && sameDigits(whole === left ? right : left, whole)) return 'rounded'
  return gap > 0.5 * Math.max(Math.abs(left), Math.abs(right)) ? 'differs' : 'unclear'
}

/** Whether a value has the digits of a whole number, as far as they are told: 557057 those of 557000. */
function sameDigits(value: number, whole: number): boolean {
  const digits = String(Math.abs(whole)).replace(/0+$/, '').length
  return Number.isSafeInteger(whole) && digits > 0 && Number(value.toPrecision(digits)) === whole
}
