/**
 * The verdict on every link of a chain, over all scenes of a network: proved or agrees where it holds in all of them,
 * conditional where it holds in some, or in one that the page takes for granted; refuted where it holds in none.
 */
import type { Expr, Index } from '../expression/index.ts'
import type { Latex } from '../language/latex/ast.ts'
import { functionChoices, functionKeys, letterConditions, peersOf } from './alternatives.ts'
import type { Budget } from './budget.ts'
import type { Chain } from './chains.ts'
import { rank, type Raw } from './compare/raw.ts'
import { divisible } from './compare/divisible.ts'
import type { ExerciseNetwork } from './exercise/exercise.ts'
import type { SceneMaker, Variant } from './exercise/scenes.ts'
import type { Env } from './meaning/env.ts'
import type { Content } from './meaning/meaning.ts'
import type { Choice, PageName, Scene } from './scene.ts'
import { type SceneChain, sceneChain } from './scene-chain.ts'

export interface Setting {
  readonly entry: ExerciseNetwork
  readonly maker: SceneMaker
  readonly budget: Budget
  readonly conditions: readonly Latex[]
  readonly target?: ((env: Env) => Content) | undefined
  /** Names that the page defined, and quantities that it got wrong and goes on with. */
  readonly pageNames: readonly PageName[]
}

/** The verdict on a link before it is put into words. */
export interface LinkOutcome {
  readonly kind: 'holds' | 'conditional' | 'refuted' | 'undecided' | 'unreadable'
  readonly raw: Raw
  readonly assumption?: string
  /** True where what was granted stands nowhere in the exercise or on the page: a condition on letters, or the exercise's own numbers. */
  readonly unsaid?: true
  /** What comes out without a condition on letters. */
  readonly refuting?: { readonly raw: Raw; readonly chain: SceneChain }
  /** Scenes in which it does not hold, for saying what comes out there. */
  readonly failing: readonly { readonly chain: SceneChain; readonly choices: readonly Choice[] }[]
  /** The scene that the outcome is told in. */
  readonly chain: SceneChain
}

/** Depths and layers at which a claim of any depth is judged: all different. */
const PLACES = [{ depth: 3, layer: 2 }, { depth: 4, layer: 2 }, { depth: 4, layer: 3 }, { depth: 3, layer: 1 }, { depth: 5, layer: 2 }, { depth: 6, layer: 4 }] as const

interface Ran { readonly variant: Omit<Variant, 'layout' | 'place'>; readonly chains: readonly SceneChain[] }

export interface ChainOutcome { readonly links: readonly LinkOutcome[]; readonly chain: SceneChain; readonly layout: 'jacobian' | 'gradient' }

/** All links of a chain in a network. */
export function judgeChain(chain: Chain, s: Setting): ChainOutcome {
  const count = chain.relations.length + (s.target ? 1 : 0)
  const links = Array.from({ length: count }, (_, k) => k)
  let best: ChainOutcome | undefined
  for (const layout of s.maker.layouts) {
    const made = inLayout(chain, layout, links, s)
    if (!best || quality(made) > quality(best)) best = made
    // scalars have no layout, so a second one cannot do better
    if (made.links.every(l => l.kind === 'holds')) break
  }
  return best!
}

/** Links that hold count, the earlier ones more. */
const quality = (o: ChainOutcome): number => o.links.reduce((q, l, k) => q + (l.kind === 'holds' ? 3 : l.kind === 'conditional' ? 2 : l.kind === 'undecided' ? 0.5 : l.kind === 'unreadable' ? 0.2 : 0) / (k + 1), 0)

function inLayout(chain: Chain, layout: 'jacobian' | 'gradient', links: readonly number[], s: Setting): ChainOutcome {
  const run = (variant: Omit<Variant, 'layout' | 'place'>): Ran => ({ variant, chains: placesOf(s.entry).map(place => sceneChain(withPage(s.maker.make({ ...variant, layout, ...(place ? { place } : {}) }), s.pageNames), chain, s)) })
  const peers = peersOf(s.entry).map(run)
  const first = peers[0]!
  return { layout, chain: first.chains[0]!, links: links.map(k => linkOutcome(k, peers, run, s)) }
}

const placesOf = (entry: ExerciseNetwork): readonly (Variant['place'] | undefined)[] => (entry.network.depth ? PLACES : [undefined])

const withPage = (scene: Scene, names: readonly PageName[]): Scene => (names.length === 0 ? scene : { ...scene, pageNames: [...names, ...scene.pageNames] })

