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
  if (factor.kind === 'sum') return before !== undefined && before !== 'juxtapose' && isSigned(factor) ? at(factor, level.body) : bracket()
  if (behind === 'juxtapose' && next !== undefined && joins(factor, next)) return bracket()
  if (before === 'juxtapose' && factor.kind === 'text') return bracket()
  const text = at(factor, level.operand)
  if (factor.kind === 'differential' && behind === 'slash' && (next?.kind === 'differential' || next?.kind === 'symbol')) return `{${text}}`
  return text
}

/** `-b` behind an operator: the sign of one operand. */
function isSigned({ terms }: SumNode): boolean {
  const [{ body }] = terms as [SumNode['terms'][number]]
  return terms.length === 1 && (body.kind === 'sum' ? isSigned(body) : levelOf(body) >= level.operand)
}

function startsOtherBracket(node: Latex): boolean { return node.kind === 'group' ? node.bracket !== '(' : node.kind === 'scripted' && startsOtherBracket(node.base) }

function isDots(node: Latex): boolean { return node.kind === 'dots' || (node.kind === 'scripted' && isDots(node.base)) }

/** What would be read as one: numbers side by side, a function's name and its argument, 1 and a condition. */
function joins(factor: Latex, next: Latex): boolean {
  const base = factor.kind === 'scripted' ? factor.base : factor
  if (base.kind === 'symbol' && ((functionWords.has(base.name) && !isDots(next)) || (base.font === 'blackboard' && startsOtherBracket(next)))) return true
  if (factor.kind === 'number') return startsWithDigit(next) || (factor.text === '1' && holdsRelation(next))
  return factor.kind === 'symbol' && (factor.name === '1' || factor.name === 'I') && holdsRelation(next)
}

function holdsRelation(node: Latex): boolean {
  return (node.kind === 'group' && node.items.some(({ kind }) => kind === 'relation')) || (node.kind === 'scripted' && holdsRelation(node.base))
}

function startsWithDigit(node: Latex): boolean { return node.kind === 'number' || (node.kind === 'scripted' && startsWithDigit(node.base)) }

/** Whether names behind it would join what a function takes. */
function endsInArgument(node: Latex): boolean { return node.kind === 'prefix' || ((node.kind === 'nabla' || node.kind === 'differential') && endsInArgument(node.of)) }

/** A thin space before a bracket keeps a name from being applied to it, and ends what a function takes. */
function beside(before: Latex, text: string): string {
  const bracket = /^(?:\\left)?\(/.test(text)
  if (before.kind === 'sum') return beside(before.terms.at(-1)!.body, text)
  if (endsInArgument(before)) return ' \\, '
  return bracket && (before.kind === 'symbol' || before.kind === 'scripted' || before.kind === 'differential' || before.kind === 'nabla') ? ' \\, ' : ' '
}
