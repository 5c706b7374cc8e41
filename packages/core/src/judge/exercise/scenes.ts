/** Scenes of an exercise: a network with one choice for everything that its text, or the exercise, leaves open. */
import { entry as entryOf, type Sym, type Tensor } from '../../expression/index.ts'
import type { Lexicon } from '../../language/latex/index.ts'
import type { ElaborateOptions } from '../../network/index.ts'
import { sampleIndexOf } from '../../calculus/request.ts'
import { nameTable } from '../names/table.ts'
import { noteKept } from '../kept.ts'
import { notInNetwork } from '../messages.ts'
import { pointsOf, type ScenePoints } from '../points.ts'
import type { Choice, Differentials, PageName, Scene } from '../scene.ts'
import { parseName } from '../../language/index.ts'
import type { ExerciseNetwork } from './exercise.ts'
import { patternOf, wordsIn } from './patterns.ts'
import { withNames } from './scene-names.ts'

/** What a scene chooses. */
export interface Variant {
  readonly layout: 'jacobian' | 'gradient'
  readonly functions?: Readonly<Record<string, string>>
  readonly attributes?: NonNullable<ElaborateOptions['attributeDefaults']>
  readonly dims?: Readonly<Record<string, number>>
  /** Numbers for the depth and the layer of a network of any depth. */
  readonly place?: { readonly depth: number; readonly layer: number }
  readonly choices: readonly Choice[]
}

/** Points that a scene compares at. */
const POINTS = 4

/** The scenes of one network, each made once. */
export interface SceneMaker { readonly lexicon: Lexicon; readonly make: (v: Variant) => Scene; readonly layoutFixed: boolean; readonly layouts: readonly ('jacobian' | 'gradient')[]; /** Forgets what the last claim computed. */ readonly renew: () => void }

/** What learning rates are called where the exercise does not say. */
export const RATES = ['lambda', 'eta', 'alpha', 'gamma', 'epsilon', 'lr']

const makers = new WeakMap<ExerciseNetwork, Map<number, SceneMaker>>()

/** The maker of a network's scenes: one for each network and seed, so that scenes are shared. */
export function sceneMaker(entry: ExerciseNetwork, seed = 1): SceneMaker {
  const known = makers.get(entry)?.get(seed)
  if (known) return known
  const made = newMaker(entry, seed)
  makers.set(entry, (makers.get(entry) ?? new Map<number, SceneMaker>()).set(seed, made))
  return made
}

function newMaker(entry: ExerciseNetwork, seed: number): SceneMaker {
  const lexicon = lexiconOf(entry)
  const layoutLine = entry.notation.filter(l => l.kind === 'layout').at(-1)
  const layoutFixed = layoutLine !== undefined && layoutLine.layout !== 'either'
  const layouts = layoutLine?.layout === 'gradient' ? ['gradient', 'jacobian'] as const : ['jacobian', 'gradient'] as const
  const made = new Map<string, Scene>()
  const make = (v: Variant): Scene => {
    const key = JSON.stringify([v.layout, v.functions, v.attributes, v.dims, v.place])
    let scene = made.get(key)
    if (!scene) {
      noteKept()
      made.set(key, scene = sceneOf(entry, v, lexicon, layoutFixed, seed))
    }
    return scene
  }
  return { lexicon, make, layoutFixed, layouts: layoutFixed ? layouts.slice(0, 1) : layouts, renew: () => { for (const s of made.values()) s.points.renew() } }
}

/** The names that are words on the page, and the letters that are declared. */
export function lexiconOf(entry: Pick<ExerciseNetwork, 'network' | 'notation'>): Lexicon {
  const names = [...entry.network.nodes.filter(n => !n.inner || n.kind !== 'node').map(n => n.name), ...entry.network.functions, ...entry.network.dims.keys()]
  const bases = names.flatMap(n => { try { return [parseName(n).base] } catch { return [] } })
  const left = entry.notation.flatMap(l => (l.kind === 'name' ? l.left : l.kind === 'shared' ? [l.left] : l.kind === 'rate' ? l.names : []))
  return {
    words: new Set([...bases.filter(b => b.length > 1), ...left.flatMap(wordsIn)]),
    letters: new Set([...bases.filter(b => b.length === 1), ...left.filter(l => /^[A-Za-z]$/.test(l))]),
  }
}

