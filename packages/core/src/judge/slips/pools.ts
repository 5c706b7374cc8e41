/** What may have been left out of a line: factors and terms of right lines, of the exercise, and of the line itself in other words. */
import { type Latex, make, makeLatex, mapLatexChildren, printLatex, withoutSpans } from '../../language/latex/index.ts'
import { parameterCounts, resolver } from '../../network/counts/index.ts'
import { descendantsOf } from '../meaning/derivatives.ts'
import { candidates, writtenOf } from '../meaning/symbols.ts'
import type { Env, Scene } from '../scene.ts'
import { nameTree } from '../names/to-tree.ts'
import { localFactors, pathsOf } from './bridges.ts'
import { asFactor, factorsOf, group, numeral, raise, sumOf, transposeMark, withRaised } from './build.ts'
import { sitesOf } from './sites.ts'
import type { SlipContext } from './slip.ts'

const MOST_PIECES = 40
const MOST_TURNED = 12
const MOST_RELABELLED = 16
const MOST_COUNTS = 32

export interface PoolOptions {
  readonly line: Latex
  readonly right: readonly Latex[]
  readonly claimed: Latex | undefined
  readonly rank: SlipContext['rank']
  readonly isFunction: SlipContext['isFunction']
  /** Index letters of the lines. */
  readonly letters: readonly string[]
  readonly env: Env
}

/** Factors and terms to put in, the likely ones first. */
export function poolsOf(o: PoolOptions): Pick<SlipContext, 'factors' | 'terms'> {
  const { scene } = o.env
  const own = pieces([...o.right, o.line], o.isFunction)
  const step = stepOf(o)
  return {
    factors: unique([
      ...step.factors, ...own.factors.slice(0, MOST_PIECES), ...gradientsOf(o), ...localFactors(o.claimed, o.letters, scene), ...complements(own.factors, o.rank),
      ...numbersOf(scene), ...turnedOver(own.factors.slice(0, MOST_TURNED), o.rank), ...onesFor(o),
    ]),
    terms: unique([...step.terms, ...pathsOf(o.claimed, scene), ...own.terms.slice(0, MOST_PIECES), ...(isCount(o) ? countsOf(scene) : []), ...relabelled(own.terms)]),
  }
}

function unique(list: readonly Latex[]): readonly Latex[] {
  const seen = new Map<string, Latex>()
  for (const e of list) { const text = printLatex(e); if (!seen.has(text)) seen.set(text, e) }
  return [...seen.values()]
}

/** Whether a line speaks of numbers alone. */
const isCount = ({ line }: PoolOptions): boolean => sitesOf(line).every(s => s.node.kind !== 'symbol' && s.node.kind !== 'derivative')

/** Of an update `w := w - λ ∂E/∂w`: what stands on its right side. */
function stepOf({ claimed, line, env: { scene } }: PoolOptions): { factors: readonly Latex[]; terms: readonly Latex[] } {
  const [rate] = scene.rates.keys()
  const loss = [...scene.table.byBase.values()].flat().find(n => n.node.name === scene.network.loss) ?? lastNumber(scene)
  if (!claimed || rate === undefined || !loss || !mentionsTree(line, claimed)) return { factors: [], terms: [] }
  const slope = makeLatex('derivative', { style: 'partial', of: nameTree(loss), by: [{ variable: withoutSpans(claimed), order: 1 }], operator: false })
  return { factors: [make.symbol(rate), slope], terms: [withoutSpans(claimed), make.product([make.symbol(rate), slope])] }
}

const lastNumber = (scene: Scene) => [...scene.table.byBase.values()].flat().filter(n => n.node.definition && n.node.tensor.axes.length === (n.node.tensor.sample ? 1 : 0)).at(-1)

const mentionsTree = (e: Latex, name: Latex): boolean => { const text = printLatex(withoutSpans(name)); return sitesOf(e).some(s => printLatex(withoutSpans(s.node)) === text) }

