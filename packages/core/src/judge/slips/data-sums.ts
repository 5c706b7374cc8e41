/** Sums over the data as a page writes them, and our own lines written in the same way. */
import { type BigNode, latexChildren, type Latex, mapLatexChildren } from '../../language/latex/index.ts'
import { isDataSet } from '../meaning/under.ts'
import type { Scene } from '../scene.ts'

/** Whether a sum runs over the data: it says so, it runs to m, or its letter stands as a sample `(i)` in its body. */
export function isDataSum(e: Latex, scene: Scene): e is BigNode {
  if (e.kind !== 'big' || e.operator !== 'sum') return false
  if (e.upper?.kind === 'symbol' && (e.upper.name === 'm' || e.upper.name === 'N') && !scene.network.dims.has(e.upper.name)) return true
  return e.under.some(u => isDataSet(u) || (u.kind === 'relation' && u.relations[0] === '∈' && u.parts[1] !== undefined && isDataSet(u.parts[1]))) || hasSample(e.body, lettersUnder(e))
}

const lettersUnder = (e: BigNode): readonly string[] => e.under.flatMap(u => (u.kind === 'symbol' ? [u.name] : u.kind === 'relation' && u.parts[0]?.kind === 'symbol' ? [u.parts[0].name] : []))

/** Whether one of these letters stands as a superscript `(i)` in a piece. */
const hasSample = (e: Latex, letters: readonly string[]): boolean =>
  ((e.kind === 'scripted' || e.kind === 'applied') && e.sup.some(r => r.kind === 'label' && r.inner.kind === 'symbol' && letters.includes(r.inner.name))) || latexChildren(e).some(c => hasSample(c, letters))

/** The first sum over the data in these lines. */
export function firstDataSum(lines: readonly Latex[], scene: Scene): BigNode | undefined {
  for (const line of lines) {
    const found = isDataSum(line, scene) ? line : firstDataSum(latexChildren(line), scene)
    if (found) return found
  }
  return undefined
}

/** A line of ours with the samples as the page has them: its own letter, or none where it writes none. */
export function samplesAs(page: Latex, ours: Latex, scene: Scene): Latex {
  const [theirs, own] = [firstDataSum([page], scene), firstDataSum([ours], scene)]
  const [letter] = own ? lettersUnder(own) : []
  if (!theirs || letter === undefined) return ours
  const [wanted] = lettersUnder(theirs).filter(l => hasSample(theirs.body, [l]))
  const walk = (e: Latex): Latex => {
    const inner = mapLatexChildren(e, walk)
    if (inner.kind !== 'scripted' && inner.kind !== 'applied') return inner
    const sup = inner.sup.flatMap(r => (r.kind === 'label' && r.inner.kind === 'symbol' && r.inner.name === letter ? (wanted === undefined ? [] : [{ ...r, inner: { ...r.inner, name: wanted } }]) : [r]))
    if (inner.kind === 'scripted' && sup.length === 0 && !inner.sub && inner.primes === 0) return inner.base
    return { ...inner, sup }
  }
  return walk(ours)
}
