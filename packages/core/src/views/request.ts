/** What may be asked of `derive`. */
import type { Layout } from './notation.ts'

export type View = 'paths' | 'index' | 'matrix' | 'components' | 'values'

export interface DeriveRequest {
  /** What is differentiated; default the declared loss. */
  readonly of?: string
  /** By what; default every parameter. */
  readonly wrt?: readonly string[]
  readonly view?: View
  readonly layout?: Layout
  readonly detail?: 'brief' | 'full'
  /** Differentiate once more, by this. */
  readonly second?: string
  /** A vector-Jacobian product with this weight, or a Jacobian-vector product with this direction. */
  readonly vjp?: string
  readonly jvp?: string
  readonly update?: string
  readonly rate?: string
  readonly decay?: string
  readonly differential?: boolean
  readonly route?: 'jacobian' | 'logsumexp'
  /** Values by name (view values). */
  readonly at?: unknown
  readonly seed?: number
  readonly points?: number
}
