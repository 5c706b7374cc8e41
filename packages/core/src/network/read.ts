/** Expressions of the text to values: one case for each kind. */
import { apply, entry, negate, number, power, type Expr, sizeValue } from '../expression/index.ts'
import type { Expression } from '../language/ast.ts'
import { notDeclared } from '../language/messages.ts'
import { findConstant, findOperation } from '../operations/index.ts'
import { abs } from '../operations/abs.ts'
import { parseRational, rational } from '../shape/index.ts'
import { valueOf } from './builder.ts'
import { frontier } from './frontier.ts'
import { positionOf, readIndicator, readOverData, readReduction } from './index-form.ts'
import { nameText } from './labels.ts'
import { absoluteOfTensor, definedLater, isAFunction, notANumber } from './messages.ts'
import { findSize } from './sizes.ts'
import { readEntry } from './slots.ts'
import { type Env, findName, namesInReach, placeIn, written } from './scope.ts'
import { combine, euclidean, operandOf, transposed } from './tensor-form.ts'
import { scalar, tensor, type Value } from './value.ts'
import { readArray } from './values.ts'

/** What an expression means. */
export function read(e: Expression, env: Env): Value {
  const early = env.early.get(e)
  if (early) return early
  switch (e.kind) {
    case 'number': {
      const value = parseRational(e.text)
      if (!value) throw notANumber(placeIn(env, e.span), e.text)
      return scalar(number(value))
    }
    case 'string': throw notANumber(placeIn(env, e.span), written(env, e.span))
    case 'name': return readName(e, env)
    case 'entry': return readEntry(e, env)
    case 'call': return env.call(e, env)
    case 'binary': {
      const left = read(e.left, env)
      return combine(e, left, read(e.right, env), env)
    }
    case 'negate': {
      const v = read(e.operand, env)
      return { ...v, expr: negate(v.expr) }
    }
    case 'transpose': return transposed(e, read(e.operand, env), env)
    case 'group': return read(e.inner, env)
    case 'reduction': return readReduction(e, env)
    case 'over-data': return readOverData(e, env)
    case 'indicator': return readIndicator(e, env)
    case 'array': {
      const { expr, axes } = readArray(e, env)
      return tensor(expr, axes)
    }
    case 'norm': return readNorm(e, env)
  }
}

const root = (x: Expr): Expr => power(x, number(rational(1, 2)))

function readNorm(e: Extract<Expression, { kind: 'norm' }>, env: Env): Value {
  const v = read(e.inner, env)
  if (e.bars === 2) return euclidean(v, root)
  if (v.axes.length > 0) throw absoluteOfTensor(placeIn(env, e.span), operandOf(e.inner, v, env))
  return scalar(apply(abs, [v.expr]))
}

function readName(e: Extract<Expression, { kind: 'name' }>, env: Env): Value {
  const letter = env.letters.get(e.name.text)
  if (letter) return scalar(positionOf(letter.index))
  const text = nameText(e.name, env.labels)
  const found = findName(env, text) ?? frontier(e.name, env)
  if (found) return found.kind === 'node' ? valueOf(env.builder, found.draft) : found.value
  const size = findSize(e.name, env)
  if (size) return scalar(sizeValue(size))
  const constant = findConstant(text)
  if (constant) return scalar(entry(constant))
  if (findOperation(text)) throw isAFunction(placeIn(env, e.span), text)
  const later = env.scope.depth === 0 ? env.builder.lines.get(text) : undefined
  if (later !== undefined && !e.name.layer) throw definedLater(placeIn(env, e.span), text, later)
  throw notDeclared(placeIn(env, e.span), text, namesInReach(env))
}
