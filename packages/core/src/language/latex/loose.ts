/** What nobody sees to belong together. */
import type { Latex } from './ast.ts'
import { isOpen } from './print-levels.ts'

/** What braces alone hold together, but for the eye: `{a + b}`, `{a b}`, `{\sum_i a}`. */
export function isLoose(node: Latex): boolean {
  return node.kind === 'sum' || node.kind === 'product' || node.kind === 'relation' || node.kind === 'list' || isOpen(node)
}

/** What reads as something else where anything stands beside it. */
export function isApart(node: Latex): boolean { return node.kind === 'sum' || node.kind === 'relation' || node.kind === 'list' }
