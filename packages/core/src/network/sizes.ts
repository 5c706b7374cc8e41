/** Expressions read as sizes: numbers, dims, formulas with floor. */
import type { Expression, Name } from '../language/ast.ts'
import { addS, divS, floorDivS, isInteger, mulS, parseRational, scaleS, rational, size, type Size, sizeSymbol, subS } from '../shape/index.ts'
import { addDim } from './builder.ts'
import { labelOf, labelText, nameText } from './labels.ts'
import { badSize, divisionByZero, noSize, sizeNotDeclared, wordIsNoSize } from './messages.ts'
import { type Env, outwards, placeIn, written } from './scope.ts'

/** The size that a name stands for: an attribute, a dim, a layer number, the number of samples. */
export function findSize(name: Name, env: Env): Size | undefined {
  const text = nameText(name, env.labels)
  const known = outwards(env.scope, s => s.sizes.get(text))
  if (known) return known
  const label = env.labels.get(text)
  if (label?.symbol === '') return size(label.offset)
  const samples = env.builder.sample.size
  return sizeSymbol(text) === samples && env.scope.depth === 0 ? samples : undefined
}

/** All names of sizes in reach. */
export function sizeNames(env: Env): string[] {
  const all: string[] = []
  for (let s: Env['scope'] | undefined = env.scope; s; s = s.outer) all.push(...s.sizes.keys())
  return all
}

/** A size that the text uses without declaring it; only at the top of a text. */
function implicitSize(text: string, env: Env): Size | undefined {
  if (env.scope.depth > 0) return undefined
  const made = sizeSymbol(text)
  env.scope.sizes.set(text, made)
  if (!env.builder.dims.has(text)) addDim(env.builder, text)
  return made
}

/** A member of a family of sizes, `n[l-1]`, as the symbol of that name; with `declare`, a new one. */
export function familySize(e: Extract<Expression, { kind: 'entry' }>, env: Env, declare = false): Size | undefined {
  const only = e.indices[0]
  if (e.base.kind !== 'name' || e.indices.length !== 1 || only?.kind !== 'index') return undefined
  const label = labelOf(only.value, env.labels)
  if (!label) return undefined
  const text = `${nameText(e.base.name, env.labels)}[${labelText(label)}]`
  return outwards(env.scope, s => s.sizes.get(text)) ?? (declare ? implicitSize(text, env) : undefined)
}

/** The size that an expression means. With `declare`, an unknown name becomes a dim. */
export function readSize(e: Expression, env: Env, declare = false): Size {
  const place = placeIn(env, e.span)
  const fail = () => noSize(place, written(env, e.span))
  switch (e.kind) {
    case 'number': {
      const value = parseRational(e.text)
      if (!value) throw fail()
      return size(value)
    }
    case 'name': {
      const known = findSize(e.name, env) ?? (declare ? implicitSize(nameText(e.name, env.labels), env) : undefined)
      if (known) return known
      const word = outwards(env.scope, s => s.attributes.get(e.name.text))
      throw typeof word === 'string' ? wordIsNoSize(place, e.name.text, word) : sizeNotDeclared(place, e.name.text, sizeNames(env))
    }
    case 'entry': {
      const member = familySize(e, env, declare)
      if (!member) throw fail()
      return member
    }
    case 'group': return readSize(e.inner, env, declare)
    case 'negate': return scaleS(readSize(e.operand, env, declare), rational(-1))
    case 'binary': return combine(e, env, declare, fail)
    case 'call': {
      const [arg] = e.args
      if (!arg || e.args.length !== 1 || e.named.length > 0) throw fail()
      if (e.name.text === 'floor') return rounded(arg, env, declare, false)
      if (e.name.text === 'ceil') return rounded(arg, env, declare, true)
      // S (H - 1) written without a blank
      return mulS(readSize({ kind: 'name', name: e.name, span: e.name.span }, env, declare), readSize(arg, env, declare))
    }
    default: throw fail()
  }
}

function combine(e: Extract<Expression, { kind: 'binary' }>, env: Env, declare: boolean, fail: () => Error): Size {
  const left = readSize(e.left, env, declare)
  const right = readSize(e.right, env, declare)
  switch (e.operator) {
    case '+': return addS(left, right)
    case '-': return subS(left, right)
    case 'juxtapose': case '*': case '.*': case '.': return mulS(left, right)
    case '/': case './':
      if (right.monomials.length === 0) throw divisionByZero(placeIn(env, e.span))
      return divS(left, right)
    case '^': {
      if (right.value === undefined || right.value < 0 || right.value > 8) throw fail()
      return Array.from({ length: right.value }, () => left).reduce(mulS, size(1))
    }
    default: throw fail()
  }
}

/** floor or ceil of a quotient. */
function rounded(e: Expression, env: Env, declare: boolean, up: boolean): Size {
  if (e.kind === 'group') return rounded(e.inner, env, declare, up)
  const quotient = e.kind === 'binary' && e.operator === '/' ? [readSize(e.left, env, declare), readSize(e.right, env, declare)] as const : [readSize(e, env, declare), size(1)] as const
  const [top, bottom] = quotient
  if (bottom.monomials.length === 0) throw divisionByZero(placeIn(env, e.span))
  return floorDivS(up ? subS(addS(top, bottom), size(1)) : top, bottom)
}

/** The size of an axis: a whole number from 1 on where it is a number. */
export function readAxis(e: Expression, env: Env, declare: boolean): Size {
  const s = readSize(e, env, declare)
  const only = s.monomials[0]
  const fraction = s.monomials.length === 1 && only!.atoms.length === 0 && !isInteger(only!.coefficient)
  if (fraction || (s.value !== undefined && s.value < 1)) throw badSize(placeIn(env, e.span), written(env, e.span), s)
  return s
}

/** An unknown size met a known one: the assumption that the text has to be read again with. */
export class SizeFound extends Error {
  readonly symbol: string
  readonly size: Size
  constructor(symbol: string, found: Size) {
    super('a size was found')
    this.symbol = symbol
    this.size = found
  }
}

/** The name of a size that is one symbol. */
export function symbolName(s: Size): string | undefined {
  const atoms = s.monomials.length === 1 ? s.monomials[0]!.atoms : []
  const [only] = atoms
  return atoms.length === 1 && only!.kind === 'symbol' && s === sizeSymbol(only!.name) ? only!.name : undefined
}

const unknown = (s: Size): string | undefined => {
  const name = symbolName(s)
  return name?.startsWith('?') ? name : undefined
}

/** Whether two sizes are the same; throws SizeFound when one of them is still open. */
export function sameSize(a: Size, b: Size): boolean {
  if (a === b) return true
  const open = unknown(a)
  if (open !== undefined) throw new SizeFound(open, b)
  const other = unknown(b)
  if (other !== undefined) throw new SizeFound(other, a)
  return false
}

export const sameShape = (a: readonly Size[], b: readonly Size[]): boolean => a.length === b.length && a.every((s, k) => sameSize(s, b[k]!))

/** The symbol of a shape that is still open. */
export const openSize = (name: string, axis: number): Size => sizeSymbol(`?${name}${axis > 0 ? `#${axis + 1}` : ''}`)
