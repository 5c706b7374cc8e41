/** Two aligned sides at all points that matter: random ones in general, the given ones where the exercise has numbers. */
import { type Expr, multiply } from '../../expression/index.ts'
import { evaluate, floats } from '../../evaluate/index.ts'
import { toNumber } from '../../shape/index.ts'
import { type ClaimPoint, numbersGiven } from '../points.ts'
import type { Scene } from '../scene.ts'
import type { Alignment } from './align.ts'
import { gapOf, type Gap, type Written } from './decimals.ts'
import { hides } from './hidden.ts'
import { hasKink } from './kinks.ts'
import { ORDERED, orderAt } from './order.ts'
import { hasSize, hasTensor, isConstant, provablyEqual } from './prove.ts'
import type { Raw } from './raw.ts'
import { sizeAssignments, sizePoint } from './sizes.ts'
import { type AtPoint, compareAt, widestAt } from './values.ts'

export interface Sides extends Written {
  readonly alignment: Alignment
  /** 1 where the claim is made, else 0; undefined: everywhere. */
  readonly mask?: Expr | undefined
}

/** The outcome of holding two sides against each other in a scene. */
export function compare(sides: Sides, scene: Scene): Raw {
  const { alignment: a, mask } = sides
  const notes = a.note ? [a.note] : []
  const granted = a.assumption === undefined ? {} : { assumption: a.assumption }
  const ordered = sides.relation !== undefined && ORDERED.has(sides.relation)
  if (!ordered && provablyEqual(a.left, a.right)) return { kind: 'holds', proof: 'proved', notes, ...granted }
  const [left, right] = mask ? [multiply(mask, a.left), multiply(mask, a.right)] : [a.left, a.right]
  const order = mask ? [...new Set([...a.order, ...mask.free])] : a.order
  const masked: Alignment = { ...a, left, right, order }
  const found = !hasTensor(left) && !hasTensor(right) ? bySizes(masked, sides, scene) : atPoints(masked, sides, scene)
  return found.kind === 'holds' ? { ...found, notes: [...notes, ...found.notes], ...granted } : found
}

/** Sizes and numbers alone. */
function bySizes(a: Alignment, sides: Sides, scene: Scene): Raw {
  const constant = !hasSize(a.left) && !hasSize(a.right) && a.order.length === 0
  const points = constant ? [sizePoint(new Map())] : sizeAssignments(scene.network).map(sizePoint)
  const found = atEach(a, points, sides, scene)
  if (found.kind !== 'holds') return found
  if (isOrder(sides) && points.length > 1) return UNTOLD
  return constant && found.exact ? { kind: 'holds', proof: 'proved', notes: found.notes } : { kind: 'holds', proof: 'agrees', notes: [...found.notes, `at ${points.length} choices of the sizes`] }
}

/** Points at which error bounds are computed; at the others doubles do, unless they differ. */
const CLOSE = 2

/** An ordering that no point violates may be violated elsewhere. */
const UNTOLD: Raw = { kind: 'undecided', reason: 'it is not violated at the points tried, which shows little of an ordering' }
const isOrder = (s: Sides): boolean => s.relation !== undefined && s.relation !== '≠' && ORDERED.has(s.relation)

type Found = { readonly kind: 'holds'; readonly exact: boolean; readonly notes: readonly string[]; readonly error: number; readonly points: number } | Exclude<Raw, { kind: 'holds' }>

function atPoints(a: Alignment, sides: Sides, scene: Scene): Raw {
  const number = isConstant(a.left) || isConstant(a.right)
  const numbers = numbersGiven(scene.network)
  const given = numbers !== 'none'
  if (isOrder(sides)) return orderAtPoints(a, sides, scene, numbers)
  // a number is claimed for the given numbers; anything else for all of them
  const general = number && given ? undefined : inGeneral(a, sides, scene)
  if (!given) return asRaw(general!)
  if (general && general.kind !== 'differs' && general.kind !== 'holds') return general
  const points = scene.points.given()
  const at = atEach(a, points.filter(p => p.kind === 'given'), sides, scene, 'zeros count')
  if (at.kind !== 'holds') return number || general!.kind === 'holds' ? at : asRaw(general!)
  if (general?.kind === 'holds') return asRaw(general)
  if (number || numbers === 'some') return { kind: 'holds', proof: at.exact && numbers === 'all' ? 'proved' : 'agrees', notes: [...at.notes, 'at the numbers of the exercise'] }
  const near = atEach(a, points.filter(p => p.kind === 'near'), sides, scene)
  if (near.kind === 'holds') return { kind: 'holds', proof: 'agrees', notes: ['at and around the numbers of the exercise'] }
  return { kind: 'holds', proof: 'agrees', notes: [], assumption: 'only at the numbers of the exercise' }
}

/** An ordering at the numbers of the exercise, else at random points. */
function orderAtPoints(a: Alignment, sides: Sides, scene: Scene, numbers: ReturnType<typeof numbersGiven>): Raw {
  const found = numbers === 'none' ? inGeneral(a, sides, scene) : atEach(a, scene.points.given().filter(p => p.kind === 'given'), sides, scene)
  if (found.kind !== 'holds') return found
  return numbers === 'all' ? { kind: 'holds', proof: 'agrees', notes: [...found.notes, 'at the numbers of the exercise'] } : UNTOLD
}

