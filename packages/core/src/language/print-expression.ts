/** Canonical text of an expression; brackets are added only where the tree needs them. */
import type { Expression, IndexArg } from './ast.ts'
import { level, levelOf } from './pratt.ts'
import { isLabel } from './read-name.ts'

/** What stays open at the right end of a printed expression: a reduction takes further factors, `over data` further terms too. */
type Open = 'closed' | 'factors' | 'terms'

/** The canonical text; `parseExpression` reads it back as the same tree. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number': return expression.text
    case 'string': return JSON.stringify(expression.value)
    case 'name': return expression.name.text
    case 'entry': return `${holder(expression.base)}${printIndices(expression.indices)}`
    case 'call': return printCall(expression)
    case 'binary': return printBinary(expression)
    case 'negate': return `-${at(level.minus, expression.operand)}`
    case 'transpose': return `${expression.operand.kind === 'binary' ? at(level.power, expression.operand) : at(level.postfix, expression.operand)}^T`
    case 'group': return `(${printExpression(expression.inner)})`
    case 'reduction': return `${expression.reduction}_${printBounds(expression)} ${at(level.minus, expression.body)}`
    case 'over-data': return `${expression.reduction} over data: ${at(level.sum, expression.body)}`
    case 'indicator': return `[${printExpression(ungrouped(expression.relation))}]`
    case 'array': return `[${expression.items.map((item) => at(level.sum, item)).join(', ')}]`
    case 'norm': return printNorm(expression)
  }
}

/** The text of a declared value: a product by juxtaposition gets brackets, because bare words behind the value are facts. */
export function printValue(expression: Expression): string {
  return expression.kind !== 'group' && exposes(expression, isJuxtaposition) ? `(${printExpression(expression)})` : at(level.sum, expression)
}

/** `[i, 2 * j - 1, ...]`. */
export function printIndices(indices: readonly IndexArg[]): string {
  return `[${indices.map((index) => index.kind === 'ellipsis' ? '...' : at(level.sum, index.value)).join(', ')}]`
}

/** The text of an expression where only what binds at least as tight as `from` may stand. */
export function at(from: number, expression: Expression): string {
  const text = printExpression(expression)
  return bindingOf(expression) < from ? `(${text})` : text
}

function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case 'binary': return levelOf[expression.operator]
    case 'negate': return level.minus
    case 'reduction': case 'over-data': return level.prefix
    case 'call': return expression.bare ? level.prefix : level.postfix
    default: return level.postfix
  }
}

type Binary = Extract<Expression, { kind: 'binary' }>

function printBinary(expression: Binary): string {
  const { operator, left, right } = expression
  switch (operator) {
    case '^': return printPower(left, right)
    case '+': case '-': return `${leftSide(left, level.sum)} ${operator} ${at(level.minus, right)}`
    case 'or': case 'and': case '=': case '!=': case '<': case '<=': case '>': case '>=': return printLogic(expression)
    case 'juxtapose': case '*': case '.*': case '/': case './': case '.': return printProduct(operator, left, right)
  }
}

function printLogic({ operator, left, right }: Binary): string {
  const own = levelOf[operator]
  return `${at(own === level.relation ? level.sum : own, left)} ${operator} ${at(own + 1, right)}`
}

function printProduct(operator: Binary['operator'], left: Expression, right: Expression): string {
  const first = left.kind === 'binary' && operator === 'juxtapose' && isQuotient(left) ? `(${printExpression(left)})` : leftSide(left, level.product)
  const numeric = left.kind === 'number' && right.kind === 'number'
  if (operator === 'juxtapose') {
    const text = at(level.prefix, right)
    const second = right.kind === 'array' || /^[0-9]/.test(text) ? `(${text})` : text
    return left.kind === 'number' && second.startsWith('(') ? `${first}${second}` : `${first} ${second}`
  }
  const second = right.kind === 'negate' ? negatedFactor(right.operand) : at(level.prefix, right)
  return operator === '/' && numeric ? `${first}/${second}` : `${first} ${operator} ${second}`
}

function negatedFactor(operand: Expression): string {
  return bindingOf(operand) < level.prefix ? `(-${at(level.minus, operand)})` : `-${printExpression(operand)}`
}

function isQuotient(left: Binary): boolean {
  if (left.operator === '/') return left.left.kind !== 'number' || left.right.kind !== 'number'
  return left.operator === './'
}

