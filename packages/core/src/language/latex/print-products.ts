/** Sums and products as LaTeX, with brackets and thin spaces where a factor would run into the next. */
import type { Latex, ProductNode, ProductOperator, SumNode } from './ast.ts'
import { isOpen, level, levelOf } from './print-levels.ts'
import { functionWords } from './words.ts'

type At = (node: Latex, wanted: number) => string

const signs: Readonly<Record<ProductOperator, string>> = { juxtapose: '', cdot: '\\cdot', times: '\\times', star: '*', odot: '\\odot', otimes: '\\otimes', slash: '/', oslash: '\\oslash' }

/** `a - b`, `-a`; a term that is a sum of one keeps its sign: `a - -b`. */
export function printSum({ terms }: SumNode, at: At): string {
  return terms.map(({ sign, body }, k) => {
    const shown = k > 0 || sign === '-' || terms.length === 1
    const text = at(body, shown ? level.body : level.product)
    return k > 0 ? ` ${sign} ${text}` : shown ? `${sign}${text}` : text
  }).join('')
}

/** Factors with their operators. */
export function printProduct({ factors, operators }: ProductNode, at: At): string {
  return factors.reduce((text, factor, k) => {
    const printed = printFactor(factor, operators[k - 1], factors[k + 1], operators[k], at)
    if (k === 0) return printed
    const operator = operators[k - 1]!
    return `${text}${operator === 'juxtapose' ? beside(factors[k - 1]!, printed) : ` ${signs[operator]} `}${printed}`
  }, '')
}

function printFactor(factor: Latex, before: ProductOperator | undefined, next: Latex | undefined, behind: ProductOperator | undefined, at: At): string {
  const bracket = (): string => at({ kind: 'group', span: factor.span, own: [], bracket: '(', items: [factor] }, level.operand)
  if (next !== undefined && isOpen(factor)) return bracket()
  if (factor.kind === 'sum') return factor.terms.length === 1 && before !== undefined && before !== 'juxtapose' && levelOf(factor.terms[0]!.body) >= level.operand ? at(factor, level.body) : bracket()
  if (behind === 'juxtapose' && next !== undefined && joins(factor, next)) return bracket()
  if (before === 'juxtapose' && factor.kind === 'text') return bracket()
  const text = at(factor, level.operand)
  if (factor.kind === 'symbol' && factor.name === 'd' && factor.accent === undefined && behind === 'juxtapose') return `{${text}}`
  if (factor.kind === 'differential' && behind === 'slash' && (next?.kind === 'differential' || next?.kind === 'symbol')) return `{${text}}`
  return text
}

/** What would be read as one: numbers side by side, a function's name and its argument, 1 and a condition. */
function joins(factor: Latex, next: Latex): boolean {
  const base = factor.kind === 'scripted' ? factor.base : factor
  if (base.kind === 'symbol' && (functionWords.has(base.name) || (base.font === 'blackboard' && (next.kind === 'group' || next.kind === 'indicator')))) return true
  if (factor.kind === 'number') return startsWithDigit(next) || (factor.text === '1' && (next.kind === 'group' || next.kind === 'indicator'))
  return factor.kind === 'symbol' && (factor.name === '1' || factor.name === 'I') && (next.kind === 'group' || next.kind === 'indicator')
}

function startsWithDigit(node: Latex): boolean { return node.kind === 'number' || (node.kind === 'scripted' && startsWithDigit(node.base)) }

/** A thin space before a bracket keeps a name from being applied to it, and ends what a function takes. */
function beside(before: Latex, text: string): string {
  const bracket = /^(?:\\left)?\(/.test(text)
  if (before.kind === 'prefix') return ' \\, '
  return bracket && (before.kind === 'symbol' || before.kind === 'scripted' || before.kind === 'differential' || before.kind === 'nabla') ? ' \\, ' : ' '
}
