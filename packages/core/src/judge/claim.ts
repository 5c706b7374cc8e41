/** One formula of a page: read, judged in the network that it speaks of, put into words. */
import { ChainError } from '../errors.ts'
import { forgetSince, internMark } from '../expression/index.ts'
import { clearEvaluationLimit } from '../evaluate/limit.ts'
import { type Latex, type LatexFormula, type Lexicon, readLatex } from '../language/latex/index.ts'
import { type Budget, newBudget, OverBudget } from './budget.ts'
import { judgeChain, type Setting } from './chain-verdict.ts'
import { type JudgedChain, type JudgeOptions, linksOf } from './judged.ts'
import { type Chain, chainsOf } from './chains.ts'
import { namesOf } from './names/kinds.ts'
import { leftOpen } from './left-open.ts'
import type { Exercise, ExerciseNetwork, Question } from './exercise/exercise.ts'
import { sceneMaker, type SceneMaker } from './exercise/scenes.ts'
import { inExercise, underOwnName } from './own-names.ts'
import type { PageState } from './page-state.ts'
import { keptSoFar } from './kept.ts'
import { followedFrom, wrongLine } from './follow.ts'
import { networksFor, questionOf } from './questions.ts'
import { targetOf } from './target.ts'
import { type ClaimSource, type ClaimVerdict, worst } from './types.ts'
import { linkVerdict } from './words.ts'
import { explained } from './explain.ts'
import { valueKey } from './value-key.ts'

/** An exercise ready for judging: scenes are made once and kept. */
export interface Bench { readonly exercise: Exercise; readonly makers: ReadonlyMap<string, SceneMaker>; readonly options: JudgeOptions }

const benches = new WeakMap<Exercise, Map<number | undefined, Bench>>()

/** The bench of an exercise: one for each seed of its points. */
export function benchOf(exercise: Exercise, options: JudgeOptions = {}): Bench {
  const known = benches.get(exercise) ?? new Map<number | undefined, Bench>()
  benches.set(exercise, known)
  const bench = known.get(options.seed) ?? { exercise, options, makers: new Map(exercise.networks.map(n => [n.name, sceneMaker(n, options.seed)])) }
  known.set(options.seed, bench)
  return { ...bench, options }
}

/** A claim with everything that slips and later lines need to know about it. */
export interface Judged { readonly verdict: ClaimVerdict; readonly chains: readonly JudgedChain[]; readonly entry: ExerciseNetwork | undefined }

/** The verdict on a formula. Never throws for what stands on the page. */
export function judgeClaim(source: ClaimSource, bench: Bench, page: PageState): Judged {
  const budget = newBudget(bench.options.budget, bench.options.now)
  const [mark, kept] = [internMark(), keptSoFar()]
  try {
    return judged(source, bench, page, budget)
  } catch (error) {
    if (error instanceof OverBudget) return { verdict: stopped(source, bench, error.message), chains: [], entry: undefined }
    if (error instanceof ChainError) return { verdict: stopped(source, bench, error.problem), chains: [], entry: undefined }
    if (error instanceof RangeError) return { verdict: stopped(source, bench, 'it is nested too deeply to be computed'), chains: [], entry: undefined }
    throw error
  } finally {
    clearEvaluationLimit()
    for (const m of bench.makers.values()) m.renew()
    if (keptSoFar() === kept) forgetSince(mark)
  }
}

const base = (s: ClaimSource): Pick<ClaimVerdict, 'line' | 'offset' | 'latex'> & { id?: string } => ({ ...(s.id === undefined ? {} : { id: s.id }), line: s.line, offset: s.offset, latex: s.latex })

function stopped(source: ClaimSource, bench: Bench, reason: string): ClaimVerdict {
  const question = questionOf(source, bench.exercise)
  return { ...base(source), ...(question ? { question: question.id } : {}), verdict: 'undecided', links: [{ verdict: 'undecided', left: whole(source), right: whole(source), note: `stopped: ${reason}` }], firstWrong: null }
}

const whole = (s: ClaimSource) => ({ start: 0, end: s.latex.length })

function judged(source: ClaimSource, bench: Bench, page: PageState, budget: Budget): Judged {
  const question = questionOf(source, bench.exercise)
  let best: Judged | undefined
  for (const entry of networksFor(question, bench.exercise)) {
    const made = inNetwork(source, entry, question, bench, page, budget)
    if (!best || score(made.verdict) > score(best.verdict)) best = made
    if (best.verdict.verdict === 'proved' || best.verdict.verdict === 'agrees') break
  }
  return best!
}

const score = (v: ClaimVerdict): number => ({ proved: 6, agrees: 5, conditional: 4, refuted: 3, undecided: 2, unreadable: 1 })[v.verdict] + (v.slip ? 0.5 : 0) + (v.firstWrong ?? 0) / 100

