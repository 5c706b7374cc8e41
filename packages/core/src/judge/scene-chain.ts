/**
 * A chain in one scene. Every part has readings, the usual one first; links are judged from the left, and the reading
 * that a link settles for is kept for the next one.
 */
import { type Expr, type Index, multiply } from '../expression/index.ts'
import type { Latex } from '../language/latex/index.ts'
import type { Budget } from './budget.ts'
import type { Chain } from './chains.ts'
import type { UnsaidSum } from './compare/align.ts'
import { compareContents } from './compare/contents.ts'
import { decimalOf } from './compare/decimals.ts'
import { hasTensor } from './compare/prove.ts'
import { rank, type Raw } from './compare/raw.ts'
import { equalTrees } from './names/pattern.ts'
import { conditionOf } from './meaning/conditions.ts'
import { type Env, newMemo } from './meaning/env.ts'
import type { Content, Meaning } from './meaning/meaning.ts'
import { read } from './meaning/read.ts'
import { readings, ReadingProblem } from './meaning/run.ts'
import { variableOf } from './meaning/derivatives.ts'
import type { Scene } from './scene.ts'
import { holeIn, type Hole, opened, type Opened } from './hole.ts'
import { diagonal, MOST_READINGS, others, type Part, partOf, type PartReading, single } from './part.ts'
import { forChain } from './shared-names.ts'
import { pointFor, type Sides, sidesAt, sidesOf, type Values } from './side-values.ts'
import { isUpdate, updateTarget } from './update.ts'
import { ratesApart } from './rates-apart.ts'
import { speaksOf } from './relevant.ts'

export interface SceneChain {
  readonly scene: Scene
  readonly parts: readonly Part[]
  /** The outcome of link k, from 0. */
  readonly link: (k: number) => Raw
  /** The reading that a part was judged in. */
  readonly settled: (k: number) => PartReading | undefined
  /** Outcomes under an extra condition on index letters. */
  readonly under: (condition: (env: Env) => Expr) => SceneChain
  /** Another tree in the place of the right side of link k: whether it has the right value, judged with care. */
  readonly instead: (k: number, tree: Latex) => Raw
  /** Its values at one point, put beside the left side of link k; undefined where it has none there. */
  readonly valuesOf: (k: number, tree: Latex) => readonly Values[]
  /** The right side of link k with a hole in the place of one of its values. */
  readonly hole: (k: number, site: Place) => Hole | undefined
  /** The environment for reading one more piece. */
  readonly env: (run: Env['run']) => Env
  readonly budget: Budget
}

/** A node of a line, and the line with another in its place. */
export interface Place { readonly node: Latex; readonly replace: (by: Latex) => Latex }

/** Pairs of readings for one link. */
const MOST_PAIRS = 48

export interface ChainOptions { readonly budget: Budget; readonly conditions: readonly Latex[]; /** What the question asks for, in place of a first part. */ readonly target?: ((env: Env) => Content) | undefined }