/** A left operand gets brackets when it binds less, or when its open right end would take what follows. */
function leftSide(left: Expression, from: number): string {
  const open = openEnd(left)
  const swallows = open === 'terms' ? from >= level.sum : open === 'factors' && from >= level.product
  return swallows && bindingOf(left) >= from ? `(${printExpression(left)})` : at(from, left)
}

function openEnd(expression: Expression): Open {
  switch (expression.kind) {
    case 'over-data': return 'terms'
    case 'reduction': return openEnd(expression.body) === 'terms' ? 'terms' : 'factors'
    case 'negate': return bindingOf(expression.operand) < level.minus ? 'closed' : openEnd(expression.operand)
    case 'binary': return expression.operator === '^' || bracketed(expression) ? 'closed' : openEnd(expression.right)
    case 'call': return expression.bare && bindingOf(expression.args[0]!) >= level.prefix ? openEnd(expression.args[0]!) : 'closed'
    default: return 'closed'
  }
}

/** Whether the right side of a binary expression is printed in brackets. */
function bracketed({ operator, right }: Binary): boolean {
  const own = levelOf[operator]
  if (own === level.product) return right.kind === 'negate' ? operator === 'juxtapose' || bindingOf(right.operand) < level.prefix : bindingOf(right) < level.prefix
  return bindingOf(right) < (own === level.sum ? level.minus : own + 1)
}

function printPower(left: Expression, right: Expression): string {
  const base = left.kind === 'transpose' ? printExpression(left) : at(level.postfix, left)
  const safe = left.kind === 'name' ? `(${base})` : base
  if (right.kind === 'number') return `${base}^${right.text}`
  if (right.kind === 'name') return right.name.text === 'T' ? `${safe}^(T)` : `${base}^${right.name.text}`
  if (right.kind === 'group' && left.kind !== 'name') return `${base}^${printExpression(right)}`
  const exponent = `^{${at(level.sum, right)}}`
  return (isLabel(exponent) ? safe : base) + exponent
}

function holder(base: Expression): string {
  const plain = base.kind === 'name' || base.kind === 'entry' || base.kind === 'group' || base.kind === 'array' || base.kind === 'transpose'
  return plain || (base.kind === 'call' && !base.bare) ? printExpression(base) : `(${printExpression(base)})`
}

function printCall({ name, primes, args, named, bare }: Extract<Expression, { kind: 'call' }>): string {
  const head = name.text + "'".repeat(primes)
  const [first] = args
  if (bare && first !== undefined) return `${head} ${at(level.prefix, first)}`
  return `${head}(${[...args.map((argument) => at(level.sum, argument)), ...named.map(({ key, value }) => `${key}=${at(level.sum, value)}`)].join(', ')})`
}

function printBounds({ over, where }: Extract<Expression, { kind: 'reduction' }>): string {
  const [first] = over
  if (over.length === 1 && first !== undefined && first.size === undefined && where === undefined && !/[\^{]/.test(first.name)) return first.name
  const names = over.map(({ name, size }) => size === undefined ? name : `${name}: ${at(level.sum, size)}`)
  return `{${names.join(', ')}${where === undefined ? '' : ` where ${printExpression(where)}`}}`
}

function printNorm({ bars, inner }: Extract<Expression, { kind: 'norm' }>): string {
  const text = inner.kind !== 'group' && exposes(inner, isNorm) ? `(${printExpression(inner)})` : at(level.sum, inner)
  return bars === 1 ? `|${text}|` : `||${text}||`
}

function ungrouped(relation: Expression): Expression { return relation.kind === 'group' ? ungrouped(relation.inner) : relation }

function isNorm(expression: Expression): boolean { return expression.kind === 'norm' }

function isJuxtaposition(expression: Expression): boolean { return expression.kind === 'binary' && expression.operator === 'juxtapose' }

/** Whether a part with a property stands outside all brackets. */
function exposes(expression: Expression, property: (part: Expression) => boolean): boolean {
  if (property(expression)) return true
  switch (expression.kind) {
    case 'binary': return exposes(expression.left, property) || exposes(expression.right, property)
    case 'negate': case 'transpose': return exposes(expression.operand, property)
    case 'entry': return exposes(expression.base, property)
    case 'call': return expression.bare && expression.args.some((argument) => exposes(argument, property))
    case 'reduction': case 'over-data': return exposes(expression.body, property)
    default: return false
  }
}
