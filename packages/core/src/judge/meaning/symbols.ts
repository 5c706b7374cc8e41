/** What a symbol with its scripts means: a tensor of the network, one of its entries, a letter, a size, a constant. */
import { apply, contract, delta, entry, type Expr, freshIndex, type Index, literalIndex, number, selector, sizeValue, substitute } from '../../expression/index.ts'
import { nearestName } from '../../errors.ts'
import type { Latex, ScriptedNode, SymbolNode } from '../../language/latex/ast.ts'
import { findConstant } from '../../operations/index.ts'
import { exp } from '../../operations/exp.ts'
import { isOne, rational, size, sizeSymbol } from '../../shape/index.ts'
import { type Item, itemsOf } from '../names/labels.ts'
import { type Match, matchName, type Written } from '../names/match.ts'
import type { NetworkNode } from '../../network/types.ts'
import type { PageName } from '../scene.ts'
import { type Env, labelValue, readTensor } from './env.ts'
import { type Content, identityMatrix, type Meaning, onesVector, scalar, tensor } from './meaning.ts'
import { raised, sampleCalled, sampleOf } from './raise.ts'
import { sized } from './ones.ts'
import { ReadingProblem } from './run.ts'
import { isSamples } from './ranges.ts'
import { type Gathered, pick, slotIndex, countProblem } from './slots.ts'

const SPELT: ReadonlySet<string> = new Set(['hat', 'bar', 'tilde', 'dot'])

/** The base of a symbol as names have it: `\hat{y}` is yhat. */
export const baseOf = (s: SymbolNode): string => (s.accent && SPELT.has(s.accent) ? `${s.name}${s.accent}` : s.name)

/** A symbol with its scripts; undefined when the base is something else. */
export function writtenOf(e: Latex): Written | undefined {
  if (e.kind === 'symbol') return { base: baseOf(e), sub: [], sup: [], primes: 0 }
  if (e.kind === 'scripted' && e.base.kind === 'symbol') return { base: baseOf(e.base), sub: e.sub ?? [], sup: e.sup, primes: e.primes }
  return undefined
}

/** A name that fits, and what it makes of the scripts. */
export interface Candidate { readonly match: Match; readonly caseOff: boolean; readonly page?: PageName; readonly node?: NetworkNode; readonly fn?: string }

/** Everything that the written symbol may name: page names, nodes, functions; the best first, equals together. */
export function candidates(w: Written, env: Env): Candidate[] {
  const value = labelValue(env)
  const found: Candidate[] = []
  for (const page of env.scene.pageNames) {
    if (page.pattern.kind !== 'name' || page.pattern.base !== w.base) continue
    for (const match of matchName(w, page.pattern, value)) found.push({ match: { ...match, score: match.score + 1 }, caseOff: false, page })
  }
  const { byBase, functions } = env.scene.table
  const nodes = (base: string, caseOff: boolean): void => {
    for (const n of byBase.get(base) ?? []) {
      const layer = n.layer && { bracket: n.layer.bracket, part: { text: n.layer.text } }
      for (const match of matchName(w, { sub: n.sub.map(text => ({ text })), layer, star: n.star }, value)) found.push({ match, caseOff, node: n.node })
    }
  }
  nodes(w.base, false)
  for (const f of functions.get(w.base) ?? []) {
    const layer = f.layer && { bracket: f.layer.bracket, part: { text: f.layer.text } }
    for (const match of matchName(w, { sub: f.sub.map(text => ({ text })), layer, star: false }, value)) found.push({ match, caseOff: false, fn: f.name })
  }
  // w_{uv} is an entry of W where no w is declared
  const otherCase = w.base === w.base.toLowerCase() ? w.base.toUpperCase() : w.base.toLowerCase()
  if (!byBase.has(w.base) && w.base.length === 1 && w.sub.length > 0) nodes(otherCase, true)
  // W is the matrix that is declared as w
  if (!byBase.has(w.base) && w.base.length === 1 && w.sub.length === 0 && w.base !== w.base.toLowerCase()) {
    nodes(otherCase, true)
    return found.filter(c => !c.caseOff || (c.node !== undefined && c.node.tensor.axes.length - (c.node.tensor.sample ? 1 : 0) === 2)).sort((a, b) => b.match.score - a.match.score)
  }
  return found.sort((a, b) => b.match.score - a.match.score)
}

