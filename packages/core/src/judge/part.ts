/** One part of a chain in one scene: its readings, the usual one first. */
import { boundIndex, substitute } from '../expression/index.ts'
import type { Latex } from '../language/latex/index.ts'
import type { Content, Meaning } from './meaning/meaning.ts'
import { type Reading, ReadingProblem } from './meaning/run.ts'

export type PartReading = Reading<Content>

/** Readings of one part, made when asked for; equal ones count once. */
export interface Part { readonly tree: Latex | undefined; readonly at: (k: number) => PartReading | undefined; readonly problem: () => ReadingProblem | undefined }

/** Readings tried for one part. */
export const MOST_READINGS = 16

/** A part with one reading. */
export const single = (r: PartReading, tree: Latex | undefined): Part => ({ tree, at: k => (k === 0 ? r : undefined), problem: () => undefined })

/** A part whose readings are made when they are asked for. */
export function partOf(tree: Latex | undefined, start: () => Generator<PartReading | ReadingProblem>): Part {
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

/** Its readings but one. */
export const others = (p: Part, fixed: PartReading): PartReading[] => listOf(p).filter(r => r !== fixed)

/** Pairs of readings, the usual ones first; further ones are made when they are asked for. */
export function* diagonal(left: (k: number) => PartReading | undefined, right: (k: number) => PartReading | undefined): Generator<[PartReading, PartReading]> {
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
