/** What the mistakes of a claim can be made of, in its scene. */
import { type Latex, type Lexicon, printLatex, readLatex, withoutSpans } from '../../language/latex/index.ts'
import { parameterCounts, resolver } from '../../network/counts/index.ts'
import type { Env } from '../meaning/env.ts'
import { functionOf } from '../meaning/functions.ts'
import { readings, ReadingProblem } from '../meaning/run.ts'
import { candidates, writtenOf } from '../meaning/symbols.ts'
import type { Scene } from '../scene.ts'
import { alternativesOf, lettersIn, siblingsOf } from './alternatives.ts'
import { pathsOf } from './bridges.ts'
import { callsIn, functionsFor } from './calls.ts'
import { asFactor, numeral, raise, transposeMark, withRaised } from './build.ts'
import { firstDataSum, isDataSum } from './data-sums.ts'
import { sitesOf } from './sites.ts'
import type { SlipContext } from './slip.ts'

const MOST_PIECES = 40
const MOST_TURNED = 12

/** The context for a line, given right lines to take pieces from. */
export function slipContext(line: Latex, right: readonly Latex[], env: Env, lexicon: Lexicon, claimed?: Latex): SlipContext {
  const { scene } = env
  const letters = lettersIn([line, ...right])
  const isFunction = (head: Latex): boolean => functionOf(head, env) !== undefined
  const own = pieces([...right, line], isFunction)
  const data = firstDataSum([line, ...right], scene) ?? one('\\sum_{i \\in data} x', lexicon)
  const rank = rankIn(env)
  const calls = callsIn([line, ...right])
  const nodeOf = (e: Latex) => { const w = writtenOf(e); return w && candidates(w, env)[0]?.node }
  return {
    claimed,
    rank,
    alternatives: e => alternativesOf(e, letters, env).filter(x => rank(x) !== undefined),
    siblings: e => siblingsOf(e, env),
    factors: [...own.factors.slice(0, MOST_PIECES), ...numbersOf(scene), ...turnedOver(own.factors.slice(0, MOST_TURNED), rank)],
    terms: [...pathsOf(claimed, scene), ...own.terms, ...countsOf(scene)].slice(0, MOST_PIECES),
    functions: functionsFor(calls.heads, env, lexicon),
    arguments: calls.arguments,
    isFunction,
    isDataSum: e => isDataSum(e, scene),
    dataSum: body => (data?.kind === 'big' ? { ...withoutSpans(data), body } as Latex : body),
    share: one('\\frac{1}{m}', lexicon)!,
    isBias: e => { const n = nodeOf(e); return n?.kind === 'param' && n.tensor.axes.length <= 1 && /^b/.test(n.name) },
    isStrength: e => { const n = nodeOf(e); return (n?.kind === 'given' || n?.kind === 'rate') && n.tensor.axes.length === 0 },
  }
}

/** The axes of a piece by itself; letters that a sum around it binds are free here. */
function rankIn(env: Env): (e: Latex) => number | undefined {
  const known = new WeakMap<Latex, { readonly rank: number | undefined }>()
  return e => {
    const old = known.get(e)
    if (old) return old.rank
    const [first] = readings(run => env.read(e, { ...env, run }), env.run.budget, new Map(), 1)
    const rank = first && !(first instanceof ReadingProblem) && first.value.kind === 'tensor' ? first.value.axes.length : undefined
    known.set(e, { rank })
    return rank
  }
}

const one = (latex: string, lexicon: Lexicon): Latex | undefined => { const [s] = readLatex(latex, { lexicon }).statements; return s && withoutSpans(s) }

/** All factors and terms in these lines, each once. */
function pieces(lines: readonly Latex[], isFunction: (head: Latex) => boolean): { factors: readonly Latex[]; terms: readonly Latex[] } {
  const factors = new Map<string, Latex>()
  const terms = new Map<string, Latex>()
  const note = (into: Map<string, Latex>, e: Latex): void => { const bare = withoutSpans(e); into.set(printLatex(bare), bare) }
  for (const line of lines) for (const { node: e, parent, role } of sitesOf(line)) {
    if (role !== 'value') continue
    if (e.kind === 'product') e.factors.forEach(f => note(factors, f))
    else if (e.kind === 'fraction') note(factors, e)
    else if (e.kind === 'applied') { note(factors, e); note(factors, e.group); if (!isFunction(e.head)) note(factors, e.head) }
    else if (parent === undefined && e.kind !== 'sum' && e.kind !== 'relation') note(factors, e)
    if (e.kind === 'sum') { e.terms.forEach(t => note(terms, t.body)); note(terms, e) }
  }
  return { factors: [...factors.values()], terms: [...terms.values()] }
}

/** Vectors and matrices the other way round, for a product that lacks one. */
const turnedOver = (list: readonly Latex[], rank: (e: Latex) => number | undefined): readonly Latex[] =>
  list.filter(e => (rank(e) ?? 0) > 0).map(e => (e.kind === 'scripted' && e.sup.some(r => r.kind === 'transpose') ? withRaised(e, e.sup.filter(r => r.kind !== 'transpose')) : raise(asFactor(e), transposeMark)))

/** Numbers that counts are made of: kernel sides, filters, channels, sizes. */
function numbersOf(scene: Scene): readonly Latex[] {
  const found = new Set<number>()
  for (const l of scene.network.layers) for (const v of Object.values(l.attributes)) if (typeof v === 'number' && v > 1) { found.add(v); if (v < 100) found.add(v * v) }
  if (found.size > 0) for (const n of scene.network.nodes) for (const a of n.tensor.axes) if (a.value !== undefined && a.value > 1) found.add(a.value)
  return [...found].slice(0, 20).map(numeral)
}

/** Numbers that counts are sums of: how many biases there are. */
function countsOf(scene: Scene): readonly Latex[] {
  if (scene.network.layers.length === 0) return []
  const found = new Set<number>([1])
  for (const p of parameterCounts(scene.network, resolver(scene.network)).values()) if (p.role === 'bias' && p.count.value !== undefined) found.add(p.count.value)
  return [...found].slice(0, 12).map(numeral)
}