/** A letter that the exercise or the page gives a meaning of its own. */
const isOwn = (base: string, { scene }: Env): boolean => scene.table.byBase.has(base) || scene.pageNames.some(p => p.pattern.kind === 'name' && p.pattern.base === base)

/** A symbol or scripted symbol as a value. */
export function readSymbol(e: SymbolNode | ScriptedNode, env: Env): Content {
  const w = writtenOf(e)!
  if (w.base === 'e' && w.sub.length === 0 && w.primes === 0 && !isOwn('e', env)) return exponential(w, e, env)
  const found = candidates(w, env).filter(c => c.page?.means.kind !== 'function' && c.fn === undefined)
  const usable: (() => Content)[] = []
  let problem: ReadingProblem | undefined
  for (const c of found) {
    if (usable.length > 0 && c.match.score < found[0]!.match.score) break
    usable.push(() => contentOf(c, w, e, env))
  }
  if (usable.length > 0) {
    // a way that does not fit is passed over before the run is asked
    const made: Content[] = []
    for (const use of usable) {
      try { made.push(use()) } catch (error) {
        if (!(error instanceof ReadingProblem) || error.sort === 'budget') throw error
        problem ??= error
      }
    }
    if (made.length > 0) return made[made.length > 1 ? env.run.choose(made.length) : 0]!
    // names with fewer labels may still fit: x_1 as the first entry of x
    for (const c of found.slice(usable.length)) {
      try { return contentOf(c, w, e, env) } catch (error) {
        if (!(error instanceof ReadingProblem) || error.sort === 'budget') throw error
      }
    }
    throw problem!
  }
  return withoutName(w, e, env)
}

function contentOf(c: Candidate, w: Written, e: Latex, env: Env): Content {
  if (w.primes > 0) throw new ReadingProblem('name', 'A prime stands on something that is no function.', e.span)
  if (c.page && c.page.means.kind === 'content') {
    const content = c.page.means.read(c.match.captures, env)
    if (content.kind === 'tuple') return content
    return finish(content, c.match, e, env)
  }
  return nodeAt(c.node!, c.match, e, env)
}

/** The items that are left as indices, then what stands above. */
function finish(m: Meaning, match: Match, e: Latex, env: Env): Meaning {
  const { entry: picked, sup } = pickItems(m, match.items, match.sup, e, env)
  return raised(picked, sup, env)
}

/** The entry that the items name; one item may be the sample: `y_i` of a number that exists once per sample. */
function pickItems(m: Meaning, items: readonly Item[], sup: Match['sup'], e: Latex, env: Env): { entry: Meaning; sup: Match['sup'] } {
  if (items.length === 0) return { entry: m, sup }
  const proper = m.axes.filter(a => !isOne(a.size))
  if (items.length === m.axes.length) {
    if (items.length === 1 && isSample(m, items[0]!, env)) return { entry: atSampleItem(m, items[0]!, env)!, sup }
    return { entry: pick(m, items, env), sup }
  }
  if (items.length === proper.length) {
    const lone = tensor(substitute(m.expr, new Map(m.axes.filter(a => isOne(a.size)).map(a => [a, literalIndex(0)]))), proper)
    return { entry: pick(lone, items, env), sup }
  }
  if (items.length === m.axes.length + 1) {
    // the sample first or last: x_{ij}
    for (const k of [0, items.length - 1]) {
      const moved = atSampleItem(m, items[k]!, env)
      if (moved) return { entry: pick(moved, items.filter((_, j) => j !== k), env), sup }
    }
  }
  throw new ReadingProblem(countProblem(items, m), m.axes.length === 0 ? 'This is one number and has no entries.' : `This has ${m.axes.length} ${m.axes.length === 1 ? 'index' : 'indices'}, but ${items.length} ${items.length === 1 ? 'is' : 'are'} written.`, e.span)
}

