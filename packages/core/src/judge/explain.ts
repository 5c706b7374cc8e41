/** Why the first wrong link is wrong: the slip that made it, searched in the scenes in which the page may be meant. */
import type { Latex } from '../language/latex/ast.ts'
import { functionChoices, functionKeys, peersOf } from './alternatives.ts'
import type { JudgedChain } from './judged.ts'
import { OverBudget } from './budget.ts'
import { sceneChain, type SceneChain } from './scene-chain.ts'
import { findSlip } from './slips/search.ts'
import { type ClaimVerdict, type LinkVerdict, type SlipFound, worst } from './types.ts'

/** A link that is wrong, or whose shapes do not fit. */
interface Wrong { readonly judged: JudgedChain; readonly link: number; readonly shown: number; readonly shapes: boolean }

/** The verdict with the slip of its first wrong link; a line that a known slip mends is refuted, even where it had no value. */
export function explained(v: ClaimVerdict, done: readonly JudgedChain[], latex: string): ClaimVerdict {
  const wrong = firstWrong(done)
  if (!wrong) return v
  const slip = searched(wrong, latex)
  if (!slip) return v
  if (!wrong.shapes) return { ...v, slip }
  const links = v.links.map((l, k): LinkVerdict => (k === wrong.shown ? { ...l, verdict: 'refuted' } : l))
  return { ...v, verdict: worst(links.map(l => l.verdict)), links, firstWrong: Math.min(v.firstWrong ?? Infinity, wrong.shown + 1), slip }
}

function firstWrong(done: readonly JudgedChain[]): Wrong | undefined {
  let shown = 0
  for (const judged of done) {
    const offset = judged.target && judged.outcome.links.length > 1 ? 1 : 0
    for (const [link, l] of judged.outcome.links.entries()) {
      const shapes = l.kind === 'undecided' && l.raw.kind === 'shapes'
      if (l.kind === 'refuted' || shapes) return { judged, link, shown: shown + Math.max(0, link - offset), shapes }
    }
    shown += judged.outcome.links.length - offset
  }
  return undefined
}

function searched({ judged, link }: Wrong, latex: string): SlipFound | undefined {
  const { outcome, chain, setting, target } = judged
  const parts: readonly (Latex | undefined)[] = target ? [undefined, ...chain.parts] : chain.parts
  const wrong = parts[link + 1]
  if (!wrong) return undefined
  const right = parts.slice(0, link + 1).filter((p, k): p is Latex => p !== undefined && k > 0).reverse()
  const look = (scene: SceneChain): SlipFound | undefined => findSlip({ chain: scene, link, wrong, right, latex, lexicon: setting.maker.lexicon })
  try {
    const told = outcome.links[link]!.chain
    const found = look(told)
    if (found) return found
    for (const scene of otherScenes(judged, told)) {
      for (let k = 0; k < link; k++) scene.link(k)
      const again = look(scene)
      if (again) return again
    }
  } catch (error) {
    // a search that takes too long leaves the verdict as it is
    if (!(error instanceof OverBudget)) throw error
  }
  return undefined
}

/** The other readings of the network, and its abstract functions with a meaning. */
function* otherScenes({ outcome, chain, setting }: JudgedChain, told: SceneChain): Generator<SceneChain> {
  const peers = peersOf(setting.entry)
  const make = (v: Omit<Parameters<typeof setting.maker.make>[0], 'layout'>, layout = outcome.layout): SceneChain => sceneChain(setting.maker.make({ ...v, layout }), chain, setting)
  const place = setting.entry.network.depth ? { place: { depth: 4, layer: 2 } } : {}
  for (const layout of setting.maker.layouts) if (layout !== outcome.layout) yield make({ ...peers[0]!, ...place }, layout)
  for (const p of peers.slice(0, 4)) if (p.choices.some(c => !told.scene.choices.some(d => d.name === c.name && d.value === c.value))) yield make(p)
  const functions = functionChoices(setting.entry, functionKeys(setting.entry))
  const most = Math.max(0, ...functions.map(f => Object.keys(f.functions!).length))
  for (const f of functions.filter(x => Object.keys(x.functions!).length === most)) yield make({ ...peers[0]!, functions: f.functions!, choices: f.choices })
}
