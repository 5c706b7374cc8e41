/** The name of a node as a page writes it. */
import { type Latex, make } from '../../language/latex/index.ts'
import type { Named } from './table.ts'

const label = (text: string): Latex => (/^\d+$/.test(text) ? make.number(text) : make.symbol(text))

/** `w_{2,5}^{(1)}` for the node of that name. */
export function nameTree(n: Named): Latex {
  const sup = [...(n.layer ? [make.label(label(n.layer.text), n.layer.bracket)] : []), ...(n.star ? [make.star()] : [])]
  return make.scripted(make.symbol(n.base), { ...(n.sub.length > 0 ? { sub: n.sub.map(label) } : {}), sup })
}
