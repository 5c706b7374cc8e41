/** Trees compared and copied without their places. */
import type { Latex, Raised } from './ast.ts'
import { mapLatexChildren } from './children.ts'

const nowhere = { span: { start: 0, end: 0 }, own: [] } as const

/** The tree without its places, as `make` would build it. */
export function withoutSpans(node: Latex): Latex {
  const inner = mapLatexChildren(node, withoutSpans)
  const sup = inner.kind === 'scripted' || inner.kind === 'applied' ? { sup: inner.sup.map((raised): Raised => ({ ...raised, ...nowhere })) } : {}
  return { ...inner, ...sup, ...nowhere }
}

/** Whether two trees say the same, wherever they stand. */
export function sameLatex(a: Latex | undefined, b: Latex | undefined): boolean { return same(a, b) }

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, k) => same(item, b[k]))
  const [left, right] = [content(a), content(b)]
  return left.length === right.length && left.every(([key, value]) => same(value, (b as Readonly<Record<string, unknown>>)[key]))
}

/** What a node says: its fields but places and fields without a value. */
function content(node: object): readonly (readonly [string, unknown])[] {
  return Object.entries(node).filter(([key, value]) => key !== 'span' && key !== 'own' && value !== undefined)
}