/** A letter that a sum over the data binds, under something that exists once per sample. */
const isSample = (m: Meaning, item: Item, env: Env): boolean =>
  m.expr.free.includes(env.sample) && item.tree.kind === 'symbol' && env.letters.get(item.text)?.kind === 'data'

function atSampleItem(m: Meaning, item: Item, env: Env): Meaning | undefined {
  if (item.tree.kind !== 'symbol' || !m.expr.free.includes(env.sample)) return undefined
  const index = sampleCalled(item.text, env)
  return index && { ...m, expr: substitute(m.expr, new Map([[env.sample, index]])) }
}

/** A node, or one of its entries, at the sample that is meant. */
function nodeAt(node: NetworkNode, match: Match, e: Latex, env: Env): Content {
  const { tensor: t } = node
  let sample = env.sample
  let { sup } = match
  if (t.sample) {
    const k = sup.findIndex(r => r.kind === 'label' && sampleOf(r, env) !== undefined)
    if (k >= 0) { sample = sampleOf(sup[k]!, env)!; sup = sup.filter((_, j) => j !== k) }
  }
  const axes = t.axes.slice(t.sample ? 1 : 0)
  const gathered: Gathered = { bound: [], factors: [] }
  if (match.items.length === axes.length && axes.length > 0 && !(match.items.length === 1 && t.sample && env.letters.get(match.items[0]!.text)?.kind === 'data')) {
    const indices = axes.map((a, k) => slotIndex(match.items[k]!.tree, a, gathered, env))
    const made = entry(t, t.sample ? [sample, ...indices] : indices)
    return raised(scalar(contract(gathered.bound, [...gathered.factors, made])), sup, env)
  }
  const own = axes.map(a => freshIndex('', a))
  const whole = tensor(entry(t, t.sample ? [sample, ...own] : own), own)
  return finish(whole, { ...match, sup }, e, env)
}

/** e^x; e alone is e^1. */
function exponential(w: Written, e: SymbolNode | ScriptedNode, env: Env): Meaning {
  const [first, ...rest] = w.sup
  if (first?.kind !== 'power') return scalar(apply(exp, [number(1)]))
  const exponent = sized(readTensor(first.exponent, env), e.span)
  // of a square matrix it may be the matrix exponential
  if (exponent.axes.length === 2 && exponent.axes[0]!.size === exponent.axes[1]!.size) throw new ReadingProblem('form', 'Of e to a square matrix no value is read.', e.span)
  return raised({ ...exponent, expr: apply(exp, [exponent.expr]) }, rest, env)
}

/** A symbol that no name fits: a Kronecker delta, a letter, a size, a constant, the identity. */
function withoutName(w: Written, e: SymbolNode | ScriptedNode, env: Env): Content {
  const plain = w.sub.length === 0
  if (w.base === 'delta' && w.sub.length > 0 && w.primes === 0) {
    const made = kronecker(w, env)
    if (made) return raised(made, w.sup, env)
  }
  if (plain && w.primes === 0) {
    const value = letterValue(w.base, env)
    if (value) return raised(value, w.sup, env)
    if (w.base === '1') return raised(onesVector, w.sup, env)
    if (w.base === 'I') return w.sup.length === 0 ? identityMatrix : raised(identityMatrix, w.sup, env)
  }
  if (plain && w.sup.length > 0) {
    // y^2 where only y^(1) and y^(2) are declared: a power, and of nothing
    const named = env.scene.table.byBase.get(w.base)?.find(n => n.layer && n.sub.length === 0)
    if (named) throw new ReadingProblem('name', `${w.base} has layers, and none is named here: a layer is written ${w.base}^${named.layer!.bracket === '(' ? '{(2)}' : '{[2]}'}.`, e.span)
  }
  const known = [...env.scene.table.byBase.values()].flat().map(n => n.node.name)
  const near = nearestName(w.base, [...env.scene.table.bases])
  throw new ReadingProblem('name', `${nameText(w)} is not declared.${near ? ` Did you mean ${near}?` : known.length > 0 ? ` Declared: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}.` : ''}`, e.span)
}

