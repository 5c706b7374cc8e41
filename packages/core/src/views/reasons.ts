/** Reasons that name a function's own derivative: `sigma' = sigma (1 - sigma)`. */
import { entry, type ScalarFunction, type Tensor } from '../expression/index.ts'
import { type Formula, indexForm } from '../print/index.ts'

const X: Tensor = { key: 'reason:x', name: 'x', axes: [], sample: false, rank: 0 }

/** f'(x) = ..., with f(x) written by name; undefined where the function has no rule of one argument. */
export function scalarReason(fn: ScalarFunction): Formula | undefined {
  if (fn.arity !== 1 || !fn.partial || fn.whole) return undefined
  const x = entry(X)
  const right = indexForm(fn.partial([x], 0))
  return { kind: 'equation', left: { kind: 'call', name: fn.name, primes: 1, args: [indexForm(x)] }, relation: '=', right }
}

