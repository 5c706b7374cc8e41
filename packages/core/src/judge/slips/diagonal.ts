import { make, type Latex, mapLatexChildren } from '../../language/latex/index.ts'
import { written } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

const isDiag = (head: Latex): boolean => head.kind === 'symbol' && head.name === 'diag'

/** x for diag(x). */
const unwrapped = ({ node }: Site): Edit[] => (node.kind === 'applied' && isDiag(node.head) && node.group.items.length === 1 ? [{ put: node.group, where: node.span, says: () => `The diagonal matrix of ${written(node.group.items[0]!)} is meant.` }] : [])

const wrapped = ({ node, parent }: Site, c: SlipContext): Edit[] => {
  if ((node.kind !== 'symbol' && node.kind !== 'scripted' && node.kind !== 'group') || parent?.kind === 'scripted' || parent?.kind === 'applied' || c.rank(node) !== 1) return []
  const inner = node.kind === 'group' && node.items.length === 1 ? node.items[0]! : node
  return [{ put: make.applied(make.symbol('diag'), inner), where: node.span, says: () => `The diagonal matrix of ${written(inner)} is meant.`, adds: true }]
}

/** The two letters of a delta_ij. */
function deltaLetters(e: Latex): readonly [string, string] | undefined {
  if (e.kind !== 'scripted' || e.base.kind !== 'symbol' || e.base.name !== 'delta' || e.sup.length > 0) return undefined
  const items = e.sub?.length === 1 && e.sub[0]!.kind === 'product' ? e.sub[0].factors : e.sub ?? []
  const [a, b] = items
  return items.length === 2 && a!.kind === 'symbol' && b!.kind === 'symbol' ? [a.name, b.name] : undefined
}

/** y_i (delta_ij - y_j) as y_i (1 - y_i): written for i = j, and taken for all. */
function onDiagonal({ node, parent }: Site): Edit[] {
  if (parent !== undefined) return []
  const pair = firstDelta(node)
  if (!pair) return []
  const [a, b] = pair
  const walk = (e: Latex): Latex => {
    const own = deltaLetters(e)
    if (own && own.every(l => l === a || l === b)) return make.number('1')
    return e.kind === 'symbol' && e.name === b ? { ...e, name: a } : mapLatexChildren(e, walk)
  }
  return [{ put: walk(node), where: node.span, says: () => 'Only the diagonal of the Jacobian is written; its other entries are not this.' }]
}

function firstDelta(e: Latex): readonly [string, string] | undefined {
  let found = deltaLetters(e)
  mapLatexChildren(e, x => { found ??= firstDelta(x); return x })
  return found
}

/** The diagonal of a Jacobian for the whole, or a vector for its diagonal matrix. The first is mended by value: see `byValue`. */
export const diagonal: Slip = {
  id: 'diagonal', called: 'only the diagonal of the Jacobian is written',
  make: site => [...onDiagonal(site), ...unwrapped(site)],
  mend: wrapped,
  sample: { network: 'dim n\ninput z[n]\ny = softmax(z)', of: '\\frac{\\partial y_i}{\\partial z_j}', right: 'y_i (\\delta_{ij} - y_j)', wrong: 'y_i (1 - y_i)' },
}