const nameText = (w: Written): string => `${w.base}${w.sub.length > 0 ? '_…' : ''}`

/** δ_ij of two indices of one axis. */
function kronecker(w: Written, env: Env): Meaning | undefined {
  const items = itemsOf(w.sub, labelValue(env))
  if (items.length !== 2) return undefined
  const indices = letterIndices(items.map(i => i.tree), env)
  return indices && scalar(indices[0]!.literal !== undefined || indices[1]!.literal !== undefined ? equalPositions(indices[0]!, indices[1]!) : delta(indices[0]!, indices[1]!))
}

const equalPositions = (a: Index, b: Index): Expr => selector('eq', [{ coefficient: size(1), index: a }, { coefficient: size(-1), index: b }])

/** The indices of letters that are compared; an unused one has the size of the other. */
export function letterIndices(trees: readonly Latex[], env: Env): readonly Index[] | undefined {
  const known = trees.map(t => knownIndex(t, env))
  const axis = known.find(i => i !== undefined && i.literal === undefined)?.size
  if (!axis) return undefined
  const gathered: Gathered = { bound: [], factors: [] }
  const made = trees.map((t, k) => known[k] ?? slotIndex(t, axis, gathered, env))
  return gathered.bound.length === 0 ? made : undefined
}

export function knownIndex(t: Latex, env: Env): Index | undefined {
  if (t.kind === 'number') return /^\d+$/.test(t.text) ? literalIndex(Number(t.text) - 1) : undefined
  if (t.kind !== 'symbol') return undefined
  const letter = env.letters.get(t.name)
  if (letter) return letter.kind === 'axis' ? letter.cell.index : letter.kind === 'data' ? letter.index : undefined
  return env.run.sizes.get(t.name) ?? onlyFree(t.name, env)
}

/** The index that the rest of the claim gave to a letter, where it is one. */
function onlyFree(name: string, env: Env): Index | undefined {
  const found = [...env.run.free].filter(([k]) => k.startsWith(`${name}|`))
  if (found.length !== 1) return undefined
  env.run.sizes.set(name, found[0]![1])
  return found[0]![1]
}

/** A letter used as a number: a bound one, a size, the number of samples, the learning rate, a constant. */
function letterValue(base: string, env: Env): Meaning | undefined {
  const letter = env.letters.get(base)
  if (letter) {
    switch (letter.kind) {
      case 'value': return scalar(letter.expr)
      case 'label': return /^\d+$/.test(letter.text) ? scalar(number(Number(letter.text))) : undefined
      case 'axis': return letter.cell.index && scalar(positionOf(letter.cell.index))
      case 'data': return undefined
    }
  }
  const label = env.scene.labels.get(base)
  if (label !== undefined) return scalar(number(Number(label)))
  const rate = env.scene.rates.get(base)
  if (rate) return scalar(rate)
  const { network } = env.scene
  if (network.dims.has(base) || network.samples === sizeSymbol(base)) return scalar(sizeValue(sizeSymbol(base)))
  if (isSamples(base)) return scalar(sizeValue(network.samples))
  const constant = findConstant(base)
  return constant && scalar(entry(constant))
}

/** The position of an index as a number, counted from 1. */
function positionOf(i: Index): Expr {
  const j = freshIndex('', i.size)
  return contract([j], [selector('le', [{ coefficient: size(1), index: j }, { coefficient: size(rational(-1)), index: i }])])
}