/** At the few random points; where kinks or an ordering can hide a difference there, at many more. */
function inGeneral(a: Alignment, sides: Sides, scene: Scene): Found {
  const few = atEach(a, scene.points.random(), sides, scene)
  const ordered = sides.relation !== undefined && ORDERED.has(sides.relation)
  if (few.kind !== 'holds' || sides.relation === '≠' || !(ordered || hasKink(a.left) || hasKink(a.right))) return few
  // far from zero, values that differ may round to the same number
  const many = atEach(a, scene.points.scattered(), ordered ? { ...sides, relation: sides.relation.replace('<', '≤').replace('>', '≥') } : sides, scene)
  if (many.kind === 'differs') return many
  return many.kind === 'holds' ? { ...many, exact: few.exact && many.exact, notes: [...new Set([...few.notes, ...many.notes])], error: Math.max(few.error, many.error), points: few.points + many.points } : few
}

const asRaw = (f: Found): Raw => (f.kind === 'holds' ? { kind: 'holds', proof: 'agrees', notes: [...f.notes, agreement(f)] } : f)

const agreement = (f: { points: number; exact: boolean; error: number }): string => `${f.points} random points, ${f.exact ? 'exactly equal' : `error below ${bound(f.error)}`}`
const bound = (error: number): string => ['1e-14', '1e-12', '1e-10', '1e-8'].find(b => error < Number(b)) ?? '1e-6'

/** Equal at every point where both sides have a value. */
function atEach(a: Alignment, points: readonly ClaimPoint[], sides: Sides, scene: Scene, zero: 'zeros count' | 'zeros say nothing' = 'zeros say nothing'): Found {
  let [exact, error, compared, unclear, zeros] = [true, 0, 0, false, 0]
  const notes = new Set<string>()
  const rounded: number[] = []
  let masked = false
  const { relation } = sides
  const ordered = relation !== undefined && ORDERED.has(relation)
  const valuesAt = (p: ClaimPoint, care: 'bounds' | 'doubles'): AtPoint =>
    (ordered ? orderAt(a, relation, p, sides.mask) : compareAt(a.left, a.right, a.order, p, scene.points.seed, care, scene.network))
  for (const [k, p] of points.entries()) {
    const v = valuesAt(p, k < CLOSE ? 'bounds' : 'doubles')
    if (v.kind === 'undefined') { notes.add('where both sides have a value'); continue }
    if (v.kind === 'unclear') { unclear = true; continue }
    if (v.kind === 'differs') {
      const gap = ordered ? 'differs' : gapAt(a, sides, p, rounded)
      if (gap === 'differs') return { kind: 'differs', point: p, alignment: a, values: v, notes: [...notes], at: q => valuesAt(q, 'bounds') }
      if (gap === 'unclear') return { kind: 'undecided', reason: relation === '≈' ? 'the two are not equal, and nothing says how near they have to be' : 'the two agree only as far as the decimal on the left is rounded' }
      exact = false
      notes.add('rounded to the last digit')
      compared++
      continue
    }
    if (sides.mask && nowhere(sides.mask, p)) { masked = true; continue }
    compared++
    if (v.zero) zeros++
    exact &&= v.exact
    error = Math.max(error, v.error)
  }
  if (compared === 0 && masked) return { kind: 'undecided', reason: 'what is taken for granted holds at none of the points tried' }
  if (compared === 0 || (unclear && compared < 3)) return { kind: 'undecided', reason: unclear ? 'rounding hides the answer at the points tried' : points.length === 0 ? 'there is no point to compare at' : 'a side has no finite value at the points tried' }
  if (zero === 'zeros say nothing' && zeros === compared && hasTensor(a.left) && hasTensor(a.right)) return { kind: 'undecided', reason: 'both sides are zero at every point that was tried' }
  if (!exact && !notes.has('rounded to the last digit') && hides([a.left, a.right], points[0]!)) return { kind: 'undecided', reason: 'a number in it is too small or too large to be seen beside the rest' }
  return { kind: 'holds', exact: exact && !notes.has('rounded to the last digit'), notes: [...notes], error, points: compared }
}

/** Whether a condition holds for no entry at a point. */
function nowhere(mask: Expr, p: ClaimPoint): boolean {
  const { data } = evaluate(mask, p.floats, floats, mask.free)
  for (let k = 0; k < data.length; k++) if (data[k] !== 0) return false
  return true
}

/** The widest gap at a point. Numbers are rounded where nothing varies: of constants, or at given numbers and to one value alone. */
function gapAt(a: Alignment, sides: Sides, p: ClaimPoint, rounded: number[]): Gap {
  const { left, right } = sides.alignment
  if (p.kind !== 'given' && !(isConstant(left) && isConstant(right))) return sides.relation === '≈' ? 'unclear' : 'differs'
  const v = widestAt(a.left, a.right, a.order, p)
  const whole = [right, left].find(e => e.kind === 'number')
  const gap = gapOf(v.left, v.right, whole?.kind === 'number' ? toNumber(whole.value) : undefined, sides)
  const signed = v.left - v.right
  rounded.push(signed)
  return gap === 'rounded' && Math.abs(signed - rounded[0]!) > 1e-9 * Math.abs(signed) ? 'differs' : gap
}