function sceneOf(entry: ExerciseNetwork, v: Variant, lexicon: Lexicon, layoutFixed: boolean, seed: number): Scene {
  const functions = entry.functions || v.functions ? { ...entry.functions, ...v.functions } : undefined
  const { network, pageNames } = withNames(entry, {
    ...(functions ? { functions } : {}), ...(v.attributes ? { attributeDefaults: v.attributes } : {}), ...(v.dims ? { dims: v.dims } : {}), ...(v.place ? { depth: v.place.depth } : {}),
  }, lexicon)
  const nodes = entry.network.depth
  const labels = new Map(v.place && nodes ? [[nodes.variable, String(v.place.layer)], [nodes.symbol, String(v.place.depth)]] : [])
  const names: PageName[] = [...pageNames, ...Object.entries(v.functions ?? {}).map(([name, operation]) => functionName(name, operation))]
  const ties: Tensor[][] = []
  for (const line of entry.notation) {
    if (line.kind !== 'shared') continue
    const tensors = line.names.map(n => {
      const node = network.byName.get(n)
      if (!node) throw notInNetwork(line.place, n, entry.name, [...network.byName.keys()])
      return node.tensor
    })
    ties.push(tensors)
    const pattern = patternOf(line.left, new Set(), lexicon, line.place)
    names.push({ pattern, text: line.left, means: { kind: 'content', read: (_, env) => ({ kind: 'tensor', expr: entryOf(tensors[0]!, tensors[0]!.sample ? [env.sample] : []), axes: [], row: false, shared: true }) } })
  }
  const { rates, extras } = ratesOf(entry, network.nodes)
  const points = (tied: readonly (readonly Tensor[])[]): ScenePoints => pointsOf(network, { seed, count: POINTS, extras, ties: tied })
  const scene: Scene = {
    name: entry.name, network, choices: v.choices, table: nameTable(network), pageNames: names, layout: v.layout, layoutFixed, labels,
    differentials: differentialsOf(entry, network), rates, sample: sampleIndexOf(network),
    points: points(ties),
  }
  return ties.length === 0 ? scene : withUntied(scene, entry.notation.flatMap(l => (l.kind === 'shared' ? [l.left] : [])), () => points([]))
}

/** Only lines that speak of the shared name take its tensors to be equal. */
function withUntied(scene: Scene, shared: readonly string[], free: () => ScenePoints): Scene {
  let made: Scene | undefined
  const untied = (): Scene => {
    if (!made) noteKept()
    return (made ??= { ...scene, points: free() })
  }
  const points: ScenePoints = { ...scene.points, renew: () => { scene.points.renew(); made?.points.renew() } }
  return { ...scene, points, shared: { names: shared, untied } }
}

/** A function of the exercise under the operation that stands for it. */
function functionName(name: string, operation: string): PageName {
  const { base, sub, layer } = parseName(name)
  return {
    text: name, means: { kind: 'function', name: operation },
    pattern: { kind: 'name', base, sub: sub === undefined ? [] : sub.split(',').map(text => ({ text })), star: false, ...(layer ? { layer: { bracket: layer.bracket, part: /^\d+$/.test(layer.text) ? { text: layer.text } : { letter: layer.text } } } : {}) },
  }
}

/** The learning rate: a rate or constant that the network declares, or a number of the judge's own. */
function ratesOf(entry: ExerciseNetwork, nodes: Scene['network']['nodes']): { rates: ReadonlyMap<string, Sym>; extras: readonly Tensor[] } {
  const lines = entry.notation.filter(l => l.kind === 'rate').flatMap(l => l.names.map(n => n.replace(/^\\/, '')))
  const declared = nodes.find(n => n.kind === 'rate')
  const own: Tensor = { key: 'page:rate', name: 'learning rate', axes: [], sample: false, rank: 0 }
  const symbol = declared ? entryOf(declared.tensor, []) : entryOf(own, [])
  const taken = new Set(nodes.map(n => n.name))
  const names = lines.length > 0 ? lines : RATES.filter(n => !taken.has(n))
  return { rates: new Map(names.map(n => [n, symbol])), extras: declared ? [] : [own] }
}

function differentialsOf(entry: ExerciseNetwork, network: Scene['network']): Differentials {
  const line = entry.notation.filter(l => l.kind === 'gradient').at(-1)
  if (!line) return { kind: 'differential' }
  const node = network.byName.get(line.of)
  if (!node) throw notInNetwork(line.place, line.of, entry.name, [...network.byName.keys()])
  return { kind: 'gradient', of: entryOf(node.tensor, node.tensor.sample ? [sampleIndexOf(network)] : []) }
}
