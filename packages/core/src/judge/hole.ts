/**
 * A line with a hole: one of its values stays open, so that the whole line has a value for anything that is put there.
 * The line is read once for all pieces of the same shape; what else it is made of is computed once.
 */
import { entry, type Expr, type Index, type Tensor } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import { tensorKeys } from '../calculus/depends.ts'
import { type Dense, evaluate, floats, type Point } from '../evaluate/index.ts'
import { inside } from '../evaluate/depends.ts'
import { partsOf } from '../evaluate/evaluate.ts'
import { sizesAt } from '../evaluate/point.ts'
import type { Latex } from '../language/latex/index.ts'
import { at, type Content, type Meaning, sameShape } from './meaning/meaning.ts'
import { mentions } from './meaning/bound-letters.ts'
import { read } from './meaning/read.ts'
import { readings, ReadingProblem } from './meaning/run.ts'
import type { Env } from './scene.ts'
import type { Sides, Values } from './side-values.ts'

export interface Hole {
  /** The values with a piece put in, one for each way to read and align the line; undefined where the line has to be read anew. */
  readonly valuesOf: (put: Latex) => readonly Values[] | undefined
}

/** Entries of a hole at most. */
const LARGEST = 4096

/** What stood in the hole, and what is in reach there. */
export interface Opened { readonly was: Meaning; readonly node: Latex; readonly env: Env; readonly indices: readonly Index[]; readonly tensor: Tensor }

/** What to go on with at the probe: the hole, over all indices in reach there; undefined for what is no plain tensor. */
export function opened(node: Latex, content: Content, env: Env, reach: readonly Index[], k: number): { readonly content: Content; readonly at: Opened } | undefined {
  if (!isPlain(content)) return undefined
  const bound = [...env.letters.values()].flatMap(l => (l.kind === 'data' ? [l.index] : l.kind === 'axis' && l.cell.index ? [l.cell.index] : []))
  const indices = [...new Set([...content.axes, ...content.expr.free, ...bound, ...reach])].filter(i => i.literal === undefined)
  const tensor: Tensor = { key: `hole:${k}`, name: 'hole', axes: indices.map(i => i.size), sample: false, rank: 0 }
  return { content: { ...content, expr: entry(tensor, indices) }, at: { was: content, node, env, indices, tensor } }
}

const isPlain = (c: Content): c is Meaning => c.kind === 'tensor' && !c.identity && !c.ones && !c.repeated

/** The hole of lines that were read with it open: one for each reading, with the ways to put it beside the left side. */
export function holeIn(all: readonly { readonly at: Opened; readonly sides: readonly Sides[] }[]): Hole | undefined {
  const lines = all.map(({ at: o, sides }) => ({ o, values: sides.map(s => lineWith(s, o)) }))
  if (lines.length === 0 || lines.some(l => l.values.some(v => v === undefined))) return undefined
  return {
    valuesOf: put => {
      const found: Values[] = []
      for (const { o, values } of lines) {
        const piece = pieceIn(put, o)
        if (piece === 'other') return undefined
        if (piece !== 'none') for (const value of values) found.push(...finite(value!, piece))
      }
      return found
    },
  }
}

function finite(value: (piece: Expr) => Values, piece: Expr): readonly Values[] {
  try {
    return [value(piece)]
  } catch (error) {
    if (error instanceof ChainError) return []
    throw error
  }
}

/** A piece over the indices of the hole; `none` where it has no meaning there, `other` where it has another shape. */
function pieceIn(put: Latex, { was, node, env, indices }: Opened): Expr | 'none' | 'other' {
  // a letter of a sum that comes or goes may change what the sum runs over
  for (const letter of env.letters.keys()) if (mentions(put, letter) !== mentions(node, letter)) return 'other'
  const [first] = readings(run => read(put, { ...env, run }), env.run.budget, env.run.free, 1)
  if (!first) return 'none'
  if (first instanceof ReadingProblem) return first.sort === 'shape' ? 'other' : 'none'
  const m = first.value
  if (!isPlain(m) || first.granted.length > 0 || !sameShape(m, was) || m.row !== was.row || m.split !== was.split) return 'other'
  const expr = at(m, was.axes)
  return expr.free.every(i => indices.includes(i)) ? expr : 'other'
}

/** The value of a line as a function of what stands in its hole; undefined where a derivative reads the hole, or it is too large. */
function lineWith(s: Sides, { indices, tensor }: Opened): ((piece: Expr) => Values) | undefined {
  const touched = touching(s.right, tensor)
  if (!touched) return undefined
  const p: Point<number> = s.point.floats
  const sizeOf = sizesAt(p.sizes)
  if (indices.reduce((n, i) => n * sizeOf(i), 1) > LARGEST) return undefined
  let left: Dense<number> | undefined
  return piece => {
    left ??= evaluate(s.left, p, floats, s.order)
    p.values.set(tensor.key, evaluate(piece, p, floats, indices))
    try {
      return { left, right: evaluate(s.right, p, floats, s.order) }
    } finally {
      for (const id of touched) p.memo.delete(id)
      p.values.delete(tensor.key)
    }
  }
}

/** The nodes whose values depend on the hole. Undefined where one of them is a derivative, or nothing else is a tensor. */
function touching(e: Expr, hole: Tensor): readonly number[] | undefined {
  const moving = new Set<Expr>()
  let others = false
  for (const x of inside(e)) {
    if (x.kind === 'derivative' && tensorKeys(x).has(hole.key)) return undefined
    if (x.kind === 'symbol' && x.tensor.key !== hole.key && !x.tensor.size && x.tensor.constant === undefined) others = true
    if (x.kind === 'derivative') others = true
    if ((x.kind === 'symbol' && x.tensor.key === hole.key) || partsOf(x).some(p => moving.has(p))) moving.add(x)
  }
  return others ? [...moving].map(x => x.id) : undefined
}
