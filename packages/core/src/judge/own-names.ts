/** Names that are nothing of the exercise: what a page defines, what it calls its answers, letters that stand for anything. */
import { latexChildren, type Latex } from '../language/latex/index.ts'
import { findConstant } from '../operations/index.ts'
import { type ChainOutcome, judgeChain, type LinkOutcome, type Setting } from './chain-verdict.ts'
import type { Chain } from './chains.ts'
import { sceneMaker } from './exercise/scenes.ts'
import { freeNetworks } from './free-claim.ts'
import type { JudgedChain } from './judged.ts'
import { readings, ReadingProblem } from './meaning/run.ts'
import { candidates, writtenOf } from './meaning/symbols.ts'
import type { Written } from './names/match.ts'
import { equalTrees } from './names/pattern.ts'
import { definition, type PageState } from './page-state.ts'
import type { PageName, Scene } from './scene.ts'
import type { SceneChain } from './scene-chain.ts'

/** `N = 96 \cdot 2 + 96` where the question asks for a number and N is nothing of the exercise: its value is what is claimed. */
export function underOwnName(d: JudgedChain, target: NonNullable<Setting['target']>, page: PageState): JudgedChain | undefined {
  if (!hasOwnName(d)) return undefined
  const chain: Chain = { ...d.chain, parts: d.chain.parts.slice(1), relations: d.chain.relations.slice(1) }
  const setting: Setting = { ...d.setting, target }
  const outcome = judgeChain(chain, setting)
  if (outcome.links[0]!.kind === 'unreadable') return undefined
  const made = definition(d.chain.parts[0]!, chain.parts[0]!)
  if (made && !isTaken(made, outcome.chain.scene)) page.defined.push(made)
  return { chain, outcome, setting, target: true }
}

/** A lone name on the left that nothing declares and nothing on the right speaks of. */
function hasOwnName({ chain, outcome }: JudgedChain): boolean {
  const [left, ...rest] = chain.parts
  if (!left || rest.length === 0 || !(chain.relations[0] === '=' || chain.relations[0] === ':=')) return false
  return isUndeclared(left, outcome.chain) && rest.every(p => p === undefined || !mentionsTree(p, left))
}

/** \delta_{ij}, \delta_{i,j} */
const isKronecker = ({ base, sub }: Written): boolean => base === 'delta' && sub.reduce((n, s) => n + (s.kind === 'product' ? s.factors.length : 1), 0) === 2

/** A name without a meaning in the exercise, on the page and in mathematics. */
function isUndeclared(e: Latex, chain: SceneChain): boolean {
  const w = writtenOf(e)
  if (!w || w.primes > 0 || w.base === 'I' || findConstant(w.base) || chain.scene.rates.has(w.base) || isKronecker(w) || (w.sub.length === 0 && chain.scene.network.dims.has(w.base))) return false
  for (const r of readings(run => chain.env(run), chain.budget, new Map(), 1)) if (!(r instanceof ReadingProblem)) return candidates(w, r.value).length === 0
  return false
}

const mentionsTree = (e: Latex, name: Latex): boolean => equalTrees(e, name) || latexChildren(e).some(c => mentionsTree(c, name))

/** The chain as it stands; where it names nothing of the exercise, with its letters free or as a definition. */
export function inExercise(d: JudgedChain, page: PageState): JudgedChain {
  if (d.target || !(d.outcome.links.some(l => l.kind === 'unreadable') || (d.outcome.links[0]?.kind === 'refuted' && hasOwnName(d)))) return d
  for (const entry of freeNetworks(d.chain.parts.filter(p => p !== undefined), d.setting.entry, d.outcome.chain)) {
    const setting: Setting = { ...d.setting, entry, maker: sceneMaker(entry), target: undefined }
    const outcome = judgeChain(d.chain, setting)
    // with free letters a lone name on the left is what the page makes it
    if (hasOwnName(d) && outcome.links[0]!.kind !== 'holds') break
    if (outcome.links.every(l => l.kind !== 'unreadable')) return { ...d, outcome, setting }
  }
  return { ...d, outcome: defines(d, page) }
}

/** A first link whose left side is a new name defines it. */
function defines(d: JudgedChain, page: PageState): ChainOutcome {
  const { chain, outcome } = d
  const [left, right] = chain.parts
  const first = outcome.links[0]
  const relation = chain.relations[0]
  if (!left || !right || !first || (relation !== '=' && relation !== ':=' && relation !== '≡')) return outcome
  const problem = outcome.chain.parts[0]!.problem()
  const isNew = (problem?.sort === 'name' && !outcome.chain.parts[0]!.at(0)) || hasOwnName(d)
  if (!isNew || !outcome.chain.parts[1]!.at(0)) return outcome
  const made = definition(left, right)
  if (!made || isTaken(made, outcome.chain.scene)) return outcome
  page.defined.push(made)
  const link: LinkOutcome = { kind: 'holds', raw: { kind: 'holds', proof: 'agrees', notes: [`${made.text} is nothing of the exercise: this line is taken as its definition`] }, failing: [], chain: first.chain }
  return { ...outcome, links: [link, ...outcome.links.slice(1)] }
}

/** A name that the exercise has with other labels, or the page already: n_8 beside n_1 to n_7 is no new name. */
const isTaken = ({ pattern }: PageName, scene: Scene): boolean => pattern.kind === 'name' && (scene.table.byBase.has(pattern.base) || scene.pageNames.some(p => p.pattern.kind === 'name' && p.pattern.base === pattern.base))
