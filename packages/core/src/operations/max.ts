import { apply, type Expr, ONE_E, subtract } from '../expression/index.ts'
import { compareR } from '../shape/index.ts'
import type { ScalarOperation } from './record.ts'
import { scalarFunction } from './scalar.ts'
import { step } from './step.ts'

/**
 * d max(a, b)/da = [a > b] and d max(a, b)/db = [b > a] apart from ties. On a tie a number wins over an expression, as in
 * ReLU, else the first argument wins, so that the two derivatives always add up to 1.
 */
export function extremePartial(above: (a: Expr, b: Expr) => Expr): (args: readonly Expr[], k: number) => Expr {
  return ([a, b], k) => {
    const own = k === 0 ? a! : b!
    const other = k === 0 ? b! : a!
    const losesTies = other.kind === 'number' || (own.kind !== 'number' && k === 1)
    return losesTies ? above(own, other) : subtract(ONE_E, above(other, own))
  }
}

/**
 * max(a, b). max(0, a) stays as it is written and is not made relu(a): the page shows what the author wrote. Values and
 * derivatives of the two are equal, and relu is defined as max(0, x).
 */
export const max = scalarFunction({
  name: 'max',
  arity: 2,
  kernel: 'max',
  real: (a, b) => Math.max(a, b),
  exact: (a, b) => (compareR(a, b) >= 0 ? a : b),
  partial: extremePartial((a, b) => apply(step, [subtract(a, b)])),
  simplify: ([a, b]) => (a === b ? a : undefined),
  symbol: { text: 'max', latex: '\\max' },
})

export const maxOperation: ScalarOperation = {
  kind: 'scalar',
  name: 'max',
  aliases: ['maximum'],
  doc: 'max(a, b), the greater of two, entry by entry; max(0, x) is relu(x). Over an index it is written max_i x[i].',
  fn: max,
  arguments: [{ name: 'a' }, { name: 'b' }],
  domain: [[-3, 3], [-3, 3]],
  kinkAt: ([a, b]) => subtract(a!, b!),
}
