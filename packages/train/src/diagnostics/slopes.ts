/** Functions that a network bends its values with: their slopes, and where these die away. */
import { type Apply, entry, evaluate, type Expr, floats, freshIndex, makePoint, size } from '@chainrule/core'

/** A grid of 1/64 from -20 to 20. */
const grid = Float64Array.from({ length: 2561 }, (_, k) => (k - 1280) / 64)

/** A function of one number, given as an expression, for many numbers. */
export function along(of: (z: Expr) => Expr, z: ArrayLike<number>): Float64Array {
  const axis = freshIndex('i', size(z.length))
  const tensor = { key: `along:z${z.length}`, name: 'z', axes: [axis.size], sample: false, rank: 0 }
  const point = makePoint<number>({ values: new Map([[tensor.key, { shape: [z.length], data: Float64Array.from(z) }]]) })
  const { data } = evaluate(of(entry(tensor, [axis])), point, floats, [axis])
  return Float64Array.from({ length: z.length }, (_, k) => data[k]!)
}

/** The largest |g'| on a grid from -20 to 20, for the derivative of a function: 1/4 for the sigmoid, 1 for tanh and ReLU. */
export const steepestOf = (slope: (z: Expr) => Expr): number => along(slope, grid).reduce((m, x) => Math.max(m, Math.abs(x)), 0)

/** The argument z of a call g(z) whose other arguments are numbers, as of max(0, z), and g'(z); undefined for other calls. */
export function slopeOf({ fn, args, over }: Apply): { readonly z: Expr; readonly slope: (z: Expr) => Expr } | undefined {
  const [k, ...more] = args.flatMap((a, at) => (a.kind === 'number' ? [] : [at]))
  if (!fn.partial || fn.abstract || fn.whole || k === undefined || more.length > 0 || over.some(o => o.length > 0)) return undefined
  return { z: args[k]!, slope: z => fn.partial!(args.map((a, at) => (at === k ? z : a)), k) }
}

/** The steepest slope of a function whose slope is bounded and dies away at an end, as those of sigmoid, tanh, ReLU and GELU do; undefined for others. */
export function dyingSlope(slope: (z: Expr) => Expr): number | undefined {
  const sizes = along(slope, grid).map(Math.abs)
  const steepest = sizes.reduce((m, x) => Math.max(m, x), 0)
  const ends = Math.min(sizes[0]!, sizes.at(-1)!)
  return sizes.every(Number.isFinite) && steepest > 0 && steepest < 10 && ends < steepest / 1000 ? steepest : undefined
}
