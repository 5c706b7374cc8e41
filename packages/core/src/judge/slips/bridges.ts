/** Factors and paths that a chain of derivatives lacks. */
import { type DerivativeNode, type Latex, make, makeLatex, sameLatex, withoutSpans } from '../../language/latex/index.ts'
import { descendantsOf } from '../meaning/derivatives.ts'
import type { Named } from '../names/table.ts'
import { nameTree } from '../names/to-tree.ts'
import type { Scene } from '../scene.ts'
import { asFactor, factorsOf, productOf, written } from './build.ts'
import type { Edit, Site, SlipContext } from './slip.ts'

const MOST_PATHS = 12

const isChainable = (e: Latex | undefined): e is DerivativeNode => e?.kind === 'derivative' && !e.operator && e.by.length === 1 && e.by[0]!.order === 1

/** ∂b/∂c put between ∂a/∂b and ∂c/∂d, or where the whole should begin or end. */
export function bridged({ node, parent }: Site, c: SlipContext): Edit[] {
  if ((node.kind !== 'product' && node.kind !== 'derivative') || parent?.kind === 'product') return []
  const factors = factorsOf(node)
  const operators = node.kind === 'product' ? node.operators : []
  const ends = isChainable(c.claimed) ? { from: withoutSpans(c.claimed.of), to: withoutSpans(c.claimed.by[0]!.variable) } : undefined
  const like = factors.find(isChainable) ?? c.claimed
  if (!isChainable(like)) return []
  const found: Edit[] = []
  for (let k = 0; k <= factors.length; k++) {
    const [before, after] = [factors[k - 1], factors[k]]
    const from = isChainable(before) ? before.by[0]!.variable : k === 0 ? ends?.from : undefined
    const to = isChainable(after) ? after.of : k === factors.length ? ends?.to : undefined
    if (!from || !to || sameLatex(from, to)) continue
    const put = makeLatex('derivative', { style: like.style, of: withoutSpans(from), by: [{ variable: withoutSpans(to), order: 1 }], operator: false })
    found.push({
      put: productOf([...factors.slice(0, k).map(asFactor), put, ...factors.slice(k).map(asFactor)], [...operators.slice(0, k), operators[0] ?? 'juxtapose', ...operators.slice(k)], node.span),
      where: (factors[Math.min(k, factors.length - 1)] ?? node).span, says: () => `The factor ${written(put)} is lost.`, adds: true,
    })
  }
  return found
}

/** ∂E/∂y ∂y/∂x for every number y between x and E: what a path through y gives. */
export function pathsOf(claimed: Latex | undefined, scene: Scene): readonly Latex[] {
  if (!isChainable(claimed)) return []
  const all = [...scene.table.byBase.values()].flat()
  const named = (e: Latex): Named | undefined => all.find(n => sameLatex(withoutSpans(nameTree(n)), withoutSpans(e)))
  const [of, by] = [named(claimed.of), named(claimed.by[0]!.variable)]
  if (!of || !by) return []
  const own = descendantsOf(by.node.tensor.key, scene)
  const partial = (a: Latex, b: Latex): Latex => makeLatex('derivative', { style: claimed.style, of: a, by: [{ variable: b, order: 1 }], operator: false })
  return all
    .filter(n => n.node.tensor.axes.length === (n.node.tensor.sample ? 1 : 0) && own.has(n.node.tensor.key) && descendantsOf(n.node.tensor.key, scene).has(of.node.tensor.key))
    .slice(0, MOST_PATHS)
    .map(n => make.product([partial(nameTree(of), nameTree(n)), partial(nameTree(n), nameTree(by))]))
}
