/** Right formulas said in other words, at random. */
import { type Latex, latexChildren, printLatex, withoutSpans } from '../../../packages/core/src/language/latex/index.ts'
import { fitted } from '../../../packages/core/src/judge/slips/build.ts'
import { sitesOf } from '../../../packages/core/src/judge/slips/sites.ts'
import { lastPartOf } from '../../../packages/core/src/judge/mistakes.ts'
import { claimOf, exerciseOf, type RightResult } from '../claims.ts'
import { notations } from './notations.ts'
import { products } from './products.ts'
import type { Rewrite } from './rewrite.ts'
import { SPELLINGS } from './spelling.ts'
import { sums } from './sums.ts'

export const REWRITES: readonly Rewrite[] = [...sums, ...products, ...notations]

export interface Rewritten extends RightResult { readonly by: readonly string[] }

/** A generator of numbers below a bound. */
export type Below = (n: number) => number

const pick = <T>(list: readonly T[], below: Below): T | undefined => list[below(list.length)]

/** A right result after one to four rewrites and perhaps another spelling; undefined where none can be made. */
export function rewritten(right: RightResult, below: Below): Rewritten | undefined {
  const by: string[] = []
  let latex = right.latex
  for (let k = 1 + below(4); k > 0; k--) {
    const last = lastPartOf(claimOf(latex, right.question), exerciseOf(right.exercise))
    if (!last) break
    const found = waysOf(last.line, last.context)
    const rule = pick([...new Set(found.map(f => f.id))], below)
    const way = pick(found.filter(f => f.id === rule), below)
    if (!way) break
    by.push(way.id)
    latex = printLatex(withoutSpans(last.whole(way.line)))
  }
  const spelling = below(2) === 0 ? pick(SPELLINGS, below) : undefined
  const spelled = spelling?.respelled(latex) ?? latex
  if (spelling && spelled !== latex) by.push(spelling.id)
  return by.length === 0 ? undefined : { ...right, latex: spelled, by }
}

type Context = NonNullable<ReturnType<typeof lastPartOf>>['context']

/** Every line that one rewrite makes. */
export function waysOf(line: Latex, context: Context): { readonly id: string; readonly line: Latex }[] {
  const taken = namesIn(line)
  const samples = sampleLetters(line, context)
  // y_j is a vector where a sum around it makes j a sample, and a number by itself
  const rank: Context['rank'] = e => ([...namesIn(e)].some(n => samples.has(n)) ? undefined : context.rank(e))
  return sitesOf(line).filter(s => s.role === 'value').flatMap(site => REWRITES.flatMap(({ id, ways }) =>
    ways(site, { rank, isFunction: context.isFunction, taken }).map(put => ({ id, line: site.replace(fitted(put, site.parent)) }))))
}

/** Letters that sums over the data bind. */
function sampleLetters(line: Latex, context: Context): Set<string> {
  return new Set(sitesOf(line).flatMap(({ node }) => (node.kind === 'big' && context.isDataSum(node) ? node.under.flatMap(u => [...namesIn(u)]) : [])))
}

function namesIn(e: Latex): Set<string> {
  const found = new Set<string>()
  const walk = (x: Latex): void => { if (x.kind === 'symbol') found.add(x.name); latexChildren(x).forEach(walk) }
  walk(e)
  return found
}
