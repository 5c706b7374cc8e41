/**
 * A chain in one scene. Every part has readings, the usual one first; links are judged from the left, and the reading
 * that a link settles for is kept for the next one.
 */
import { boundIndex, type Expr, type Index, multiply, substitute } from '../expression/index.ts'
import { type Latex, latexChildren } from '../language/latex/index.ts'
import type { Budget } from './budget.ts'
import type { Chain } from './chains.ts'
import type { Decimal } from './compare/compare.ts'
import { compareContents } from './compare/contents.ts'
import { hasTensor } from './compare/prove.ts'
import { rank, type Raw } from './compare/raw.ts'
import { equalTrees } from './names/pattern.ts'
import { conditionOf } from './meaning/conditions.ts'
import { type Env, newMemo } from './meaning/env.ts'
import type { Content, Meaning } from './meaning/meaning.ts'
import { read } from './meaning/read.ts'
import { type Reading, readings, ReadingProblem } from './meaning/run.ts'
import { variableOf } from './meaning/derivatives.ts'
import type { Scene } from './scene.ts'
import { holeIn, type Hole, opened, type Opened } from './hole.ts'
import { pointFor, type Sides, sidesAt, sidesOf, type Values } from './side-values.ts'
import { updateTarget } from './update.ts'

type PartReading = Reading<Content>

/** Readings of one part, made when asked for; equal ones count once. */
export interface Part { readonly tree: Latex | undefined; readonly at: (k: number) => PartReading | undefined; readonly problem: () => ReadingProblem | undefined }

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

/** Readings tried for one part, and pairs of readings for one link. */
const MOST_READINGS = 16
const MOST_PAIRS = 48

export interface ChainOptions { readonly budget: Budget; readonly conditions: readonly Latex[]; /** What the question asks for, in place of a first part. */ readonly target?: ((env: Env) => Content) | undefined }

