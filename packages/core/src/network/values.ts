/** Numbers given in the text: `1.0`, `[[1, 2], [3, 4]]`, `1/3`. */
import { add, delta, type Expr, type Index, literalIndex, multiply, number } from '../expression/index.ts'
import type { Expression } from '../language/ast.ts'
import { constantS, type Rational, rational, size, type Size, textR } from '../shape/index.ts'
import { addDim } from './builder.ts'
import { factNeeds, noClass, notANumber, raggedValue, valueShape } from './messages.ts'
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

/** What a value is given for: its shape, whether samples stand in front, and whether its numbers are classes of one more axis. */
export interface Wanted { readonly name: string; readonly axes: readonly Size[]; readonly samples: boolean; readonly classes?: Size | undefined }

/**
 * The value of a declaration, checked against its shape, nested as the axes are. One number stands for every entry.
 * With samples, the value of one sample is wrapped, and one more level of lists gives several samples. Classes become
 * one-hot rows. Sizes that are symbols learn their number.
 */
export function declaredValue(e: Expression, wanted: Wanted, env: Env): Nested<Rational> {
  const place = placeIn(env, e.span)
  const value = readNumbers(e, env)
  const shape = lengths(value)
  if (!shape) throw raggedValue(place)
  const { axes, samples, classes } = wanted
  const several = samples && shape.length === axes.length + 1
  const given = several ? shape.slice(1) : shape
  const mismatch = () => valueShape(place, wanted.name, shape.length === 0 ? 'one number' : shape.join(' × '), shapeText(axes))
  if (given.length > 0 && given.length !== axes.length) throw mismatch()
  given.forEach((n, k) => { if (!learn(axes[k]!, n, env)) throw mismatch() })
  const full = given.length < axes.length ? everywhere(value, axes, env) : value
  const rows = classes ? oneHot(full, numberOf(classes, env), e, env) : full
  return samples && !several ? [rows] : rows
}

const numberOf = (s: Size, env: Env): number | undefined => s.value ?? env.builder.dims.get(symbolName(s) ?? '')

/** One number at every entry, where the sizes are known. */
function everywhere(value: Nested<Rational>, axes: readonly Size[], env: Env): Nested<Rational> {
  const counts = axes.map(a => numberOf(a, env))
  if (counts.some(c => c === undefined)) return value
  return counts.reduceRight<Nested<Rational>>((inner, n) => Array.from({ length: n! }, () => inner), value)
}

/** Class numbers from 0 as rows of zeros and a one. */
function oneHot(value: Nested<Rational>, classes: number | undefined, e: Expression, env: Env): Nested<Rational> {
  if (isList(value)) return value.map(v => oneHot(v, classes, e, env))
  if (classes === undefined) throw factNeeds(placeIn(env, e.span), 'A class number', 'a number of classes: dim K = 10')
  if (value.d !== 1n || value.n < 0n || value.n >= BigInt(classes)) throw noClass(placeIn(env, e.span), textR(value), classes)
  return Array.from({ length: classes }, (_, k) => rational(BigInt(k) === value.n ? 1 : 0))
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
