/** Trees as LaTeX that reads back to the same tree; where a tree needs round brackets that it does not have, they are added. */
import type { CasesNode, DerivativeNode, GroupNode, Latex, Relation } from './ast.ts'
import { printProduct, printSum } from './print-products.ts'
import { printSymbol } from './print-name.ts'
import { printScripts, printSub } from './print-scripts.ts'
import { functionLetters, functionWords } from './words.ts'
import { isTight, level, levelOf, startsLong } from './print-levels.ts'

const relations: Readonly<Record<Relation, string>> = {
  '=': '=', '≠': '\\ne', '<': '<', '≤': '\\le', '>': '>', '≥': '\\ge', '≈': '\\approx', '≡': '\\equiv', ':=': ':=', '←': '\\leftarrow', '→': '\\to', '∈': '\\in',
  ':': ':', '∝': '\\propto', '⇒': '\\Rightarrow', '⇔': '\\Leftrightarrow', '∼': '\\sim', '|': '\\mid',
}

const brackets = { '(': ['(', ')'], '[': ['[', ']'], '{': ['\\{', '\\}'] } as const
const bigSigns = { sum: '\\sum', product: '\\prod', max: '\\max', min: '\\min', argmax: '\\operatorname*{argmax}', argmin: '\\operatorname*{argmin}' } as const

/** The canonical LaTeX of a tree. */
export function printLatex(node: Latex): string {
  switch (node.kind) {
    case 'number': return node.text
    case 'symbol': return printSymbol(node)
    case 'text': return node.text === '' ? '' : `\\text{ ${node.text.replace(/[_&%#$]/g, '\\$&')} }`
    case 'dots': return '\\dots'
    case 'scripted': return printBase(node.base, node.sub !== undefined) + printScripts(node, printLatex)
    case 'applied': return printHead(node.head) + printGroup(node.group) + printScripts(node, printLatex)
    case 'group': return printGroup(node)
    case 'prefix': return `${printLatex(node.head)} ${printLatex(node.argument)}`
    case 'sum': return printSum(node, at)
    case 'product': return printProduct(node, at)
    case 'fraction': return printFraction(node)
    case 'derivative': return printDerivative(node)
    case 'nabla': return `\\nabla${node.by ? `_{${printLatex(node.by)}}` : ''} ${startsLong(node.of) ? printBody(node.of) : at(node.of, level.operand)}`
    case 'differential': return node.partial ? `\\partial ${node.of.kind === 'applied' ? printVariable(node.of) : at(node.of, level.operand)}` : `\\mathrm{d}${printVariable(node.of)}`
    case 'big': return `${bigSigns[node.operator]}${node.under.length > 0 ? printSub(node.under, printLatex) : ''}${node.upper ? `^{${printLatex(node.upper)}}` : ''} ${printBody(node.body)}`
    case 'norm': return node.bars === 1 ? `\\lvert ${printLatex(node.inner)} \\rvert` : `\\lVert ${printLatex(node.inner)} \\rVert`
    case 'rounded': return `\\l${node.direction} ${printLatex(node.inner)} \\r${node.direction}`
    case 'root': return `\\sqrt${node.index ? `[${printLatex(node.index)}]` : ''}{${printLatex(node.inner)}}`
    case 'cases': return `\\begin{cases} ${node.rows.map(printCase).join(' \\\\ ')} \\end{cases}`
    case 'matrix': return `\\begin{bmatrix} ${node.rows.map((row) => row.map(printLatex).join(' & ')).join(' \\\\ ')} \\end{bmatrix}`
    case 'indicator': return `\\mathbb{1}_{${printLatex(node.relation)}}`
    case 'relation': return printChain(node.parts.map((part) => part && at(part, level.sum)), node.relations)
    case 'list': return printList(node.items)
  }
}

/** The node where an operand of at least this level is wanted. */
function at(node: Latex, wanted: number): string {
  const text = printLatex(node)
  return levelOf(node) >= wanted ? text : bracketed(text)
}

/** What follows a sum sign or an operator: a product, or a negative one. */
function printBody(body: Latex): string { return at(body, body.kind === 'sum' && body.terms[0]!.sign === '+' ? level.operand : level.body) }

/** Brackets that grow around what is higher than a line. */
function bracketed(text: string, [open, close]: readonly [string, string] = brackets['(']): string {
  return /\\(?:frac|sum|prod|begin)/.test(text) ? `\\left${open} ${text} \\right${close}` : `${open}${text}${close}`
}

