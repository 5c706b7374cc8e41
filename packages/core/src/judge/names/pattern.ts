/** Patterns of page names: `P(y = j)` matches `P(y=i)`, and j stands for i. */
import { latexChildren } from '../../language/latex/index.ts'
import type { Latex, Raised } from '../../language/latex/ast.ts'
import type { Captures } from '../scene.ts'
import { labelText } from './labels.ts'

/** What the letters of a pattern stand for in a piece; undefined when it does not match. */
export function matchTree(pattern: Latex, e: Latex, letters: ReadonlySet<string>, value: (letter: string) => string | undefined): Captures | undefined {
  const trees = new Map<string, Latex>()
  const labels = new Map<string, string>()
  const same = (p: Latex, x: Latex): boolean => {
    if (p.kind === 'symbol' && letters.has(p.name)) {
      const known = trees.get(p.name)
      if (known) return equalTrees(known, x)
      trees.set(p.name, x)
      const text = labelText(x, value)
      if (text !== undefined) labels.set(p.name, text)
      return true
    }
    if (head(p) !== head(x)) return false
    const [a, b] = [parts(p), parts(x)]
    return a.length === b.length && a.every((c, k) => same(c, b[k]!))
  }
  return same(pattern, e) ? { trees, labels } : undefined
}

/** Equal trees, places aside. */
export const equalTrees = (a: Latex, b: Latex): boolean => head(a) === head(b) && parts(a).length === parts(b).length && parts(a).every((c, k) => equalTrees(c, parts(b)[k]!))

const parts = (e: Latex): readonly Latex[] => latexChildren(e)

/** What a node is apart from its children. */
function head(e: Latex): string {
  const sup = (list: readonly Raised[]): string => list.map(r => (r.kind === 'label' ? `label${r.bracket}` : r.kind)).join()
  switch (e.kind) {
    case 'number': return `number ${e.text}`
    case 'symbol': return `symbol ${e.name} ${e.accent ?? ''}`
    case 'text': return `text ${e.text}`
    case 'scripted': return `scripted ${e.sub?.length ?? 0} ${sup(e.sup)} ${e.primes}`
    case 'applied': return `applied ${e.sub?.length ?? 0} ${sup(e.sup)} ${e.primes}`
    case 'group': return `group ${e.bracket}`
    case 'sum': return `sum ${e.terms.map(t => t.sign).join('')}`
    case 'product': return `product ${e.operators.join()}`
    case 'relation': return `relation ${e.relations.join()} ${e.parts.map(p => (p ? 1 : 0)).join('')}`
    case 'derivative': return `derivative ${e.style} ${e.by.map(b => b.order).join()}`
    case 'big': return `big ${e.operator} ${e.under.length} ${e.upper ? 1 : 0}`
    case 'norm': return `norm ${e.bars}`
    case 'rounded': return `rounded ${e.direction}`
    case 'matrix': return `matrix ${e.rows.map(r => r.length).join()}`
    case 'cases': return `cases ${e.rows.map(r => (r.condition ? 1 : 0)).join('')}`
    default: return e.kind
  }
}