/** The outcome over all places: one that differs decides; a place where a name does not exist says nothing beside others. */
function overPlaces(ran: Ran, k: number): { raw: Raw; chain: SceneChain } {
  const all = ran.chains.map(chain => ({ raw: chain.link(k), chain }))
  const readable = all.filter(a => a.raw.kind !== 'unreadable')
  const list = readable.length >= Math.min(2, all.length) ? readable : all
  return list.reduce((a, b) => (order(b.raw) < order(a.raw) ? b : a))
}

const order = (r: Raw): number => (r.kind === 'differs' ? -1 : rank(r))

function linkOutcome(k: number, peers: readonly Ran[], run: (v: Omit<Variant, 'layout' | 'place'>) => Ran, s: Setting): LinkOutcome {
  const results = peers.map(p => ({ ...overPlaces(p, k), ran: p }))
  const holding = results.filter(r => r.raw.kind === 'holds')
  const told = holding[0] ?? results.reduce((a, b) => (rank(b.raw) > rank(a.raw) ? b : a))
  const failing = results.filter(r => r.raw.kind !== 'holds').map(r => ({ chain: r.chain, choices: r.ran.variant.choices }))
  if (holding.length === results.length) {
    const found = holding.reduce((a, b) => (rank(b.raw) < rank(a.raw) ? b : a))
    const weakest = found.ran.chains.length > 1 && found.raw.kind === 'holds' ? { ...found, raw: { ...found.raw, proof: 'agrees' as const, notes: [...found.raw.notes, 'at several depths'] } } : found
    const granted = weakest.raw.kind === 'holds' ? weakest.raw.assumption : undefined
    return granted === undefined ? { kind: 'holds', raw: weakest.raw, failing: [], chain: weakest.chain } : { kind: 'conditional', raw: weakest.raw, assumption: granted, unsaid: true, failing: [], chain: weakest.chain }
  }
  if (holding.length > 0) return { kind: 'conditional', raw: told.raw, assumption: distinguishing(holding.map(h => h.ran.variant.choices), results.map(r => r.ran.variant.choices)), failing, chain: told.chain }
  const granted = grantedBy(k, told.raw, told.chain, run, s)
  if (granted) return { kind: 'conditional', raw: granted.raw, assumption: granted.words, ...(granted.unsaid ? { unsaid: true, refuting: told } : {}), failing, chain: granted.chain }
  return { kind: kindOf(told.raw), raw: told.raw, failing, chain: told.chain }
}

function kindOf(r: Raw): LinkOutcome['kind'] {
  switch (r.kind) {
    case 'holds': return 'holds'
    case 'differs': return 'refuted'
    case 'unreadable': return 'unreadable'
    case 'shapes': case 'undecided': return 'undecided'
  }
}

/** What all holding scenes chose alike and not all scenes chose: `same padding, no biases`. */
function distinguishing(holding: readonly (readonly Choice[])[], all: readonly (readonly Choice[])[]): string {
  const [first, ...rest] = holding
  const shared = first!.filter(c => rest.every(h => h.some(d => d.name === c.name && d.value === c.value)))
  const telling = shared.filter(c => all.some(h => h.some(d => d.name === c.name && d.value !== c.value)))
  return telling.map(c => c.words).join(', ')
}

interface Granted { readonly raw: Raw; readonly words: string; readonly chain: SceneChain; /** It stands nowhere on the page. */ readonly unsaid?: true }

/** The least that has to be granted for the link to hold; undefined when nothing does. */
function grantedBy(k: number, raw: Raw, chain: SceneChain, run: (v: Omit<Variant, 'layout' | 'place'>) => Ran, s: Setting): Granted | undefined {
  if (raw.kind === 'unreadable') return undefined
  const base = peersOf(s.entry)[0]!
  for (const choice of functionChoices(s.entry, functionKeys(s.entry))) {
    s.budget.checkTime()
    const found = overPlaces(run({ ...base, functions: choice.functions!, choices: choice.choices }), k)
    if (found.raw.kind === 'holds') return { ...found, words: [choice.choices.map(c => c.words).join(', '), found.raw.assumption].filter(w => w !== undefined).join('; ') }
  }
  for (const c of s.conditions.length > 0 ? [] : letterConditions(lettersOf(chain, k))) {
    const under = chain.under((): Expr => c.expr)
    const found = under.link(k)
    if (found.kind === 'holds') return { raw: found, words: c.words, chain: under, unsaid: true }
  }
  const words = divisible(raw, chain.scene)
  return words === undefined ? undefined : { raw: { kind: 'holds', proof: 'agrees', notes: [] }, words, chain, unsaid: true }
}

/** Free index letters of both sides of a link. */
function lettersOf(chain: SceneChain, k: number): readonly Index[] {
  const found = new Map<string, Index>()
  for (const p of [chain.parts[k], chain.parts[k + 1]]) for (const [name, index] of p?.at(0)?.letters ?? []) found.set(name, index)
  return [...found.values()]
}
