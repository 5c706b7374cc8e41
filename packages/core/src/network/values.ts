/** Numbers given in the text: `1.0`, `[[1, 2], [3, 4]]`, `1/3`. */
import { add, delta, type Expr, type Index, literalIndex, multiply, number } from '../expression/index.ts'
import type { Expression } from '../language/ast.ts'
import { constantS, type Rational, size, type Size } from '../shape/index.ts'
import { addDim } from './builder.ts'
import { notANumber, raggedValue, valueShape } from './messages.ts'
import { readSize, symbolName } from './sizes.ts'
import { type Env, placeIn, written } from './scope.ts'
import type { Nested } from './types.ts'
import { freshAxes, shapeText } from './value.ts'

/** The nested numbers of an expression. */
export function readNumbers(e: Expression, env: Env): Nested<Rational> {
  if (e.kind === 'array') return e.items.map(item => readNumbers(item, env))
  if (e.kind === 'group') return readNumbers(e.inner, env)
  const value = constantS(readSize(e, env))
  if (!value) throw notANumber(placeIn(env, e.span), written(env, e.span))
  return value
}

/** The lengths of a nested list; undefined when its rows differ. */
export function lengths(value: Nested<Rational>): readonly number[] | undefined {
  if (!isList(value)) return []
  const inner = value.map(lengths)
  const first = inner[0]
  if (!first || inner.some(x => x?.join() !== first.join())) return undefined
  return [value.length, ...first]
}

const isList = (value: Nested<Rational>): value is readonly Nested<Rational>[] => Array.isArray(value)

/** An array in an expression: a constant tensor, the sum of its numbers at their places. */
export function readArray(e: Extract<Expression, { kind: 'array' }>, env: Env): { expr: Expr; axes: readonly Index[] } {
  const numbers = readNumbers(e, env)
  const shape = lengths(numbers)
  if (!shape) throw raggedValue(placeIn(env, e.span))
  const axes = freshAxes(shape.map(n => size(n)))
  const terms: Expr[] = []
  const walk = (value: Nested<Rational>, place: readonly Expr[]): void => {
    if (isList(value)) value.forEach((v, k) => walk(v, [...place, delta(axes[place.length]!, literalIndex(k))]))
    else terms.push(multiply(number(value), ...place))
  }
  walk(numbers, [])
  return { expr: add(...terms), axes }
}

/** What a value is given for: its shape, and whether one more axis in front runs over samples. */
export interface Wanted { readonly name: string; readonly axes: readonly Size[]; readonly samples: boolean }

/**
 * The value of a declaration, checked against its shape. One number stands for every entry. With samples, a value of
 * one sample is wrapped, and one more level of lists gives several samples. Sizes that are symbols learn their number.
 */
export function declaredValue(e: Expression, wanted: Wanted, env: Env): Nested<Rational> {
  const place = placeIn(env, e.span)
  const value = readNumbers(e, env)
  const shape = lengths(value)
  if (!shape) throw raggedValue(place)
  const several = wanted.samples && shape.length === wanted.axes.length + 1
  const given = several ? shape.slice(1) : shape
  const mismatch = () => valueShape(place, wanted.name, shape.length === 0 ? 'one number' : shape.join(' × '), shapeText(wanted.axes))
  if (given.length > 0 && given.length !== wanted.axes.length) throw mismatch()
  given.forEach((n, k) => { if (!learn(wanted.axes[k]!, n, env)) throw mismatch() })
  return wanted.samples && !several ? [value] : value
}

/** Whether an axis has n entries; a symbol without a number gets it. */
function learn(axis: Size, n: number, env: Env): boolean {
  if (axis.value !== undefined) return axis.value === n
  const { dims } = env.builder
  const name = symbolName(axis)
  if (name === undefined || !dims.has(name)) return true
  const known = dims.get(name)
  if (known === undefined) addDim(env.builder, name, n)
  return known === undefined || known === n
}
