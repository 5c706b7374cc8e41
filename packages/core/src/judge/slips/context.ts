/** What the mistakes of a claim can be made of, in its scene. */
import { latexChildren, type Latex, type Lexicon, printLatex, readLatex, withoutSpans } from '../../language/latex/index.ts'
import { findOperation } from '../../operations/index.ts'
import { parameterCounts, resolver } from '../../network/counts/index.ts'
import type { Env } from '../meaning/env.ts'
import { functionOf } from '../meaning/functions.ts'
import { readings, ReadingProblem } from '../meaning/run.ts'
import { candidates, writtenOf } from '../meaning/symbols.ts'
import { isDataSet } from '../meaning/under.ts'
import type { Scene } from '../scene.ts'
import { alternativesOf, lettersIn, siblingsOf } from './alternatives.ts'
import { numeral } from './build.ts'
import type { SlipContext } from './slip.ts'

const MOST_PIECES = 40
const FUNCTIONS = ['sigmoid', 'softmax', 'tanh', 'relu', 'log', 'exp']

/** The context for a line, given right lines to take pieces from. */
export function slipContext(line: Latex, right: readonly Latex[], env: Env, lexicon: Lexicon): SlipContext {
  const { scene } = env
  const letters = lettersIn([line, ...right])
  const own = pieces([...right, line])
  const isDataSum = (e: Latex): boolean => e.kind === 'big' && e.operator === 'sum' && overData(e, scene)
  const found = firstDataSum([line, ...right], isDataSum)
  const data = found ?? one('\\sum_{i \\in data} x', lexicon)
  const nodeOf = (e: Latex) => { const w = writtenOf(e); return w && candidates(w, env)[0]?.node }
  return {
    rank: e => rankOf(e, env),
    alternatives: e => alternativesOf(e, letters, env).filter(x => rankOf(x, env) !== undefined),
    siblings: e => siblingsOf(e, env),
    factors: [...own.factors, ...numbersOf(scene)].slice(0, MOST_PIECES),
    terms: [...own.terms, ...countsOf(scene)].slice(0, MOST_PIECES),
    functions: [...FUNCTIONS, ...scene.network.functions].filter((f, k, all) => all.indexOf(f) === k),
    isFunction: head => functionOf(head, env) !== undefined || (head.kind === 'symbol' && findOperation(head.name) !== undefined),
    isDataSum,
    dataSum: body => (data?.kind === 'big' ? { ...data, body } : body),
    share: one('\\frac{1}{m}', lexicon)!,
    isBias: e => { const n = nodeOf(e); return n?.kind === 'param' && n.tensor.axes.length <= 1 && /^b/.test(n.name) },
    isStrength: e => { const n = nodeOf(e); return (n?.kind === 'given' || n?.kind === 'rate') && n.tensor.axes.length === 0 },
  }
}

/** The axes of a piece by itself; letters that a sum around it binds are free here. */
function rankOf(e: Latex, env: Env): number | undefined {
  const [first] = readings(run => env.read(e, { ...env, run }), env.run.budget, new Map(), 1)
  return first && !(first instanceof ReadingProblem) && first.value.kind === 'tensor' ? first.value.axes.length : undefined
}

const one = (latex: string, lexicon: Lexicon): Latex | undefined => { const [s] = readLatex(latex, { lexicon }).statements; return s && withoutSpans(s) }

function overData(e: Latex & { kind: 'big' }, scene: Scene): boolean {
  if (e.upper?.kind === 'symbol' && (e.upper.name === 'm' || e.upper.name === 'N') && !scene.network.dims.has(e.upper.name)) return true
  return e.under.some(u => isDataSet(u) || (u.kind === 'relation' && u.relations[0] === '∈' && u.parts[1] !== undefined && isDataSet(u.parts[1]))) || usesSample(e)
}

/** Whether the letter below stands as a superscript `(i)` in the body. */
function usesSample(e: Latex & { kind: 'big' }): boolean {
  const letters = e.under.flatMap(u => (u.kind === 'symbol' ? [u.name] : u.kind === 'relation' && u.parts[0]?.kind === 'symbol' ? [u.parts[0].name] : []))
  const walk = (x: Latex): boolean => ((x.kind === 'scripted' || x.kind === 'applied') && x.sup.some(r => r.kind === 'label' && r.inner.kind === 'symbol' && letters.includes(r.inner.name))) || latexChildren(x).some(walk)
  return walk(e.body)
}

function firstDataSum(trees: readonly Latex[], isDataSum: (e: Latex) => boolean): Latex | undefined {
  const walk = (e: Latex): Latex | undefined => {
    if (isDataSum(e)) return withoutSpans(e)
    for (const c of latexChildren(e)) { const found = walk(c); if (found) return found }
    return undefined
  }
  for (const t of trees) { const found = walk(t); if (found) return found }
  return undefined
}

/** All factors and terms in these lines, each once. */
function pieces(lines: readonly Latex[]): { factors: readonly Latex[]; terms: readonly Latex[] } {
  const factors = new Map<string, Latex>()
  const terms = new Map<string, Latex>()
  const note = (into: Map<string, Latex>, e: Latex): void => { const bare = withoutSpans(e); into.set(printLatex(bare), bare) }
  const walk = (e: Latex, top: boolean): void => {
    if (e.kind === 'product') e.factors.forEach(f => note(factors, f))
    else if (e.kind === 'applied') { note(factors, e); note(factors, e.group) } else if (e.kind === 'fraction') { note(factors, e) }
    else if (top && e.kind !== 'sum' && e.kind !== 'relation') note(factors, e)
    if (e.kind === 'sum') { e.terms.forEach(t => note(terms, t.body)); note(terms, e) }
    latexChildren(e).forEach(c => walk(c, false))
  }
  lines.forEach(l => walk(l, true))
  return { factors: [...factors.values()], terms: [...terms.values()] }
}

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