function inNetwork(source: ClaimSource, entry: ExerciseNetwork, question: Question | undefined, bench: Bench, page: PageState, budget: Budget): Judged {
  const maker = bench.makers.get(entry.name)!
  const lexicon = withPageWords(maker.lexicon, page)
  const about = { ...base(source), ...(question ? { question: question.id } : {}) }
  let formula: LatexFormula
  try {
    formula = readLatex(source.latex, { lexicon, limits: { characters: budget.limits.length, depth: budget.limits.depth, nodes: budget.limits.nodes } })
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    const span = error.place?.span
    return { entry, chains: [], verdict: { ...about, verdict: 'unreadable', links: [], firstWrong: null, problem: { message: error.message, ...(span ? { span } : {}) }, key: `unreadable|${source.latex.replace(/\s+/g, '')}` } }
  }
  const conditions = source.conditions.flatMap(c => conditionTrees(c, lexicon))
  const { chains, strange } = chainsOf(formula, namesOf(entry, lexicon))
  if (strange) return { entry, chains: [], verdict: { ...about, verdict: 'undecided', links: [], firstWrong: null, problem: { message: 'What this says of the claim beside it is not read.', span: strange.span }, key: `undecided|${source.latex.replace(/\s+/g, '')}` } }
  const target = targetOf(question, entry)
  const done: JudgedChain[] = []
  for (const [k, chain] of chains.entries()) {
    const wanted = k === 0 && !startsWithName(chain) ? target : undefined
    if (chain.relations.length === 0 && !wanted) continue
    // what does not hold of itself is the condition of what follows from it
    const premise = chain.premise && done.at(-1)
    const assumed = premise?.outcome.links.some(l => l.kind !== 'holds' && l.kind !== 'conditional') ? chain.premise : undefined
    if (assumed) done.pop()
    const setting: Setting = { entry, maker, budget, conditions: [...conditions, ...chain.conditions, ...(assumed ? [assumed.tree] : [])], pageNames: page.defined, ...(wanted ? { target: wanted } : {}) }
    const first: JudgedChain = { chain, outcome: judgeChain(chain, setting), setting, target: wanted !== undefined }
    const judged = (k === 0 && target && !wanted ? underOwnName(first, target, page) : undefined) ?? inExercise(first, page)
    done.push(leftOpen(judged, assumed?.same === true))
  }
  const verdict = explained(assembled(about, source, done), done, source.latex)
  return { entry, chains: done, verdict: followed(verdict, done, entry, page) }
}

/** The verdict with what it follows from; a new mistake is kept for the lines after it. */
function followed(v: ClaimVerdict, done: readonly JudgedChain[], entry: ExerciseNetwork, page: PageState): ClaimVerdict {
  if (v.firstWrong === null) return v
  for (const d of done) {
    const link = d.outcome.links.findIndex(l => l.kind === 'refuted')
    if (link < 0) continue
    const from = followedFrom(d, link, page, entry.name)
    const line = wrongLine(d, v.id ?? `line ${v.line}`, entry.name)
    if (line) page.wrong.push(line)
    if (from !== undefined) return { ...v, follows: true, followsFrom: from }
  }
  return v
}

/** A chain that begins with what it claims, so that the question need not say it. */
const startsWithName = (c: Chain): boolean => c.relations.length > 0 && c.parts[0] !== undefined && isNameLike(c.parts[0])
const isNameLike = (e: Latex): boolean => e.kind === 'symbol' || e.kind === 'derivative' || e.kind === 'nabla' || e.kind === 'differential' || e.kind === 'applied' || (e.kind === 'scripted' && isNameLike(e.base))

const withPageWords = (l: Lexicon, page: PageState): Lexicon => ({
  words: new Set([...l.words, ...page.defined.map(d => d.text).filter(t => t.length > 1)]),
  letters: new Set([...l.letters, ...page.defined.map(d => d.text).filter(t => t.length === 1)]),
})

function conditionTrees(latex: string, lexicon: Lexicon): readonly Latex[] {
  try {
    return readLatex(latex, { lexicon }).statements.filter(s => s.kind === 'relation')
  } catch (error) {
    if (error instanceof ChainError) return []
    throw error
  }
}

/** The verdict of a claim from its links. */
export function assembled(about: ReturnType<typeof base> & { question?: string }, source: ClaimSource, done: readonly JudgedChain[]): ClaimVerdict {
  const links = done.flatMap(d => linksOf(d).map(l => linkVerdict(l, source.latex)))
  if (links.length === 0) return { ...about, verdict: 'undecided', links: [], firstWrong: null, problem: { message: 'This formula claims nothing that can be judged: it has no two sides, and its question is not known.' } }
  const first = links.findIndex(l => l.verdict === 'refuted')
  return { ...about, verdict: worst(links.map(l => l.verdict)), links, firstWrong: first < 0 ? null : first + 1, key: valueKey(done, links) }
}
