/** A quick look at two sides at one point, for searching: what looks equal is judged with care afterwards. */
import { type Expr, multiply } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import { type Dense, evaluate, floats } from '../evaluate/index.ts'
import { alignments } from './compare/align.ts'
import { hasTensor } from './compare/prove.ts'
import { sizeAssignments, sizePoint } from './compare/sizes.ts'
import { ownTensors } from './compare/values.ts'
import type { Content } from './meaning/meaning.ts'
import { type ClaimPoint, ensureTensors, numbersGiven } from './points.ts'
import type { Scene } from './scene.ts'

/** Both sides of a would-be link at one point. */
export interface Values { readonly left: Dense<number>; readonly right: Dense<number> }

/** Where a quick look is taken: the given numbers where there are some, else a random point. */
export const pointFor = (scene: Scene) => (...sides: readonly Expr[]): ClaimPoint | undefined => {
  if (!sides.some(hasTensor)) return sizePoint(sizeAssignments(scene.network)[0] ?? new Map())
  return numbersGiven(scene.network) === 'none' ? scene.points.random()[0] : scene.points.given().at(-1)
}

interface Options { readonly scene: Scene; readonly freeLayout: boolean; readonly unsaidSum: boolean }
interface Readings { readonly at: (k: number) => { readonly value: Content } | undefined }

/** The values under the first readings of the right side, for the plainest ways to align them. */
export function sidesAt(left: { readonly value: Content } | undefined, right: Readings, point: ReturnType<typeof pointFor>, o: Options, mask: () => Expr | undefined): Values[] {
  const found: Values[] = []
  const a = left?.value
  if (a?.kind !== 'tensor') return found
  for (let k = 0; k < 2; k++) {
    const b = right.at(k)?.value
    if (!b) break
    if (b.kind !== 'tensor') continue
    const ways = alignments(a, b, o.scene, o)
    if ('problem' in ways) continue
    for (const w of ways.slice(0, 2)) {
      const m = mask()
      const [x, y] = m ? [multiply(m, w.left), multiply(m, w.right)] : [w.left, w.right]
      const p = point(x, y)
      if (!p) continue
      try {
        const own = [...ownTensors(x, t => p.floats.values.has(t)), ...ownTensors(y, t => p.floats.values.has(t))]
        if (own.length > 0) ensureTensors(p, own, o.scene.points.seed)
        const order = [...new Set([...w.order, ...m?.free ?? []])]
        found.push({ left: evaluate(x, p.floats, floats, order), right: evaluate(y, p.floats, floats, order) })
      } catch (error) {
        if (!(error instanceof ChainError)) throw error
      }
    }
  }
  return found
}
