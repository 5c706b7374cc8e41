/** How tightly the print of a node holds together. */
import type { Latex } from './ast.ts'

/** Levels of binding; `body` is what may follow a sum sign: a product, or one with a minus before it. */
export const level = { list: 0, relation: 1, sum: 2, body: 3, product: 4, operand: 5 } as const

export function levelOf(node: Latex): number {
  switch (node.kind) {
    case 'list': return level.list
    case 'relation': return level.relation
    case 'sum': return node.terms.length === 1 ? level.body : level.sum
    case 'product': return level.product
    default: return level.operand
  }
}

/** Whether the print ends where it seems to end: a sum sign and an operator take whatever follows. */
export function isTight(node: Latex): boolean {
  switch (node.kind) {
    case 'list': case 'relation': case 'sum': case 'product': case 'prefix': case 'big': case 'nabla': case 'differential': return false
    case 'derivative': return !node.operator
    default: return true
  }
}

/** Whether what follows would become part of it: `\sum_i a` before a further factor. */
export function isOpen(node: Latex): boolean {
  switch (node.kind) {
    case 'big': return true
    case 'derivative': return node.operator
    case 'nabla': return startsLong(node.of) || isOpen(node.of)
    case 'prefix': return isOpen(node.argument) || (node.argument.kind === 'product' && isOpen(node.argument.factors.at(-1)!))
    case 'differential': return isOpen(node.of)
    case 'sum': return isOpen(node.terms.at(-1)!.body)
    default: return false
  }
}

/** Whether a gradient of it takes the whole product: it starts with a number, a fraction, a sum. */
export function startsLong(node: Latex): boolean {
  switch (node.kind) {
    case 'fraction': case 'root': case 'nabla': case 'sum': return true
    case 'big': return node.operator === 'sum' || node.operator === 'product'
    case 'derivative': return true
    case 'differential': return node.partial === true
    case 'scripted': return startsLong(node.base)
    case 'product': return startsLong(node.factors[0]!)
    default: return false
  }
}
