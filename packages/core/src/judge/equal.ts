/** Whether two formulas say the same: in a network, or with all their letters free. */
import { ChainError } from '../errors.ts'
import { forgetSince, internMark } from '../expression/index.ts'
import { clearEvaluationLimit } from '../evaluate/limit.ts'
import { latexChildren, type Latex, mapLatexChildren, printLatex, readLatex, withoutSpans } from '../language/latex/index.ts'
import { type Network, readNetwork } from '../network/index.ts'
import { newBudget, OverBudget } from './budget.ts'
import { judgeChain, type Setting } from './chain-verdict.ts'
import type { Chain } from './chains.ts'
import type { JudgedChain, JudgeOptions } from './judged.ts'
import { assembled } from './claim.ts'
import type { ExerciseNetwork } from './exercise/exercise.ts'
import { sceneMaker } from './exercise/scenes.ts'
import { explained } from './explain.ts'
import { type Guess, guesses } from './infer.ts'
import { keptSoFar } from './kept.ts'
import type { LinkVerdict, SlipFound } from './types.ts'

export interface EqualOptions extends JudgeOptions {
  /** The network that the formulas speak of; without one all letters are free. */
  readonly network?: Network
  /** Meanings for functions: `{ g: 'sigmoid' }`. */
  readonly let?: Readonly<Record<string, string>>
}

export type EqualVerdict = LinkVerdict & { readonly slip?: SlipFound }

