import type { Latex } from '../../language/latex/ast.ts'
import { group, raise, squareMark, transposeMark, withRaised, written } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

const nameLike = (e: Latex): boolean => e.kind === 'symbol' || (e.kind === 'scripted' && e.base.kind === 'symbol')

/** Another name in the place of one: the wrong subscript or layer. */
function renamed(site: Site, c: SlipContext): Edit[] {
  const { node, parent } = site
  if (!nameLike(node) || (parent?.kind === 'scripted' && parent.base === node) || (parent?.kind === 'applied' && parent.head === node) || parent?.kind === 'differential') return []
  return c.alternatives(node).map(put => ({ put, where: node.span, says: `${written(node)} stands where ${written(put)} belongs.` }))
}

/** w_1 for w_2, a^{[1]} for a^{[2]}, w_{ik} for w_{ki}. */
export const subscript: Slip = {
  id: 'subscript', called: 'a subscript or layer label is wrong',
  make: (site, c) => renamed(site, c).map(e => ({ ...e, says: `${written(e.put)} stands where ${written(site.node)} belongs.` })),
  mend: renamed,
  sample: { right: 'w_2 a_1', wrong: 'w_1 a_1' },
}

const isTurnable = (e: Latex): boolean => nameLike(e) || e.kind === 'group' || (e.kind === 'scripted' && e.base.kind === 'group') || e.kind === 'derivative'

/** ^T put on, or taken off. */
function turned(site: Site, c: SlipContext): Edit[] {
  const { node, parent } = site
  if (parent === undefined && node.kind === 'product') return [{ put: raise(group(node), transposeMark), where: node.span, says: 'The whole has to be transposed.' }]
  if (!isTurnable(node) || c.rank(node) === 0 || (parent?.kind === 'scripted' && parent.base === node) || parent?.kind === 'applied' || parent?.kind === 'derivative' || parent?.kind === 'differential') return []
  if (node.kind === 'scripted' && node.sup.some(r => r.kind === 'transpose')) {
    return [{ put: withRaised(node, node.sup.filter(r => r.kind !== 'transpose')), where: node.span, says: `${written(node)} must not be transposed.` }]
  }
  if (node.kind === 'scripted' && node.sub && node.sub.length > 1) return []
  return [{ put: raise(node, transposeMark), where: node.span, says: `The transpose of ${written(node)} is missing.` }]
}

/** W for W^T, or W^T for W. */
export const transpose: Slip = {
  id: 'transpose', called: 'a transpose is missing or stands too much',
  make: turned, mend: turned,
  sample: { right: 'W^\\top \\delta', wrong: 'W \\delta' },
}

const hasSquare = (e: Latex): boolean => (e.kind === 'scripted' || e.kind === 'applied' || e.kind === 'prefix') && supOf(e).some(r => r.kind === 'power' && r.exponent.kind === 'number' && r.exponent.text === '2')
const supOf = (e: Latex) => (e.kind === 'scripted' || e.kind === 'applied' ? e.sup : e.kind === 'prefix' && e.head.kind === 'scripted' ? e.head.sup : [])

function withoutSquare(site: Site): Edit[] {
  const { node, parent } = site
  if (!hasSquare(node) || (parent?.kind === 'prefix' && parent.head === node)) return []
  const says = `The square of ${written(strip(node))} is lost.`
  return [{ put: strip(node), where: node.span, says }]
}

function strip(e: Latex): Latex {
  const keep = (list: ReturnType<typeof supOf>) => list.filter(r => !(r.kind === 'power' && r.exponent.kind === 'number' && r.exponent.text === '2'))
  if (e.kind === 'scripted') return withRaised(e, keep(e.sup))
  if (e.kind === 'applied') return { ...e, sup: keep(e.sup) }
  if (e.kind === 'prefix' && e.head.kind === 'scripted') return { ...e, head: withRaised(e.head, keep(e.head.sup)) }
  return e
}

const canBeSquared = ({ node, parent }: Site): boolean =>
  (nameLike(node) || node.kind === 'group' || node.kind === 'applied' || node.kind === 'norm' || node.kind === 'prefix') && !hasSquare(node)
  && !(parent?.kind === 'scripted' && parent.base === node) && !(parent?.kind === 'applied') && !(parent?.kind === 'prefix' && parent.head === node) && parent?.kind !== 'derivative'

/** x for x^2. */
export const square: Slip = {
  id: 'square', called: 'a square is lost or stands too much',
  make: withoutSquare,
  mend: site => [...(canBeSquared(site) ? [{ put: raise(site.node, squareMark), where: site.node.span, says: `The square of ${written(site.node)} is lost.`, adds: true as const }] : []), ...withoutSquare(site).map(e => ({ ...e, says: `${written(e.put)} must not be squared.` }))],
  sample: { right: '1 - a^2', wrong: '1 - a' },
}
