/** All nodes of a line that can be mistaken, each with a way to put another in its place. */
import { latexChildren, type Latex, mapLatexChildren } from '../../language/latex/index.ts'
import { group } from './build.ts'
import type { Role, Site } from './slip.ts'

/** Every value, name and limit, outer ones first; index letters and labels are changed with the name that has them. */
export function sitesOf(root: Latex): Site[] {
  const found: Site[] = []
  const walk = (node: Latex, parent: Latex | undefined, role: Role, replace: (by: Latex) => Latex): void => {
    found.push({ node, parent, role, replace })
    latexChildren(node).forEach((child, k) => {
      const inner = role === 'value' ? roleIn(node, child) : role
      if (inner) walk(child, node, inner, by => replace(withChild(node, k, node.kind === 'applied' && child === node.group ? group(by) : by)))
    })
  }
  walk(root, undefined, 'value', by => by)
  return found
}

/** What a part of a value is: a value too, what a derivative names, the end of a range; undefined for letters and conditions. */
function roleIn(node: Latex, child: Latex): Role | undefined {
  switch (node.kind) {
    case 'scripted': return child === node.base || node.sup.some(r => r.kind === 'power' && r.exponent === child) ? 'value' : undefined
    case 'applied': return child === node.group || (child === node.head && !isBracket(child)) || node.sup.some(r => r.kind === 'power' && r.exponent === child) ? 'value' : undefined
    case 'derivative': return node.operator && child === node.of ? 'value' : 'name'
    case 'nabla': return node.of === child ? 'value' : 'name'
    case 'differential': return 'name'
    case 'big': return child === node.body ? 'value' : child === node.upper ? 'limit' : undefined
    case 'cases': return node.rows.some(r => r.value === child) ? 'value' : undefined
    case 'indicator': case 'relation': return undefined
    case 'root': return child === node.inner ? 'value' : undefined
    default: return 'value'
  }
}

/** `(g^{[l]})'`: a function in brackets is changed as a whole. */
const isBracket = (e: Latex): boolean => e.kind === 'scripted' && e.primes > 0 && e.base.kind === 'group'

/** A node with its k-th child replaced. */
export function withChild(node: Latex, k: number, by: Latex): Latex {
  let at = 0
  return mapLatexChildren(node, child => (at++ === k ? by : child))
}
