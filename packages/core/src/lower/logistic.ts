/** The logistic function where it is spelled out: exp(u)/(1 + exp(u)) is sigma(u), which neither overflows nor divides infinities. */
import { argumentsOf, type Builder, type Labelled, numberIn, rawKnown, sameValue } from './builder.ts'
import { type Part, plain, plainIndex } from './forms.ts'
import type { MapFunction } from './program.ts'

type Map_ = (b: Builder, fn: MapFunction, ...args: readonly Labelled[]) => Labelled

/** u where the value is 1 + exp(u). */
export function onePlusExp(b: Builder, x: Labelled): Labelled | undefined {
  const parts = argumentsOf(b, x, 'add')
  if (!parts) return undefined
  const [one, other] = numberIn(b, parts[0]!) === 1 ? parts : [parts[1]!, parts[0]!]
  return numberIn(b, one!) === 1 ? argumentsOf(b, other!, 'exp')?.[0] : undefined
}

/**
 * A factor 1/(1 + exp(u)), which is known as sigma(-u), taken into another factor that grows as exp(u): exp(u) sigma(-u) = sigma(u),
 * and in sums term by term. Undefined where there is none.
 */
export function logisticAmong(b: Builder, parts: readonly Part[], map: Map_): readonly Part[] | undefined {
  const values = parts.map(p => valueOf(b, p))
  for (const [k, below] of values.entries()) {
    const minus = below && argumentsOf(b, below, 'sigmoid')?.[0]
    const grown = minus && rawKnown(b, 'exp', map(b, 'neg', minus))
    const at = grown ? values.findIndex(v => v && grows(b, v, grown)) : -1
    if (!grown || at < 0) continue
    const made = damped(b, values[at]!, grown, below, map)
    return [...parts.filter((_, j) => j !== k && j !== at), { node: made.node, at: made.axes.map(plain) }]
  }
  return undefined
}

const SUMS = ['add', 'sub'] as const
const same = (x: Labelled, y: Labelled): boolean => x.axes.length === y.axes.length && sameValue(x, y)
const sumOf = (b: Builder, v: Labelled) => SUMS.flatMap(fn => { const terms = argumentsOf(b, v, fn); return terms ? [{ fn, terms }] : [] })[0]

/** Is the value exp(u), or a sum or product that has it? */
function grows(b: Builder, v: Labelled, exp: Labelled): boolean {
  return same(v, exp) || (argumentsOf(b, v, 'neg') ?? argumentsOf(b, v, 'mul') ?? sumOf(b, v)?.terms ?? []).some(x => grows(b, x, exp))
}

/** The value times sigma(-u), where it is taken to exp(u) as far as there is one. */
function damped(b: Builder, v: Labelled, exp: Labelled, by: Labelled, map: Map_): Labelled {
  if (same(v, exp)) return map(b, 'sigmoid', argumentsOf(b, v, 'exp')![0]!)
  if (!grows(b, v, exp)) return map(b, 'mul', v, by)
  const sum = sumOf(b, v)
  if (sum) return map(b, sum.fn, ...sum.terms.map(t => damped(b, t, exp, by, map)))
  const negative = argumentsOf(b, v, 'neg')
  if (negative) return map(b, 'neg', damped(b, negative[0]!, exp, by, map))
  const [x, y] = argumentsOf(b, v, 'mul') as [Labelled, Labelled]
  return grows(b, x, exp) ? map(b, 'mul', damped(b, x, exp, by, map), y) : map(b, 'mul', x, damped(b, y, exp, by, map))
}

/** The value that a part is, when it is read at its own places. */
function valueOf(b: Builder, p: Part): Labelled | undefined {
  const axes = p.at.map(plainIndex)
  const whole = axes.every((i, k) => i !== undefined && b.sizeOf(i) === b.nodes[p.node]!.shape[k]) && new Set(axes).size === axes.length
  return whole ? { node: p.node, axes: axes as Labelled['axes'] } : undefined
}
