/** What a comparison of two sides comes to, before verdicts are put together from several scenes. */
import type { Span } from '../../language/ast.ts'
import type { ClaimPoint } from '../points.ts'
import type { Alignment } from './align.ts'
import type { AtPoint } from './values.ts'

export type Raw =
  /** `assumption` where something had to be granted. */
  | { readonly kind: 'holds'; readonly proof: 'proved' | 'agrees'; readonly notes: readonly string[]; readonly assumption?: string }
  | { readonly kind: 'differs'; readonly point: ClaimPoint; readonly alignment: Alignment; readonly values: Extract<AtPoint, { kind: 'differs' }>; readonly notes: readonly string[]; /** What the same relation comes to at another point. */ readonly at: (p: ClaimPoint) => AtPoint }
  /** The pieces do not fit: no value to compare. */
  | { readonly kind: 'shapes'; readonly message: string; readonly span: Span }
  | { readonly kind: 'undecided'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly message: string; readonly span: Span }

/** How good an outcome is: the higher, the better. */
export const rank = (r: Raw): number => {
  switch (r.kind) {
    case 'holds': return r.assumption !== undefined ? 4 : r.proof === 'proved' ? 6 : 5
    case 'undecided': return 2
    case 'differs': return 3
    case 'shapes': return 1
    case 'unreadable': return 0
  }
}
