/** A rewrite says the same in another way: another order, another notation, another form. */
import type { Latex } from '../../../packages/core/src/language/latex/index.ts'
import type { Site, SlipContext } from '../../../packages/core/src/judge/slips/slip.ts'

export interface Rewrite {
  readonly id: string
  /** All that a value in a line may be written as instead, as far as this rule goes. */
  readonly ways: (site: Site, context: Pick<SlipContext, 'rank' | 'isFunction'> & { readonly taken: ReadonlySet<string> }) => readonly Latex[]
}
