/** Indices as labels, for an order that follows the printed letters. */
import type { Index } from '../expression/index.ts'
import type { Scope } from './context.ts'
import type { Label } from './reading-order.ts'

/** The printed letters of the indices in scope; one without a letter counts as its wished name. */
export const labelIn = (scope: Scope): Label => (i: Index): string => {
  const place = scope.places.get(i)
  if (!place) return i.name
  return [...place.terms].map(([letter, c]) => `${c.key}${letter}`).sort().join('+') + place.constant.key
}