export function sceneChain(given: Scene, chain: Chain, options: ChainOptions): SceneChain {
  const scene = ratesApart(forChain(given, chain), chain)
  const free = new Map<string, Index>()
  const budget = options.budget
  const memo = newMemo()
  const env = (run: Env['run'], variable: Meaning | undefined): Env => ({ scene, run, letters: new Map(), sample: scene.sample, variable, read })
  /** For trees that share most of their pieces. */
  const sharing = (run: Env['run']): Env => ({ ...env(run, chainVariable()), memo })
  let variable: Meaning | undefined | null = null
  const chainVariable = (): Meaning | undefined => {
    if (variable === null) {
      variable = undefined
      const first = chain.parts[0]
      if (first?.kind === 'derivative') for (const r of readings(run => variableOf(first.by[0]!.variable, env(run, undefined)).meaning, budget, free, 1)) if (!(r instanceof ReadingProblem)) variable = r.value
    }
    return variable
  }
  const target = options.target
  const parts: Part[] = [
    ...(target ? [partOf(undefined, () => readings(run => target(env(run, undefined)), budget, free, 1))] : []),
    ...chain.parts.map(tree => partOf(tree, () => (tree ? readings(run => read(tree, env(run, chainVariable())), budget, free, MOST_READINGS) : readings(() => { throw new ReadingProblem('form', 'One side is missing.', { start: 0, end: 0 }) }, budget, free, 1)))),
  ]
  const trees = [...(target ? [undefined] : []), ...chain.parts]
  const relations = [...(target ? ['=' as const] : []), ...chain.relations]
  const update = !target && isUpdate(chain) ? partOf(undefined, () => readings(run => updateTarget(chain.parts[0]!, env(run, undefined)), budget, free, 1)) : undefined

  const leftOf = (k: number): Part => (update && k === 0 ? update : parts[k]!)
  const treePart = (tree: Latex, most = MOST_READINGS): Part => partOf(tree, () => readings(run => read(tree, sharing(run)), budget, free, most))

  const relevant = options.conditions.filter(c => speaksOf(c, chain, scene))

  const build = (extra: ((env: Env) => Expr) | undefined): SceneChain => {
    const outcomes: Raw[] = []
    const chosen: (PartReading | undefined)[] = []
    let unread: ReadingProblem | undefined
    const mask = (): Expr | undefined => {
      const all: Expr[] = []
      unread = undefined
      for (const c of [...relevant.map(tree => (e: Env) => conditionOf(tree, e).expr), ...(extra ? [extra] : [])]) {
        for (const r of readings(run => c(env(run, undefined)), budget, free, 1)) if (r instanceof ReadingProblem) unread ??= r; else all.push(r.value)
      }
      return all.length > 0 ? multiply(...all) : undefined
    }
    /** A chain of partials may stand for its sum over the data; a line that is written out may not. */
    const unsaid = (tree: Latex | undefined): UnsaidSum => tree !== undefined && !hasSample(parts[0]!) && (tree.kind !== 'derivative' && isPartials(tree) ? true : goesOnFrom(tree, trees[0]) && 'granted')
    const judge = (k: number): Raw => {
      const left = leftOf(k)
      const right = parts[k + 1]!
      const fixed = k > 0 ? chosen[k] : undefined
      const one = bestPair(left, right, fixed ? [fixed] : undefined, k)
      // what is no step may be an equation
      const plain = update && k === 0 && relations[0] === '=' && one.raw.kind !== 'holds' ? bestPair(parts[0]!, right, undefined, 0) : undefined
      if (plain && (plain.raw.kind === 'holds' || one.raw.kind === 'unreadable')) { chosen[0] = plain.left; chosen[1] = plain.right; return plain.raw }
      if (one.raw.kind === 'holds' || !fixed) { chosen[k + 1] = one.right; if (!fixed) chosen[k] = one.left; return one.raw }
      // what comes after a rounded number is told by what was rounded
      if (one.raw.kind === 'undecided' && decimalOf(left.tree)) {
        const before = bestPair(parts[k - 1]!, right, chosen[k - 1] ? [chosen[k - 1]!] : undefined, k)
        if (before.raw.kind === 'holds') { chosen[k + 1] = before.right; return before.raw }
      }
      // another reading of the part in the middle may do for both of its links
      for (const r of others(left, fixed)) {
        const before = bestPair(parts[k - 1]!, single(r, left.tree), chosen[k - 1] ? [chosen[k - 1]!] : undefined, k - 1)
        if (before.raw.kind !== 'holds') continue
        const again = bestPair(left, right, [r], k)
        if (again.raw.kind === 'holds') { chosen[k] = r; chosen[k + 1] = again.right; return again.raw }
      }
      chosen[k + 1] = one.right
      return one.raw
    }
    const bestPair = (left: Part, right: Part, fixed: readonly PartReading[] | undefined, k: number): { raw: Raw; left?: PartReading; right?: PartReading } => {
      let best: { raw: Raw; left?: PartReading; right?: PartReading } | undefined
      const leftAt = (i: number): PartReading | undefined => (fixed ? fixed[i] : left.at(i))
      if (!leftAt(0)) return { raw: asProblem(left.problem()) }
      if (!right.at(0)) return { raw: asProblem(right.problem()) }
      let pairs = 0
      for (const [l, r] of diagonal(leftAt, right.at)) {
        if (++pairs > MOST_PAIRS) break
        budget.checkTime()
        const raw = pairRaw(l, r, k, left.tree)
        if (!best || rank(raw) > rank(best.raw)) best = { raw, left: l, right: r }
        if (rank(raw) >= 5) break
      }
      return best!
    }
    const pairRaw = (l: PartReading, r: PartReading, k: number, leftTree: Latex | undefined): Raw => {
      const relation = update && k === 0 && l !== parts[0]!.at(0) ? '=' : relations[k] ?? '='
      const only = [...l.only, ...r.only]
      const said = (): Expr | undefined => { const m = mask(); return only.length > 0 ? multiply(...(m ? [m] : []), ...only.map(o => o.where)) : m }
      const raw = compareContents(l.value, r.value, {
        scene, mask: said, freeLayout: isBare(leftTree, l.value) || isBare(trees[k + 1], r.value), unsaidSum: [unsaid(leftTree), unsaid(trees[k + 1])],
        decimal: decimalOf(trees[k + 1]), leftDecimal: decimalOf(leftTree), relation,
      })
      if (unread) return { kind: 'undecided', reason: `the condition beside it is not read: ${unread.message}` }
      if (raw.kind !== 'holds') return raw
      const clash = [...l.letters].find(([name, index]) => (r.letters.get(name)?.size ?? index.size) !== index.size)
      if (clash) return { kind: 'shapes', message: `${clash[0]} runs over axes of different sizes.`, span: { start: 0, end: 0 } }
      const assumption = [...new Set([...l.granted, ...r.granted, ...only.map(o => o.words), ...raw.assumption === undefined ? [] : [raw.assumption]])].join('; ')
      return { ...raw, notes: [...new Set([...l.notes, ...r.notes, ...raw.notes])], ...(assumption === '' ? {} : { assumption }) }
    }
    return {
      scene, parts, settled: k => chosen[k],
      link: k => {
        for (let j = outcomes.length; j <= k; j++) outcomes.push(judge(j))
        return outcomes[k]!
      },
      under: condition => build(condition),
      instead: (k, tree) => bestPair(leftOf(k), treePart(tree), chosen[k] ? [chosen[k]] : undefined, k).raw,
      valuesOf: (k, tree) => sidesAt(chosen[k] ?? leftOf(k).at(0), treePart(tree, 2), pointFor(scene), { scene, freeLayout: true, unsaidSum: [unsaid(trees[k]), unsaid(tree)] }, mask),
      hole: (k, site) => {
        const left = (chosen[k] ?? leftOf(k).at(0))?.value
        const was = parts[k + 1]?.at(0)?.value
        if (left?.kind !== 'tensor' || was?.kind !== 'tensor' || !(hasTensor(left.expr) || hasTensor(was.expr))) return undefined
        // where samples of the left side may be summed up, a hole that knows them would hold them back
        if (unsaid(trees[k]) !== false && left.expr.free.some(i => i.sample)) return undefined
        const node = { ...site.node }
        const seen: { readonly at: Opened; readonly sides: readonly Sides[] }[] = []
        const tree = site.replace(node)
        const reach = [...(chosen[k] ?? leftOf(k).at(0))!.letters.values(), ...left.expr.free.filter(i => i.sample)]
        for (let n = 0; n < 2; n++) {
          let at: Opened | undefined
          const part = partOf(tree, () => readings(run => read(tree, { ...sharing(run), probe: { node, open: (content, e) => { const o = opened(node, content, e, reach, n); at = o?.at; return o?.content ?? content } } }), budget, free, 2))
          const right = part.at(n)?.value
          if (!right) break
          if (right.kind !== 'tensor' || !at) return undefined
          seen.push({ at, sides: sidesOf(left, right, pointFor(scene), { scene, freeLayout: true, unsaidSum: [unsaid(trees[k]), unsaid(trees[k + 1])] }, mask) })
        }
        return holeIn(seen)
      },
      env: run => env(run, chainVariable()),
      budget,
    }
  }
  return build(undefined)
}

