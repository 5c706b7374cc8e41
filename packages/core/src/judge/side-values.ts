/** A quick look at two sides at one point, for searching: what looks equal is judged with care afterwards. */
import { type Expr, type Index, multiply } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import { type Dense, evaluate, floats } from '../evaluate/index.ts'
import { alignments, type UnsaidSum } from './compare/align.ts'
import { hasTensor } from './compare/prove.ts'
import { sizeAssignments, sizePoint } from './compare/sizes.ts'
import { ownTensors } from './compare/values.ts'
import type { Content, Meaning } from './meaning/meaning.ts'
import { type ClaimPoint, ensureTensors, numbersGiven } from './points.ts'
import type { Scene } from './scene.ts'

/** Both sides of a would-be link at one point. */
export interface Values { readonly left: Dense<number>; readonly right: Dense<number> }

/** Where a quick look is taken: the given numbers where there are some, else a random point. */
export const pointFor = (scene: Scene) => (...sides: readonly Expr[]): ClaimPoint | undefined => {
  if (!sides.some(hasTensor)) return sizePoint(sizeAssignments(scene.network)[0] ?? new Map())
  return numbersGiven(scene.network) === 'none' ? scene.points.random()[0] : scene.points.given().at(-1)
}

interface Options { readonly scene: Scene; readonly freeLayout: boolean; readonly unsaidSum: readonly [UnsaidSum, UnsaidSum] }
interface Readings { readonly at: (k: number) => { readonly value: Content } | undefined }

/** The values under the first readings of the right side, for the plainest ways to align them. */
export function sidesAt(left: { readonly value: Content } | undefined, right: Readings, point: ReturnType<typeof pointFor>, o: Options, mask: () => Expr | undefined): Values[] {
  const found: Values[] = []
  if (!left) return found
  for (let k = 0; k < 2; k++) {
    const b = right.at(k)?.value
    if (!b) break
    found.push(...contentsAt(left.value, b, point, o, mask))
  }
  return found
}

/** Lists are held against each other item by item; the values of all items stand one behind the other. */
function contentsAt(a: Content, b: Content, point: ReturnType<typeof pointFor>, o: Options, mask: () => Expr | undefined): Values[] {
  if (a.kind !== 'tuple' && b.kind !== 'tuple') return tensorsAt(a, b, point, o, mask)
  if (a.kind !== 'tuple' || b.kind !== 'tuple' || a.items.length !== b.items.length) return []
  const items = a.items.map((x, k) => tensorsAt(x, b.items[k]!, point, o, mask)[0])
  return items.every(v => v !== undefined) ? [{ left: joined(items.map(v => v.left)), right: joined(items.map(v => v.right)) }] : []
}

function joined(list: readonly Dense<number>[]): Dense<number> {
  const data = list.flatMap(d => Array.from(d.data))
  return { shape: [data.length], data: Float64Array.from(data) }
}

function tensorsAt(a: Meaning, b: Meaning, point: ReturnType<typeof pointFor>, o: Options, mask: () => Expr | undefined): Values[] {
  return sidesOf(a, b, point, o, mask).flatMap((s): Values[] => {
    try {
      return [{ left: evaluate(s.left, s.point.floats, floats, s.order), right: evaluate(s.right, s.point.floats, floats, s.order) }]
    } catch (error) {
      if (error instanceof ChainError) return []
      throw error
    }
  })
}

/** Two sides over common indices, with the point of a quick look. */
export interface Sides { readonly left: Expr; readonly right: Expr; readonly order: readonly Index[]; readonly point: ClaimPoint }

/** The plainest ways to align two meanings. */
export function sidesOf(a: Meaning, b: Meaning, point: ReturnType<typeof pointFor>, o: Options, mask: () => Expr | undefined): Sides[] {
  const ways = alignments(a, b, o.scene, o)
  if ('problem' in ways) return []
  return ways.slice(0, 2).flatMap((w): Sides[] => {
    const m = mask()
    const [left, right] = m ? [multiply(m, w.left), multiply(m, w.right)] : [w.left, w.right]
    const p = point(left, right)
    if (!p) return []
    const own = [...ownTensors(left, t => p.floats.values.has(t)), ...ownTensors(right, t => p.floats.values.has(t))]
    if (own.length > 0) ensureTensors(p, own, o.scene.points.seed)
    return [{ left, right, order: [...new Set([...w.order, ...m?.free ?? []])], point: p }]
  })
}
