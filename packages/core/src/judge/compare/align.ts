/** Two meanings made comparable: axes against axes or letters, rows against columns, a sum over the data that is left unsaid. */
import { contract, delta, type Expr, freshLike, type Index, multiply, power, number, sizeValue, substitute } from '../../expression/index.ts'
import type { Scene } from '../scene.ts'
import { at, isZero, type Meaning, sameShape, shapeText, squeezed } from '../meaning/meaning.ts'
import { isUnsized, overAxes } from '../meaning/ones.ts'

/** A way to hold two sides against each other. */
export interface Alignment {
  readonly left: Expr
  readonly right: Expr
  readonly order: readonly Index[]
  /** Said beside the verdict: `the sum over the data is left unsaid`. */
  readonly note?: string
  /** Set where the sides are equal only with this granted: `up to a transpose`. */
  readonly assumption?: string
  /** Set where letters go with the axes in several orders: this one, in words. */
  readonly letters?: string
}

export interface Mismatch { readonly problem: string }

/** Whether a side may leave a sum over the data unsaid: chains of partials do, lines that go on from one have it granted. */
export type UnsaidSum = boolean | 'granted'

interface Options {
  /** One side is a bare derivative of a number by a vector, whose layout the exercise leaves open. */
  readonly freeLayout: boolean
  readonly unsaidSum: readonly [UnsaidSum, UnsaidSum]
}

/** All ways in which two sides may be meant as equal, the plainest first; or why there is none. */
export function alignments(a: Meaning, b: Meaning, scene: Scene, options: Options): readonly Alignment[] | Mismatch {
  const ways: Alignment[] = []
  const [x, y] = [a, b].map(m => (isUnsized(m) ? m : squeezed(m))) as [Meaning, Meaning]
  for (const s of shapesMatched(x, y, options)) ways.push(...samplesMatched(s, scene, options))
  if (ways.length > 0) return ways
  return { problem: `One side is ${shapeText(x)}, the other ${shapeText(y)}.` }
}

type Pair = Omit<Alignment, 'order'>

function shapesMatched(a: Meaning, b: Meaning, options: Options): Pair[] {
  if (isUnsized(a) || isUnsized(b)) return unsizedMatched(a, b, options)
  if (a.axes.length === b.axes.length) {
    if (sameShape(a, b)) {
      const turned = a.axes.length === 1 && a.row !== b.row
      const pair: Pair = { left: a.expr, right: at(b, a.axes) }
      if (!turned) return [pair]
      return [options.freeLayout ? { ...pair, note: b.row ? 'read as a row (Jacobian layout)' : 'read as a column (gradient layout)' } : { ...pair, assumption: 'a row is taken for a column' }]
    }
    return []
  }
  // zero goes with every shape
  if (isZero(a) || isZero(b)) return [{ left: a.expr, right: b.expr }]
  return lettersForAxes(a, b) ?? lettersForAxes(b, a)?.map(p => ({ ...p, left: p.right, right: p.left })) ?? []
}

/** The identity against a matrix, ones against a vector, a repeated vector against a matrix: entry by entry. */
function unsizedMatched(a: Meaning, b: Meaning, options: Options): Pair[] {
  if (isZero(a) || isZero(b)) return [{ left: a.expr, right: b.expr }]
  if (isUnsized(a) && isUnsized(b)) {
    const same = a.identity === b.identity && a.ones === b.ones && a.repeated === b.repeated && sameShape(a, b)
    return same ? [{ left: a.expr, right: at(b, a.axes) }] : []
  }
  const [open, full] = isUnsized(a) ? [a, b] : [b, a]
  const value = overFull(open, full, options)
  return value === undefined ? [] : [{ left: a === open ? value : a.expr, right: a === open ? b.expr : value }]
}

function overFull(open: Meaning, full: Meaning, options: Options): Expr | undefined {
  const [r, c] = full.axes
  if (open.identity) return full.axes.length === 2 && r!.size === c!.size ? multiply(open.expr, delta(r!, c!)) : undefined
  if (open.repeated) return overAxes(open, full)
  return full.axes.length === 1 && (options.freeLayout || full.row === (open.ones === 'row')) ? open.expr : undefined
}

/** A vector against an entry: z against z_i. */
function lettersForAxes(whole: Meaning, entries: Meaning): Pair[] | undefined {
  if (entries.axes.length > 0 || whole.axes.length === 0) return undefined
  const letters = entries.expr.free.filter(i => !i.sample && !whole.expr.free.includes(i)).sort((p, q) => (p.name < q.name ? -1 : 1))
  if (letters.length !== whole.axes.length) return undefined
  const fitting = orders(letters).filter(l => l.every((i, k) => i.size === whole.axes[k]!.size))
  return fitting.map(l => ({ left: at(whole, l), right: entries.expr, ...(fitting.length > 1 ? { letters: orderText(l) } : {}) }))
}

const orderText = (l: readonly Index[]): string => (l.length === 2 ? `rows by ${l[0]!.name}, columns by ${l[1]!.name}` : `axes by ${l.map(i => i.name).join(', ')}`)

function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((x, k) => orders(items.filter((_, j) => j !== k)).map(rest => [x, ...rest]))
}

const hasSample = (e: Expr): boolean => e.free.some(i => i.sample)

/** A side that speaks of one sample against one that speaks of all: the sum over the data, or the mean, is left unsaid. */
function samplesMatched(p: Pair, scene: Scene, { unsaidSum }: Options): Alignment[] {
  const done = (q: Pair): Alignment => ({ ...q, order: [...new Set([...q.left.free, ...q.right.free])] })
  const [l, r] = [hasSample(p.left), hasSample(p.right)]
  const may = unsaidSum[l ? 0 : 1]
  if (l === r || may === false || (l ? isNumber(p.right) : isNumber(p.left))) return [done(p)]
  const put = (mean: boolean): Alignment => {
    const over = (e: Expr): Expr => {
      const samples = e.free.filter(i => i.sample)
      const all = samples.map(freshLike)
      const sum = contract(all, [substitute(e, new Map(samples.map((s, k) => [s, all[k]!])))])
      return mean ? multiply(...samples.map(s => power(sizeValue(s.size), number(-1))), sum) : sum
    }
    const said = `the ${mean ? 'mean' : 'sum'} over the data is left unsaid`
    return { ...done(l ? { ...p, left: over(p.left) } : { ...p, right: over(p.right) }), ...(may === 'granted' ? { assumption: said } : { note: said }) }
  }
  const ways = [put(false), ...(lossIsMean(scene) ? [put(true)] : [])]
  return may === 'granted' ? [done(p), ...ways] : [...ways, done(p)]
}

const isNumber = (e: Expr): boolean => e.kind === 'number'

/** Whether the loss divides by the number of samples. */
function lossIsMean(scene: Scene): boolean {
  const loss = scene.network.loss === undefined ? undefined : scene.network.byName.get(scene.network.loss)
  const walk = (e: Expr): boolean => (e.kind === 'symbol' ? e.tensor.size === scene.network.samples : e.kind === 'power' ? walk(e.base) : e.kind === 'contraction' ? e.factors.some(walk) : e.kind === 'sum' ? e.terms.some(walk) : false)
  return loss?.definition !== undefined && walk(loss.definition)
}