function printGroup({ items, bracket }: GroupNode): string { return bracketed(printList(items), brackets[bracket]) }

/** Commas between formulas, none beside words. */
function printList(items: readonly Latex[]): string {
  return items.map((item, k) => {
    const before = k === 0 ? '' : item.kind === 'text' || items[k - 1]!.kind === 'text' ? ' ' : ', '
    return before + (item.kind === 'list' ? bracketed(printLatex(item)) : printLatex(item))
  }).join('')
}

function printChain(parts: readonly (string | undefined)[], signs: readonly Relation[]): string {
  return parts.map((part, k) => `${k === 0 ? '' : ` ${relations[signs[k - 1]!]} `}${part ?? ''}`).join('').trim()
}

/** A head directly before its bracket; d keeps apart from it, since d(x) is a differential. */
function printHead(head: Latex): string { return head.kind === 'symbol' && head.name === 'd' && head.font === undefined ? 'd ' : printLatex(head) }

/** What scripts can stand on; a base with a subscript of its own keeps it in braces. */
function printBase(base: Latex, below: boolean): string {
  if (base.kind === 'scripted') return base.sub !== undefined && below ? `{${printLatex(base)}}` : bracketed(printLatex(base))
  if (base.kind === 'symbol' && base.name === 'd') return printLatex(base).replace(/^\{(.*)\}$/, '$1')
  if (base.kind === 'indicator' && below) return `{${printLatex(base)}}`
  return isTight(base) && base.kind !== 'applied' ? printLatex(base) : bracketed(printLatex(base))
}

function printFraction({ numerator, denominator }: Latex & { kind: 'fraction' }): string {
  const [top, bottom] = [printLatex(numerator), printLatex(denominator)]
  const both = [top, bottom].every((text) => /^\\(?:partial(?![A-Za-z])|mathrm\{d\})/.test(text))
  return `\\frac{${both ? `{${top}}` : top}}{${bottom}}`
}

function printDerivative({ style, of, by, operator }: DerivativeNode): string {
  const sign = style === 'd' ? '\\mathrm{d}' : '\\partial'
  const total = by.reduce((sum, each) => sum + each.order, 0)
  const mark = sign + (total > 1 ? `^{${total}}` : '')
  const below = by.map(({ variable, order }) => {
    const text = isNames(variable) || isTight(variable) ? printLatex(variable) : printVariable(variable)
    const kept = total > 1 && /\^\{[0-9.]+\}/.test(text) ? `{${text}}` : text
    return `${sign} ${kept}${order > 1 ? `^{${order}}` : ''}`
  }).join(' ')
  return operator ? `\\frac{${mark}}{${below}} ${printBody(of)}` : `\\frac{${mark} ${at(of, level.product)}}{${below}}`
}

/** `x w_1`: names side by side, none of which is d. */
function isNames(variable: Latex): boolean {
  return variable.kind === 'product' && variable.operators.every((operator) => operator === 'juxtapose')
    && variable.factors.every((factor) => (factor.kind === 'symbol' && factor.name !== 'd') || (factor.kind === 'scripted' && factor.base.kind === 'symbol'))
}

/** Whether `d f(x)` is read as the differential of a call, and not as df times a bracket. */
function callsBehindSign({ head, group, sup }: Latex & { kind: 'applied' }): boolean {
  const base = head.kind === 'scripted' ? head.base : head
  if (base.kind !== 'symbol' || functionWords.has(base.name) || functionLetters.has(base.name) || group.items.length > 1) return true
  return group.items.length === 1 && group.items[0]!.kind === 'symbol' && sup.length === 0
}

/** What stands behind d; a number or words stand in braces. */
function printVariable(variable: Latex): string {
  const bare = variable.kind !== 'number' && variable.kind !== 'text' && variable.kind !== 'dots' && !(variable.kind === 'scripted' && variable.base.kind === 'number')
  if (variable.kind === 'applied' && !callsBehindSign(variable)) return bracketed(printLatex(variable))
  return bare ? at(variable, level.operand) : `{${printLatex(variable)}}`
}

function printCase({ value, condition }: CasesNode['rows'][number]): string {
  return condition === undefined ? at(value, level.relation) : `${at(value, level.relation)} & ${printLatex(condition)}`
}