/** The verdict on `left = right`. Throws a ChainError with the place for a formula that is none. */
export function judgeEqual(left: string, right: string, options: EqualOptions = {}): EqualVerdict {
  const [mark, kept] = [internMark(), keptSoFar()]
  const budget = newBudget(options.budget, options.now)
  try {
    const lexicon = options.network ? undefined : { words: new Set<string>(), letters: new Set(Array.from(LETTERS).filter(c => c !== 'd' || ![left, right].some(hasD))) }
    if (options.network) return inNetwork(left, right, options.network, options, budget)
    const trees = [left, right].map(l => only(readLatex(l, { lexicon: lexicon! }).statements, l))
    return free(trees as [Latex, Latex], left, right, options, budget)
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error
    return { verdict: 'undecided', left: { start: 0, end: left.length }, right: { start: 0, end: right.length }, note: `stopped: ${error.message}` }
  } finally {
    clearEvaluationLimit()
    if (keptSoFar() === kept) forgetSince(mark)
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Whether d stands as a derivative: `\\frac d{dx}`, `\\frac{dy}{dx}`. */
const hasD = (latex: string): boolean => /\\[dt]?frac\s*(\{\s*d[^{}]*\}|d)\s*\{\s*d\s*\\?[A-Za-z]/.test(latex)

function only(statements: readonly Latex[], latex: string): Latex {
  if (statements.length === 1 && statements[0]!.kind !== 'relation') return statements[0]!
  throw new ChainError({ problem: 'One expression is expected, without a relation.', place: { path: 'the formula', source: latex, span: { start: 0, end: latex.length } } })
}

function inNetwork(left: string, right: string, network: Network, options: EqualOptions, budget: Setting['budget']): EqualVerdict {
  const source = network.source
  const read = options.let ? readNetwork(source, network.path, { functions: options.let }) : network
  const entry: ExerciseNetwork = { name: network.path || 'the network', source, path: network.path, network: read, notation: [], ...(options.let ? { functions: options.let } : {}) }
  return judged(left, right, entry, budget, options).explain()
}

interface Outcome { readonly verdict: EqualVerdict; /** One side at least could be read. */ readonly readable: boolean; /** The verdict with its slip. */ readonly explain: () => EqualVerdict }

function judged(left: string, right: string, entry: ExerciseNetwork, budget: Setting['budget'], options: EqualOptions, atoms: ReadonlyMap<string, string> = new Map()): Outcome {
  const maker = sceneMaker(entry, options.seed)
  const parts = [left, right].map(l => withAtoms(only(readLatex(l, { lexicon: maker.lexicon }).statements, l), atoms))
  const chain: Chain = { parts, relations: ['≡'], conditions: [] }
  const setting: Setting = { entry, maker, budget, conditions: [], pageNames: [] }
  const outcome = judgeChain(chain, setting)
  const done: JudgedChain = { chain, outcome, setting, target: false }
  const plain = assembled({ line: 1, offset: 0, latex: right }, { latex: right, line: 1, offset: 0, conditions: [], headings: [] }, [done])
  const explain = (): EqualVerdict => {
    const v = explained(plain, [done], right)
    return { ...v.links[0]!, ...(v.slip ? { slip: v.slip } : {}) }
  }
  const [a, b] = outcome.chain.parts.map(p => p.at(0) !== undefined)
  return { verdict: plain.links[0]!, readable: a === true || b === true, explain }
}

/** All letters free: the first guess in which a side has a meaning decides. */
function free(trees: readonly [Latex, Latex], left: string, right: string, options: EqualOptions, budget: Setting['budget']): EqualVerdict {
  const atoms = new Map<string, string>()
  const plain = trees.map(t => opaque(t, atoms)) as [Latex, Latex]
  const unclear = likeNames(plain)
  let first: EqualVerdict | undefined
  for (const guess of guesses(plain)) {
    const entry = entryOf(guess)
    if (!entry) continue
    const { verdict, readable, explain } = judged(left, right, entry, budget, options, atoms)
    first ??= verdict
    if (!readable) continue
    if (unclear) return { ...verdict, verdict: 'undecided', note: unclear }
    if (verdict.verdict === 'undecided' && verdict.note?.startsWith('the shapes do not fit')) {
      if (plain.some(marksMatrices)) return { ...explain(), verdict: 'refuted' }
      first = { ...verdict, verdict: 'refuted' }
      continue
    }
    if (verdict.verdict !== 'refuted') return verdict
    if (atoms.size > 1 && plainText(telescoped(trees[0])) === plainText(telescoped(trees[1]))) return { ...verdict, verdict: 'undecided', note: 'it depends on the network: the product is the derivative where there is no other way between the two' }
    return explain()
  }
  return first ?? { verdict: 'undecided', left: { start: 0, end: left.length }, right: { start: 0, end: right.length }, note: 'no meaning was found under which both sides have a value' }
}

function entryOf(guess: Guess): ExerciseNetwork | undefined {
  try {
    const network = readNetwork(guess.source, 'the formulas')
    return { name: 'the formulas', source: guess.source, path: 'the formulas', network, notation: [{ kind: 'layout', layout: 'either', place: { path: '', source: '', span: { start: 0, end: 0 } } }] }
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** Derivatives of what is not written out have no value: each becomes a letter of its own. */
function opaque(e: Latex, atoms: Map<string, string>): Latex {
  if (e.kind === 'derivative' && !e.operator && !e.by.some(b => mentions(e.of, printLatex(withoutSpans(b.variable))))) {
    const key = printLatex(withoutSpans(e))
    const name = atoms.get(key) ?? `D_${atoms.size + 1}`
    atoms.set(key, name)
    return atomTree(name, e)
  }
  return mapLatexChildren(e, c => opaque(c, atoms))
}

const withAtoms = (e: Latex, atoms: ReadonlyMap<string, string>): Latex => {
  if (atoms.size === 0) return e
  const name = e.kind === 'derivative' ? atoms.get(printLatex(withoutSpans(e))) : undefined
  return name !== undefined ? atomTree(name, e) : mapLatexChildren(e, c => withAtoms(c, atoms))
}

const atomTree = (name: string, e: Latex): Latex => ({ kind: 'scripted', base: { kind: 'symbol', name: 'partial', span: e.span, own: [] }, sub: [{ kind: 'number', text: name.slice(2), span: e.span, own: [] }], sup: [], primes: 0, span: e.span, own: [] })
const mentions = (e: Latex, text: string): boolean => printLatex(withoutSpans(e)) === text || latexChildren(e).some(c => mentions(c, text))

/** ∂a/∂b ∂b/∂c as ∂a/∂c, wherever factors of a product go on from one another. */
function telescoped(e: Latex): Latex {
  if (e.kind !== 'product') return mapLatexChildren(e, telescoped)
  const factors = e.factors.map(telescoped)
  for (let changed = true; changed;) {
    changed = false
    for (const [i, a] of factors.entries()) {
      const j = factors.findIndex((b, k) => k !== i && a.kind === 'derivative' && b.kind === 'derivative' && a.by.length === 1 && b.by.length === 1 && plainText(a.by[0]!.variable) === plainText(b.of))
      const [p, q] = [a, factors[j]]
      if (p.kind !== 'derivative' || q?.kind !== 'derivative') continue
      factors[i] = { ...p, by: q.by }
      factors.splice(j, 1)
      changed = true
      break
    }
  }
  return factors.length === 1 ? factors[0]! : { ...e, factors, operators: e.operators.slice(0, factors.length - 1) }
}

/** Signs that capital letters are matrices: a transpose, an entrywise product, a diagonal. */
const marksMatrices = (e: Latex): boolean => (e.kind === 'scripted' && e.sup.some(r => r.kind === 'transpose')) || (e.kind === 'product' && e.operators.includes('odot')) || (e.kind === 'symbol' && e.name === 'diag') || latexChildren(e).some(marksMatrices)

const plainText = (e: Latex): string => printLatex(withoutSpans(e))

/** Two names that differ in their commas only: one may be meant by the other. */
function likeNames(trees: readonly Latex[]): string | undefined {
  const names = new Map<string, string>()
  const walk = (e: Latex): string | undefined => {
    if (e.kind === 'scripted' && e.sub) {
      const text = printLatex(withoutSpans(e))
      const bare = text.replace(/[\s,{}]/g, '')
      const old = names.get(bare)
      if (old !== undefined && old !== text) return `it depends on whether ${old} and ${text} name the same`
      names.set(bare, text)
    }
    for (const c of latexChildren(e)) { const found = walk(c); if (found) return found }
    return undefined
  }
  for (const t of trees) { const found = walk(t); if (found) return found }
  return undefined
}
