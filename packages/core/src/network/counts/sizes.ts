/** Sizes of a network with the default numbers of its dims put in. */
import { constantS, mulS, scaleS, signR, size, type Size, sizeSymbols, subS, substituteS, rational } from '../../shape/index.ts'
import type { Index, Tensor } from '../../expression/index.ts'
import type { Network } from '../types.ts'

/** Replaces symbols that have a number; what has none stays a formula. */
export type Resolve = (s: Size) => Size

/** The sizes of a network at the defaults of its dims, overridden by `dims`. */
export function resolver(network: Pick<Network, 'dims'>, dims: ReadonlyMap<string, number> = new Map()): Resolve {
  const bind = (name: string): Size | undefined => {
    const n = dims.get(name) ?? network.dims.get(name)
    return n === undefined ? undefined : size(n)
  }
  const memo = new Map<Size, Size>()
  return s => {
    if (s.value !== undefined) return s
    let made = memo.get(s)
    if (!made) memo.set(s, made = sizeSymbols(s).size === 0 ? s : substituteS(s, bind))
    return made
  }
}

/** The product of sizes; 1 for none. */
export const product = (sizes: Iterable<Size>): Size => {
  let total = size(1)
  for (const s of sizes) total = mulS(total, s)
  return total
}

/** The number of values of an index, 1 for one over the data. */
export const valuesOf = (i: Index, resolve: Resolve): Size => (i.sample || i.literal !== undefined ? size(1) : resolve(i.size))

/** The axes of a tensor for one sample. */
export const axesOf = (t: Tensor, resolve: Resolve): readonly Size[] => t.axes.slice(t.sample ? 1 : 0).map(resolve)

/** How a and b compare where that is certain for sizes of at least 1; undefined otherwise. */
export function compareSizes(a: Size, b: Size): number | undefined {
  const difference = subS(a, b)
  const constant = constantS(difference)
  if (constant) return signR(constant)
  const signs = new Set(difference.monomials.map(m => signR(m.coefficient)))
  return signs.size === 1 ? [...signs][0] : undefined
}

/** |s|, the sign taken from the first coefficient. */
export const absolute = (s: Size): Size => (leadingSign(s) < 0 ? scaleS(s, rational(-1)) : s)

/** The sign of the first coefficient; symbols stand for positive numbers. */
export const leadingSign = (s: Size): number => (s.monomials[0] ? signR(s.monomials[0].coefficient) : 0)
