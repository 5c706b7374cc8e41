/** Index form: sums and maxima over letters, indicators, letters as numbers. */
import { add, apply, contract, type Expr, freshLike, type Index, multiply, negate, ONE_E, power, number, reduce, selector, sizeValue, substitute, subtract } from '../expression/index.ts'
import type { Expression } from '../language/ast.ts'
import { step } from '../operations/step.ts'
import { size } from '../shape/index.ts'
import { affine, relate } from './affine.ts'
import { bindLetters } from './letters.ts'
import { meanWhere, noRelation, productTooLong } from './messages.ts'
import { bare, type Env, placeIn, type Window, written } from './scope.ts'
import { scalar, type Value } from './value.ts'

type Reduction = Extract<Expression, { kind: 'reduction' }>

/** `sum_j`, `mean_j`, `max_{a,b}`, `min_j`, `prod_j` of a body. */
export function readReduction(e: Reduction, env: Env): Value {
  const bodies = e.where ? [e.body, e.where] : [e.body]
  const { env: inside, indices } = bindLetters(e.over, bodies, env)
  switch (e.reduction) {
    case 'sum': case 'mean': {
      const body = inside.read(e.body, { ...inside, window: undefined })
      if (e.where && e.reduction === 'mean') throw meanWhere(placeIn(env, e.where.span))
      const where = e.where ? [readRelation(e.where, inside)] : []
      const share = e.reduction === 'mean' ? indices.map(i => power(sizeValue(i.size), number(-1))) : []
      return { ...body, expr: multiply(...share, contract(indices, [...where, body.expr])) }
    }
    case 'max': case 'min': {
      const window: Window = { over: [], where: [] }
      const body = inside.read(e.body, { ...inside, window })
      const where = e.where ? [readRelation(e.where, inside)] : []
      const over = [...indices, ...window.over]
      const greatest = (x: Expr) => reduce('max', over, x, [...window.where, ...where])
      return { ...body, expr: e.reduction === 'max' ? greatest(body.expr) : negate(greatest(negate(body.expr))) }
    }
    case 'prod': return longProduct(e, inside, indices)
  }
}

/** A product of numbered entries is written out. */
function longProduct(e: Reduction, env: Env, indices: readonly Index[]): Value {
  const body = env.read(e.body, { ...env, window: undefined })
  const counts = indices.map(i => i.size.value)
  const total = counts.reduce<number>((a, c) => a * (c ?? Infinity), 1)
  if (!(total <= 64) || e.where) throw productTooLong(placeIn(env, e.span))
  let factors: Expr[] = [body.expr]
  indices.forEach((i, k) => {
    factors = factors.flatMap(f => Array.from({ length: counts[k]! }, (_, n) => contract([i], [f, selector('eq', [{ coefficient: size(1), index: i }], size(-n))])))
  })
  return { ...body, expr: multiply(...factors) }
}

/** sum over data, mean over data: a contraction over the sample axis. */
export function readOverData(e: Extract<Expression, { kind: 'over-data' }>, env: Env): Value {
  const body = env.read(e.body, env)
  const s = env.builder.sample
  const share = e.reduction === 'mean' ? [power(sizeValue(s.size), number(-1))] : []
  // the free sample index stays the network's own; the sum binds a copy
  const inner = freshLike(s)
  return { ...body, expr: multiply(...share, contract([inner], [substitute(body.expr, new Map([[s, inner]]))])) }
}

/** `[i = j]`, `[j <= i]` of positions are selectors; `[x > 0]` of scalars is the step function. */
export function readRelation(e: Expression, env: Env): Expr {
  const inner = bare(e)
  if (inner.kind !== 'binary') throw noRelation(placeIn(env, e.span), written(env, e.span))
  const { operator } = inner
  if (operator === 'and') return multiply(readRelation(inner.left, env), readRelation(inner.right, env))
  if (operator === 'or') {
    const a = readRelation(inner.left, env)
    const b = readRelation(inner.right, env)
    return add(a, b, negate(multiply(a, b)))
  }
  const left = affine(inner.left, env)
  const right = affine(inner.right, env)
  const positions = left && right && relate(operator, left, right)
  if (positions) return positions
  const compared = compare(inner, env)
  if (!compared) throw noRelation(placeIn(env, e.span), written(env, e.span))
  return compared.expr
}

/** `[x > y]` entry by entry, for scalars and tensors of one shape. */
function compare(e: Extract<Expression, { kind: 'binary' }>, env: Env): Value | undefined {
  const difference = (a: Expression, b: Expression): Value => env.read({ kind: 'binary', operator: '-', left: a, right: b, span: e.span }, env)
  const positive = (v: Value): Value => ({ ...v, expr: apply(step, [v.expr]) })
  const not = (v: Value): Value => ({ ...v, expr: subtract(ONE_E, v.expr) })
  switch (e.operator) {
    case '>': return positive(difference(e.left, e.right))
    case '<': return positive(difference(e.right, e.left))
    case '>=': return not(positive(difference(e.right, e.left)))
    case '<=': return not(positive(difference(e.left, e.right)))
    default: return undefined
  }
}

export function readIndicator(e: Extract<Expression, { kind: 'indicator' }>, env: Env): Value {
  const relation = bare(e.relation)
  if (relation.kind === 'binary' && !(affine(relation.left, env) && affine(relation.right, env))) {
    const whole = compare(relation, env)
    if (whole) return whole
  }
  return scalar(readRelation(e.relation, env))
}

/** The position of a letter as a number, counted from 1: how many positions are not after it. */
export function positionOf(i: Index): Expr {
  const j = freshLike(i)
  return contract([j], [selector('le', [{ coefficient: size(1), index: j }, { coefficient: size(-1), index: i }])])
}
