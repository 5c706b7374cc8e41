/**
 * Matrix form: products by rank, sums and elementwise operations by equal shapes.
 * A vector is a column; a transposed vector is a row, so that u^T v is a scalar and u v^T a matrix.
 * A scalar goes with everything. A power acts entry by entry, so W^2 has the entries W_ij^2.
 */
import { add, contract, divide, type Expr, freshLike, multiply, negate, number, power } from '../expression/index.ts'
import type { Expression } from '../language/ast.ts'
import { cannotMultiply, dotOfVectors, innerSizes, matrixPower, noTranspose, type Operand, quotientOfTensors, scalarExponent, shapesDiffer, starOfTensors } from './messages.ts'
import { sameShape, sameSize } from './sizes.ts'
import { type Env, placeIn, written } from './scope.ts'
import { at, scalar, sizesOf, tensor, type Value } from './value.ts'

type Binary = Extract<Expression, { kind: 'binary' }>

export const operandOf = (e: Expression, v: Value, env: Env): Operand => ({ text: written(env, e.span), sizes: sizesOf(v), row: v.row })

/** Entry by entry: equal shapes, or one side a scalar. */
function entrywise(a: Value, b: Value, f: (x: Expr, y: Expr) => Expr): Value | undefined {
  if (a.axes.length === 0) return { ...b, expr: f(a.expr, b.expr) }
  if (b.axes.length === 0) return { ...a, expr: f(a.expr, b.expr) }
  if (a.row !== b.row || !sameShape(sizesOf(a), sizesOf(b))) return undefined
  return { ...a, expr: f(a.expr, at(b, a.axes)) }
}

/** sum over the last axis of a and the first of b. */
function inner(a: Value, b: Value): Expr {
  const j = freshLike(a.axes.at(-1)!)
  return contract([j], [at(a, [...a.axes.slice(0, -1), j]), at(b, [j, ...b.axes.slice(1)])])
}

/** A binary operation on values. */
export function combine(e: Binary, a: Value, b: Value, env: Env): Value {
  const place = placeIn(env, e.span)
  const left = operandOf(e.left, a, env)
  const right = operandOf(e.right, b, env)
  const same = (f: (x: Expr, y: Expr) => Expr): Value => {
    const made = entrywise(a, b, f)
    if (!made) throw shapesDiffer(place, e.operator, left, right)
    return made
  }
  const scalars = a.axes.length === 0 || b.axes.length === 0
  switch (e.operator) {
    case '+': return same((x, y) => add(x, y))
    case '-': return same((x, y) => add(x, negate(y)))
    case '.*': return same((x, y) => multiply(x, y))
    case './': return same(divide)
    case '/':
      if (!scalars) throw quotientOfTensors(place, left, right)
      return same(divide)
    case '*':
      if (!scalars) throw starOfTensors(place, left, right)
      return same((x, y) => multiply(x, y))
    case '.': return scalars ? same((x, y) => multiply(x, y)) : dot(e, a, b, env)
    case 'juxtapose': return scalars ? same((x, y) => multiply(x, y)) : matrixProduct(e, a, b, env)
    case '^': return raise(e, a, b, env)
    case '<': case '<=': case '>': case '>=': case '=': case '!=': case 'and': case 'or':
      throw cannotMultiply(place, left, right, `Write [${written(env, e.span)}] for an indicator.`)
  }
}

/** a . b of two vectors; of a matrix it is the matrix product. */
function dot(e: Binary, a: Value, b: Value, env: Env): Value {
  if (a.axes.length === 1 && b.axes.length === 1) {
    if (!sameSize(a.axes[0]!.size, b.axes[0]!.size)) throw dotOfVectors(placeIn(env, e.span), operandOf(e.left, a, env), operandOf(e.right, b, env))
    return scalar(inner(a, b))
  }
  return matrixProduct(e, a, b, env)
}

function matrixProduct(e: Binary, a: Value, b: Value, env: Env): Value {
  const place = placeIn(env, e.span)
  const left = operandOf(e.left, a, env)
  const right = operandOf(e.right, b, env)
  const fail = (advice?: string) => cannotMultiply(place, left, right, advice)
  if (a.axes.length > 2 || b.axes.length > 2) throw fail(`Use index form, or matmul(${left.text}, ${right.text}).`)
  const column = (v: Value) => v.axes.length === 1 && !v.row
  if (column(a) && b.row) return tensor(multiply(a.expr, b.expr), [...a.axes, ...b.axes])
  if (column(a) && column(b)) throw fail(`Write ${left.text} .* ${right.text} entry by entry, ${left.text} . ${right.text} for the sum of products.`)
  if (column(a)) throw fail(`Write ${left.text}^T ${right.text}.`)
  if (b.row) throw fail(a.row ? undefined : `Write ${left.text} ${right.text.replace(/\^T$/, '')}.`)
  if (!sameSize(a.axes.at(-1)!.size, b.axes[0]!.size)) throw innerSizes(place, left, right)
  const axes = [...a.axes.slice(0, -1), ...b.axes.slice(1)]
  return { expr: inner(a, b), axes, row: a.row && axes.length === 1 }
}

function raise(e: Binary, a: Value, b: Value, env: Env): Value {
  const left = operandOf(e.left, a, env)
  if (b.axes.length > 0) throw scalarExponent(placeIn(env, e.right.span), operandOf(e.right, b, env))
  const exponent = b.expr
  if (a.axes.length >= 2 && exponent.kind === 'number' && exponent.value.n < 0n) throw matrixPower(placeIn(env, e.span), left)
  return { ...a, expr: power(a.expr, exponent) }
}

/** A^T; a vector becomes a row, a row a vector. */
export function transposed(e: Extract<Expression, { kind: 'transpose' }>, a: Value, env: Env): Value {
  if (a.axes.length === 0) return a
  if (a.axes.length === 1) return { ...a, row: !a.row }
  if (a.axes.length > 2) throw noTranspose(placeIn(env, e.span), operandOf(e.operand, a, env))
  return { ...a, axes: [a.axes[1]!, a.axes[0]!] }
}

/** The square root of the sum of squares of all entries. */
export const euclidean = (a: Value, root: (x: Expr) => Expr): Value => scalar(root(contract(a.axes, [power(a.expr, number(2))])))