const asProblem = (p: ReadingProblem | undefined): Raw => (p?.sort === 'shape' ? { kind: 'shapes', message: p.message, span: p.span } : { kind: 'unreadable', message: p?.message ?? 'This is not read.', span: p?.span ?? { start: 0, end: 0 } })

/** A derivative standing alone, or a name that the exercise gives to one: its layout is what the page chooses. */
function isBare(e: Latex | undefined, value: Content): boolean {
  switch (e?.kind) {
    // a derivative by a matrix has the shape of the matrix
    case 'derivative': case 'nabla': case 'differential': return value.kind === 'tensor' && value.axes.length - (value.split ?? 0) <= 1
    case 'symbol': return value.kind === 'tensor' && value.expr.kind === 'derivative' && value.axes.length <= 1
    case 'scripted': return e.base.kind === 'symbol' ? e.sup.every(r => r.kind === 'label') && isBare(e.base, value) : isBare(e.base, value)
    default: return false
  }
}

/** Partials alone, their products and sums. */
function isPartials(e: Latex): boolean {
  switch (e.kind) {
    case 'derivative': case 'nabla': return true
    case 'number': return true
    case 'product': return e.factors.some(f => f.kind !== 'number') && e.factors.every(isPartials)
    case 'sum': return e.terms.every(t => isPartials(t.body))
    case 'group': return e.items.every(isPartials)
    case 'scripted': return e.sup.every(r => r.kind === 'transpose' || r.kind === 'label') && !e.sub && isPartials(e.base)
    case 'big': return isPartials(e.body)
    default: return false
  }
}

/** A product with a partial of what the chain differentiates: the way to a weight, its end written out. */
const goesOnFrom = (e: Latex, first: Latex | undefined): boolean => first?.kind === 'derivative' && e.kind === 'product' && e.factors.some(f => f.kind === 'derivative' && equalTrees(f.of, first.of))

function hasSample(p: Part): boolean {
  const first = p.at(0)?.value
  return first?.kind === 'tensor' && first.expr.free.some(i => i.sample)
}
