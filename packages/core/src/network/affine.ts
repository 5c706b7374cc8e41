/** Positions: sums of index letters times sizes, counted from 1 on the page. */
import { type Expr, type Index, ONE_E, selector, subtract } from '../expression/index.ts'
import type { BinaryOperator, Expression } from '../language/ast.ts'
import { addS, divS, mulS, parseRational, scaleS, rational, size, type Size, subS } from '../shape/index.ts'
import { familySize, findSize, readSize } from './sizes.ts'
import { type Env, findName } from './scope.ts'

/** sum of coefficient * index + constant, each index counted from 0. */
export interface Affine { readonly terms: ReadonlyMap<Index, Size>; readonly constant: Size }

const constant = (s: Size): Affine => ({ terms: new Map(), constant: s })
const isConstant = (a: Affine): boolean => a.terms.size === 0

function plus(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms)
  for (const [i, c] of b.terms) terms.set(i, addS(terms.get(i) ?? size(0), c))
  for (const [i, c] of terms) if (c.monomials.length === 0) terms.delete(i)
  return { terms, constant: addS(a.constant, b.constant) }
}

const times = (a: Affine, c: Size): Affine => ({ terms: new Map([...a.terms].map(([i, k]) => [i, mulS(k, c)])), constant: mulS(a.constant, c) })

/** The position that an expression means (the first is 1); undefined when it is not one. */
export function affine(e: Expression, env: Env): Affine | undefined {
  switch (e.kind) {
    case 'number': {
      const value = parseRational(e.text)
      return value && constant(size(value))
    }
    case 'name': {
      const letter = env.letters.get(e.name.text)
      if (letter) return { terms: new Map([[letter.index, size(1)]]), constant: size(1) }
      if (findName(env, e.name.text)) return undefined
      const known = findSize(e.name, env)
      return known && constant(known)
    }
    case 'entry': {
      if (e.base.kind !== 'name' || findName(env, e.base.name.text)) return undefined
      const only = e.indices[0]
      if (only?.kind !== 'index' || (only.value.kind === 'name' && env.letters.has(only.value.name.text))) return undefined
      const member = familySize(e, env)
      return member && constant(member)
    }
    case 'group': return affine(e.inner, env)
    case 'negate': {
      const inner = affine(e.operand, env)
      return inner && times(inner, size(-1))
    }
    case 'binary': return combine(e.operator, affine(e.left, env), affine(e.right, env))
    case 'call': {
      // s(i - 1) is a product
      const [arg] = e.args
      const factor = affine({ kind: 'name', name: e.name, span: e.name.span }, env)
      if (factor && arg && e.args.length === 1 && e.named.length === 0) return combine('*', factor, affine(arg, env))
      return rounded(e, env)
    }
    default: return undefined
  }
}

/** floor and ceil of sizes. */
function rounded(e: Extract<Expression, { kind: 'call' }>, env: Env): Affine | undefined {
  const inner = e.args[0] && (e.name.text === 'floor' || e.name.text === 'ceil') ? affineParts(e.args[0], env) : undefined
  return inner?.every(isConstant) ? constant(readSize(e, env)) : undefined
}

const affineParts = (e: Expression, env: Env): readonly Affine[] | undefined => {
  const parts = (e.kind === 'binary' ? [e.left, e.right] : [e]).map(p => affine(p, env))
  return parts.every(p => p !== undefined) ? parts : undefined
}

function combine(operator: BinaryOperator, a: Affine | undefined, b: Affine | undefined): Affine | undefined {
  if (!a || !b) return undefined
  switch (operator) {
    case '+': return plus(a, b)
    case '-': return plus(a, times(b, size(-1)))
    case 'juxtapose': case '*': case '.': return isConstant(a) ? times(b, a.constant) : isConstant(b) ? times(a, b.constant) : undefined
    case '/': return isConstant(a) && isConstant(b) && b.constant.monomials.length > 0 ? constant(divS(a.constant, b.constant)) : undefined
    default: return undefined
  }
}

/** The condition that position p (from 0) of an axis is the written position (from 1). */
export const atPosition = (p: Index, a: Affine): Expr => selector('eq',
  [{ coefficient: size(1), index: p }, ...[...a.terms].map(([index, c]) => ({ coefficient: scaleS(c, rational(-1)), index }))], subS(size(1), a.constant))

/** [a relation b] as selectors. */
export function relate(operator: BinaryOperator, a: Affine, b: Affine): Expr | undefined {
  const test = (relation: 'eq' | 'le', x: Affine, y: Affine, shift: number): Expr => {
    const d = plus(x, times(y, size(-1)))
    return selector(relation, [...d.terms].map(([index, coefficient]) => ({ coefficient, index })), addS(d.constant, size(shift)))
  }
  switch (operator) {
    case '=': return test('eq', a, b, 0)
    case '!=': return subtract(ONE_E, test('eq', a, b, 0))
    case '<=': return test('le', a, b, 0)
    case '<': return test('le', a, b, 1)
    case '>=': return test('le', b, a, 0)
    case '>': return test('le', b, a, 1)
    default: return undefined
  }
}
