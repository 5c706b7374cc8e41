/** Attributes of layers: numbers, sizes, words, lists; and the conditions on them. */
import type { Expression } from '../language/ast.ts'
import type { Attribute } from '../operations/index.ts'
import { ChainError } from '../errors.ts'
import { constantS, signR, type Size, subS, toNumber } from '../shape/index.ts'
import { badAttributeValue, undecided } from './messages.ts'
import { findSize, readSize, symbolName } from './sizes.ts'
import { bare, type Env, outwards, placeIn, type Scope, written } from './scope.ts'
import type { AttributeValue } from './types.ts'

export const isSize = (v: AttributeValue): v is Size => typeof v === 'object' && 'monomials' in v
const isList = (v: AttributeValue): v is readonly AttributeValue[] => Array.isArray(v)

/** A size as an attribute: a number where it is one. */
export function sizeAttribute(s: Size): AttributeValue {
  const c = constantS(s)
  return c ? toNumber(c) : s
}

/** An attribute, and its exact size where it is one. */
export interface ReadAttribute { readonly value: AttributeValue; readonly size?: Size }

/** The attribute that an expression means; a name that nothing declares is a word. */
export function readAttribute(e: Expression, env: Env): ReadAttribute {
  const inner = bare(e)
  switch (inner.kind) {
    case 'string': return { value: inner.value }
    case 'array': return { value: inner.items.map(item => readAttribute(item, env).value) }
    case 'name': {
      const { text } = inner.name
      if (text === 'true' || text === 'false') return { value: text === 'true' }
      const known = outwards(env.scope, s => s.attributes.get(text))
      const size = findSize(inner.name, env)
      if (known !== undefined) return size && typeof known !== 'string' && typeof known !== 'boolean' ? { value: known, size } : { value: known }
      return size ? { value: sizeAttribute(size), size } : { value: text }
    }
    case 'number': case 'binary': case 'negate': case 'call': case 'entry': {
      try {
        const size = readSize(inner, env)
        return { value: sizeAttribute(size), size }
      } catch (error) {
        if (error instanceof ChainError) throw badAttributeValue(placeIn(env, e.span), written(env, e.span))
        throw error
      }
    }
    default: throw badAttributeValue(placeIn(env, e.span), written(env, e.span))
  }
}

/**
 * A size as a definition sees it: digits, its own name when that means the same inside, else the name that it is
 * bound to inside.
 */
export function sizeText(s: Size, name: string, scope: Scope): string {
  const number = constantS(s)
  if (number) return String(toNumber(number))
  const symbol = symbolName(s)
  if (symbol !== undefined && /^\w+$/.test(symbol)) {
    const inside = scope.sizes.get(symbol)
    if (inside === undefined) scope.sizes.set(symbol, s)
    if (inside === undefined || inside === s) return symbol
  }
  scope.sizes.set(name, s)
  return name
}

/** An attribute as a definition sees it. */
export function attributeForText(v: AttributeValue, name: string, scope: Scope): Attribute {
  if (isList(v)) return v.map((item, k) => attributeForText(item, `${name}_${k + 1}`, scope))
  return isSize(v) ? sizeText(v, name, scope) : v
}

/** Whether a condition on attributes holds. */
export function holds(e: Expression, env: Env): boolean {
  const c = bare(e)
  if (c.kind === 'binary') {
    if (c.operator === 'and') return holds(c.left, env) && holds(c.right, env)
    if (c.operator === 'or') return holds(c.left, env) || holds(c.right, env)
    const a = readAttribute(c.left, env)
    const b = readAttribute(c.right, env)
    const equal = sameAttribute(a, b)
    if (c.operator === '=' || c.operator === '!=') {
      if (equal === undefined) throw undecided(placeIn(env, e.span), written(env, e.span))
      return equal === (c.operator === '=')
    }
    const difference = a.size && b.size ? constantS(subS(a.size, b.size)) : undefined
    const sign = difference && signR(difference)
    if (sign !== undefined) {
      switch (c.operator) {
        case '<': return sign < 0
        case '<=': return sign <= 0
        case '>': return sign > 0
        case '>=': return sign >= 0
        default: break
      }
    }
    throw undecided(placeIn(env, e.span), written(env, e.span))
  }
  const { value } = readAttribute(c, env)
  if (typeof value !== 'boolean') throw undecided(placeIn(env, e.span), written(env, e.span))
  return value
}

/** Equality of attributes; undefined when it depends on a symbol. */
function sameAttribute(a: ReadAttribute, b: ReadAttribute): boolean | undefined {
  if (a.size && b.size) {
    const difference = constantS(subS(a.size, b.size))
    return difference ? difference.n === 0n : undefined
  }
  return JSON.stringify(plain(a.value)) === JSON.stringify(plain(b.value))
}

const plain = (v: AttributeValue): unknown => (isSize(v) ? v.key : isList(v) ? v.map(plain) : v)

/** A content key of attributes. */
export const attributesKey = (attributes: Readonly<Record<string, AttributeValue>>): string =>
  JSON.stringify(Object.entries(attributes).map(([k, v]) => [k, plain(v)]))
