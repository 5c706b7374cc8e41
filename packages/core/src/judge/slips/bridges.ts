/** Factors and paths that a chain of derivatives lacks. */
import { type DerivativeNode, type Latex, make, makeLatex, sameLatex, withoutSpans } from '../../language/latex/index.ts'
import { descendantsOf } from '../meaning/derivatives.ts'
import type { Named } from '../names/table.ts'
import { nameTree } from '../names/to-tree.ts'
import type { Scene } from '../scene.ts'
import { asFactor, factorsOf, productOf, written } from './build.ts'
import type { Edit, Site, SlipContext } from './slip.ts'

const MOST_BETWEEN = 12

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

/** What lies between a derivative's variable and what it is of: the two names, and everything that depends on the one and reaches the other. */
function between(claimed: Latex | undefined, scene: Scene): { of: Latex; by: Latex; nodes: readonly Named[]; partial: (a: Latex, b: Latex) => Latex } | undefined {
  if (!isChainable(claimed)) return undefined
  const all = [...scene.table.byBase.values()].flat()
  const named = (e: Latex): Named | undefined => all.find(n => sameLatex(withoutSpans(nameTree(n)), withoutLetters(withoutSpans(e))))
  const [first, last] = [named(claimed.by[0]!.variable), named(claimed.of)]
  if (!first || !last) return undefined
  const after = descendantsOf(first.node.tensor.key, scene)
  return {
    of: withoutSpans(claimed.of), by: withoutSpans(claimed.by[0]!.variable),
    nodes: all.filter(n => after.has(n.node.tensor.key) && descendantsOf(n.node.tensor.key, scene).has(last.node.tensor.key)).slice(0, MOST_BETWEEN),
    partial: (a, b) => makeLatex('derivative', { style: claimed.style, of: a, by: [{ variable: b, order: 1 }], operator: false }),
  }
}

/** A name without the letters that pick an entry. */
const withoutLetters = (e: Latex): Latex => {
  if (e.kind !== 'scripted' || !e.sub) return e
  const sub = e.sub.filter(s => s.kind !== 'symbol' && s.kind !== 'product')
  return make.scripted(e.base, { ...(sub.length > 0 ? { sub } : {}), sup: e.sup, primes: e.primes })
}

const rankOf = (n: Named): number => n.node.tensor.axes.length - (n.node.tensor.sample ? 1 : 0)

/** ∂E/∂y ∂y/∂x for every number y between x and E: what a path through y gives. */
export function pathsOf(claimed: Latex | undefined, scene: Scene): readonly Latex[] {
  const b = between(claimed, scene)
  return b ? b.nodes.filter(n => rankOf(n) === 0).map(n => make.product([b.partial(b.of, nameTree(n)), b.partial(nameTree(n), b.by)])) : []
}

/** ∂E/∂y and ∂y/∂x for everything between x and E, entries under the letters of the line. */
export function localFactors(claimed: Latex | undefined, letters: readonly string[], scene: Scene): readonly Latex[] {
  const b = between(claimed, scene)
  if (!b) return []
  return b.nodes.flatMap(n => {
    const name = nameTree(n)
    const names = rankOf(n) === 0 ? [name] : rankOf(n) === 1 ? letters.slice(0, 4).map(l => make.scripted(name.kind === 'scripted' ? name.base : name, { sub: [...(name.kind === 'scripted' ? name.sub ?? [] : []), make.symbol(l)], sup: name.kind === 'scripted' ? name.sup : [] })) : []
    return names.flatMap(y => [b.partial(b.of, y), b.partial(y, b.by)])
  })
}
