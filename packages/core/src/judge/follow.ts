/**
 * Follow-through: a wrong line is judged once more given an earlier wrong line of the page. Where it holds then, it
 * follows from the earlier slip and is no new mistake.
 */
import { type Expr, type Index, substitute } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import type { Latex } from '../language/latex/index.ts'
import type { NetworkNode } from '../network/types.ts'
import type { JudgedChain } from './judged.ts'
import { noteKept } from './kept.ts'
import { readTensor } from './meaning/env.ts'
import { readings, ReadingProblem } from './meaning/run.ts'
import type { PageState, WrongLine } from './page-state.ts'
import { pointsOf } from './points.ts'
import type { Scene } from './scene.ts'
import { sceneChain, type SceneChain } from './scene-chain.ts'

/** Wrong lines looked back at. */
const MOST = 4

/** The earlier wrong line that a wrong link follows from. */
export function followedFrom(d: JudgedChain, link: number, page: PageState, entry: string): string | undefined {
  const told = d.outcome.links[link]!.chain
  for (const w of [...page.wrong].reverse().filter(x => x.network === entry).slice(0, MOST)) {
    try {
      const scene = given(w, told)
      if (!scene) continue
      const again = sceneChain(scene, d.chain, d.setting)
      if (again.link(link).kind === 'holds') return w.claim
    } catch (error) {
      if (!(error instanceof ChainError)) throw error
    }
  }
  return undefined
}

/** The scene in which a wrong line is taken to be right; undefined for a line that names no quantity. */
function given(w: WrongLine, told: SceneChain): Scene | undefined {
  let read: { left: ReturnType<typeof readTensor>; right: ReturnType<typeof readTensor> } | undefined
  for (const r of readings(run => { const env = told.env(run); return { left: readTensor(w.left, env), right: readTensor(w.right, env) } }, told.budget, new Map(), 1)) if (!(r instanceof ReadingProblem)) read = r.value
  if (!read || read.left.axes.length !== read.right.axes.length) return undefined
  const { scene } = told
  const left = read.left.expr
  const value = substitute(read.right.expr, new Map(read.right.axes.map((a, k) => [a, read.left.axes[k]!])))
  if (left.kind === 'derivative' && !left.direct && left.of.kind === 'symbol') return { ...scene, adjoints: [{ of: left.of, by: left.by, value }] }
  if (left.kind !== 'symbol' || left.indices.some(i => i.literal !== undefined)) return undefined
  const node = scene.network.byTensor.get(left.tensor.key)
  return node?.definition ? withDefinition(scene, node, left.indices, value) : undefined
}

/** The scene with another definition for one node, and points of its own. */
function withDefinition(scene: Scene, node: NetworkNode, indices: readonly Index[], value: Expr): Scene | undefined {
  const map = new Map(indices.map((i, k) => [i, node.indices[k]!]))
  if (value.free.some(i => !map.has(i))) return undefined
  noteKept()
  const changed: NetworkNode = { ...node, definition: substitute(value, map) }
  const nodes = scene.network.nodes.map(n => (n === node ? changed : n))
  const network = { ...scene.network, nodes, byName: new Map(nodes.map(n => [n.name, n])), byTensor: new Map(nodes.map(n => [n.tensor.key, n])) }
  return { ...scene, network, points: pointsOf(network, { seed: scene.points.seed, count: 3, extras: [], ties: [] }) }
}

/** What a refuted claim leaves for the lines after it. */
export function wrongLine(d: JudgedChain, claim: string, entry: string): WrongLine | undefined {
  const left = d.chain.parts[0]
  const right = d.chain.parts.at(-1)
  return left && right && left !== right ? { claim, left: left satisfies Latex, right, network: entry } : undefined
}