/** dz of everything between a quantity and the loss, where `dz` names its gradient. */
function gradientsOf({ claimed, letters, env }: PoolOptions): readonly Latex[] {
  const { scene } = env
  if (scene.differentials.kind !== 'gradient' || claimed?.kind !== 'differential') return []
  const w = writtenOf(claimed.of)
  const node = w && candidates(w, env)[0]?.node
  if (!node) return []
  const after = descendantsOf(node.tensor.key, scene)
  return [...scene.table.byBase.values()].flat().filter(n => after.has(n.node.tensor.key)).slice(0, 8).flatMap(n => {
    const bare = nameTree(n)
    return [bare, ...letters.slice(0, 3).map(l => withLetter(bare, l))].map(of => makeLatex('differential', { of }))
  })
}

const withLetter = (e: Latex, letter: string): Latex => (e.kind === 'scripted' ? { ...e, sub: [...e.sub ?? [], make.symbol(letter)] } : make.scripted(e, { sub: [make.symbol(letter)] }))

/** (1 - x) for the numbers of a line: the other half of a logistic derivative. */
const complements = (factors: readonly Latex[], rank: SlipContext['rank']): readonly Latex[] =>
  factors.filter(f => (f.kind === 'scripted' || f.kind === 'symbol' || f.kind === 'applied') && rank(f) === 0).slice(0, 8).map(f => group(sumOf([{ sign: '+', body: numeral(1) }, { sign: '-', body: f }])))

/** The vector of ones, where there are matrices. */
const onesFor = ({ line, rank }: PoolOptions): readonly Latex[] => {
  if (!factorsOf(line).some(f => rank(f) === 2)) return []
  const ones = make.scripted(makeLatex('symbol', { name: '1', font: 'bold' }), { sup: [make.transpose()] })
  return [ones, (ones as Latex & { kind: 'scripted' }).base]
}

/** Terms under other numbers: w_{11} x_1 beside w_{12} x_2. */
function relabelled(terms: readonly Latex[]): readonly Latex[] {
  const found: Latex[] = []
  for (const t of terms) {
    const digits = new Set(sitesOf(t).flatMap(s => (s.node.kind === 'scripted' ? (s.node.sub ?? []).flatMap(x => (x.kind === 'number' ? Array.from(x.text) : [])) : [])))
    for (const from of digits) for (const to of ['1', '2', '3']) if (from !== to && found.length < MOST_RELABELLED) found.push(withDigit(t, from, to))
  }
  return found
}

const withDigit = (e: Latex, from: string, to: string): Latex => {
  const inner = mapLatexChildren(e, x => withDigit(x, from, to))
  return inner.kind === 'scripted' && inner.sub ? { ...inner, sub: inner.sub.map(x => (x.kind === 'number' ? { ...x, text: x.text.replaceAll(from, to) } : x)) } : inner
}

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

/** Numbers that counts are sums of: parameters of each tensor, of each layer, of a weight with a bias. */
function countsOf({ network }: Scene): readonly Latex[] {
  const counts = [...parameterCounts(network, resolver(network))].flatMap(([name, p]) => (p.count.value === undefined ? [] : [{ name, role: p.role, n: p.count.value }]))
  if (counts.length === 0) return []
  const layers = new Map<string, number>()
  for (const c of counts) if (c.name.includes('.')) layers.set(layerOf(c.name), (layers.get(layerOf(c.name)) ?? 0) + c.n)
  const pairs = layers.size > 0 ? [] : counts.filter(c => c.role !== 'bias').flatMap(w => counts.filter(c => c.role === 'bias').map(b => w.n + b.n))
  return [...new Set([1, ...counts.map(c => c.n), ...layers.values(), ...pairs])].slice(0, MOST_COUNTS).map(numeral)
}

const layerOf = (name: string): string => name.replace(/\.[^.]*$/, '')
