/** Labels and indices as they stand on a page: the items of a subscript as texts, letters with a value put in. */
import type { Latex } from '../../language/latex/ast.ts'

/** One item of a subscript: its text, and the tree that it was. Digits written together may be one label or several indices. */
export interface Item { readonly text: string; readonly tree: Latex; /** Written directly behind the one before: `ij`. */ readonly joined: boolean }

/** The text of a label; undefined for what is no label, such as `j \neq i`. Letters with a value are replaced by it. */
export function labelText(e: Latex, value: (letter: string) => string | undefined): string | undefined {
  switch (e.kind) {
    case 'number': return e.text
    case 'symbol': return value(e.name) ?? e.name
    case 'sum': {
      const [first, second] = e.terms
      if (!first || !second || e.terms.length !== 2 || first.sign === '-') return undefined
      const [a, b] = [labelText(first.body, value), labelText(second.body, value)]
      if (a === undefined || b === undefined) return undefined
      const [m, n] = [Number(a), Number(b)]
      if (Number.isInteger(m) && Number.isInteger(n)) return String(second.sign === '+' ? m + n : m - n)
      return `${a}${second.sign}${b}`
    }
    case 'group': return e.items.length === 1 ? labelText(e.items[0]!, value) : undefined
    case 'text': return e.text
    case 'product': {
      const parts = e.factors.map(f => labelText(f, value))
      return parts.every(p => p !== undefined) && e.operators.every(o => o === 'juxtapose') ? parts.join('') : undefined
    }
    default: return undefined
  }
}

/** The items of a subscript, letters written together taken apart: `ij` is i and j, `2,5` is 2 and 5. */
export function itemsOf(sub: readonly Latex[], value: (letter: string) => string | undefined): readonly Item[] {
  return sub.flatMap((tree): Item[] => {
    if (tree.kind === 'product' && tree.operators.every(o => o === 'juxtapose')) {
      return tree.factors.map((f, k) => ({ text: labelText(f, value) ?? '', tree: f, joined: k > 0 }))
    }
    return [{ text: labelText(tree, value) ?? '', tree, joined: false }]
  })
}

/** `11` as the two indices 1 and 1, where a number of several digits stands alone. */
export const digitsApart = (items: readonly Item[]): readonly Item[] =>
  items.flatMap(i => (i.tree.kind === 'number' && /^\d{2,}$/.test(i.tree.text)
    ? Array.from(i.tree.text, (d, k): Item => ({ text: d, tree: { ...i.tree, kind: 'number', text: d }, joined: k > 0 })) : [i]))