export function sceneChain(scene: Scene, chain: Chain, options: ChainOptions): SceneChain {
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

  const build = (extra: ((env: Env) => Expr) | undefined): SceneChain => {
    const outcomes: Raw[] = []
    const chosen: (PartReading | undefined)[] = []
    const mask = (): Expr | undefined => {
      const all: Expr[] = []
      const run = readings(r => {
        const e = env(r, undefined)
        return [...options.conditions.map(c => conditionOf(c, e).expr), ...(extra ? [extra(e)] : [])]
      }, budget, free, 1)
      for (const r of run) if (!(r instanceof ReadingProblem)) all.push(...r.value)
      return all.length > 0 ? multiply(...all) : undefined
    }
    /** A chain of partials may stand for its sum over the data; a line that is written out may not. */
    const unsaid = (tree: Latex | undefined): boolean => tree !== undefined && isPartials(tree) && !hasSample(parts[0]!)
    const judge = (k: number): Raw => {
      const left = leftOf(k)
      const right = parts[k + 1]!
      const fixed = k > 0 ? chosen[k] : undefined
      const one = bestPair(left, right, fixed ? [fixed] : undefined, k)
      if (one.raw.kind === 'holds' || !fixed) { chosen[k + 1] = one.right; if (!fixed) chosen[k] = one.left; return one.raw }
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
        const raw = pairRaw(l, r, k)
        if (!best || rank(raw) > rank(best.raw)) best = { raw, left: l, right: r }
        if (rank(raw) >= 5) break
      }
      return best!
    }
    const pairRaw = (l: PartReading, r: PartReading, k: number): Raw => {
      const relation = relations[k] ?? '='
      const only = [...l.only, ...r.only]
      const said = (): Expr | undefined => (only.length > 0 ? multiply(...[mask()].filter(m => m !== undefined), ...only.map(o => o.where)) : mask())
      const raw = compareContents(l.value, r.value, {
        scene, mask: said, freeLayout: isBare(trees[k], l.value) || isBare(trees[k + 1], r.value), unsaidSum: [unsaid(trees[k]), unsaid(trees[k + 1])],
        decimal: decimalOf(trees[k + 1]) ?? decimalOf(trees[k]), relation,
      })
      if (raw.kind !== 'holds') return raw
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

const single = (r: PartReading, tree: Latex | undefined): Part => ({ tree, at: k => (k === 0 ? r : undefined), problem: () => undefined })

function partOf(tree: Latex | undefined, start: () => Generator<PartReading | ReadingProblem>): Part {
  const made: PartReading[] = []
  const seen = new Set<string>()
  let [problem, source, done]: [ReadingProblem | undefined, Generator<PartReading | ReadingProblem> | undefined, boolean] = [undefined, undefined, false]
  const fill = (k: number): void => {
    source ??= start()
    while (made.length <= k && !done) {
      const next = source.next()
      if (next.done) { done = true; break }
      // a problem of shapes says more than a name that another reading did not find
      if (next.value instanceof ReadingProblem) { if (!problem || (problem.sort === 'name' && next.value.sort === 'shape')) problem = next.value; continue }
      const key = keyOf(next.value.value)
      if (seen.has(key)) continue
      seen.add(key)
      made.push(next.value)
    }
  }
  return { tree, at: k => { fill(k); return made[k] }, problem: () => { fill(0); return problem } }
}

/** Readings that are told apart: by expression and orientation; axes have no names. */
function keyOf(c: Content): string {
  if (c.kind === 'tuple') return c.items.map(keyOf).join(';')
  return `${c.axes.length === 0 ? c.expr.id : ''}|${c.axes.map(a => a.size.key).join(',')}|${c.row}|${c.identity ? 'I' : ''}|${c.axes.length > 0 ? structure(c) : ''}`
}

const structure = (m: Meaning): number => substitute(m.expr, new Map(m.axes.map((a, k) => [a, boundIndex(900 + k, a)]))).id

function listOf(p: Part): PartReading[] {
  const list: PartReading[] = []
  for (let k = 0; k < MOST_READINGS; k++) {
    const r = p.at(k)
    if (!r) break
    list.push(r)
  }
  return list
}

const others = (p: Part, fixed: PartReading): PartReading[] => listOf(p).filter(r => r !== fixed)

/** Pairs of readings, the usual ones first; further ones are made when they are asked for. */
function* diagonal(left: (k: number) => PartReading | undefined, right: (k: number) => PartReading | undefined): Generator<[PartReading, PartReading]> {
  for (let s = 0; s < 2 * MOST_READINGS; s++) {
    let any = false
    for (let i = 0; i <= s; i++) {
      if (i >= MOST_READINGS || s - i >= MOST_READINGS) continue
      const l = left(i)
      const r = l && right(s - i)
      if (l && r) { any = true; yield [l, r] }
    }
    if (!any) return
  }
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

function hasSample(p: Part): boolean {
  const first = p.at(0)?.value
  return first?.kind === 'tensor' && first.expr.free.some(i => i.sample)
}

const mentions = (e: Latex, name: Latex): boolean => equalTrees(e, name) || latexChildren(e).some(c => mentions(c, name))

const isName = (e: Latex): boolean => e.kind === 'symbol' || (e.kind === 'scripted' && e.base.kind === 'symbol' && e.primes === 0 && e.sup.every(r => r.kind === 'label' || r.kind === 'star'))

/** `w := w - …`: the same name on both sides. */
function isUpdate(c: Chain): boolean {
  const [a, b] = c.parts
  if (!a || !b) return false
  if (c.relations[0] === ':=' || c.relations[0] === '←') return isName(a) && mentions(b, a)
  if (c.relations[0] !== '=') return false
  return isName(a) && b.kind === 'sum' && b.terms.length > 1 && equalTrees(b.terms[0]!.body, a)
}

function decimalOf(e: Latex | undefined): Decimal | undefined {
  if (e?.kind === 'sum' && e.terms.length === 1) return decimalOf(e.terms[0]!.body)
  if (e?.kind === 'group' && e.items.length === 1) return decimalOf(e.items[0])
  if (e?.kind !== 'number') return undefined
  const places = /\.(\d+)$/.exec(e.text)?.[1]?.length
  return places === undefined ? undefined : { places }
}
