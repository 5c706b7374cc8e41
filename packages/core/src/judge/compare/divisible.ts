/** A formula without its floor: right where the division has no remainder, and nowhere else. */
import type { Expr } from '../../expression/index.ts'
import { inside } from '../../evaluate/depends.ts'
import { type Atom, evaluateS, isInteger, printSize, type Size } from '../../shape/index.ts'
import type { Scene } from '../scene.ts'
import type { Raw } from './raw.ts'
import { sizeAssignments, sizePoint } from './sizes.ts'
import { compareAt } from './values.ts'

type Floor = Extract<Atom, { kind: 'floor' }>

/** Divisions that are rounded down in the sizes of an expression. */
function floorsOf(e: Expr): readonly Floor[] {
  const found = new Map<string, Floor>()
  const walk = (s: Size): void => {
    for (const m of s.monomials) for (const a of m.atoms) {
      if (a.kind === 'symbol') continue
      if (a.kind === 'floor') found.set(a.key, a)
      walk(a.numerator)
      walk(a.denominator)
    }
  }
  for (const x of inside(e)) if (x.kind === 'symbol' && x.tensor.size) walk(x.tensor.size)
  return [...found.values()]
}

/** The assumption under which a refuted claim about sizes holds: `S divides J + 2P - M`; undefined where that is not it. */
export function divisible(raw: Raw, scene: Scene): string | undefined {
  if (raw.kind !== 'differs') return undefined
  const { left, right, order } = raw.alignment
  const floors = [...new Map([...floorsOf(left), ...floorsOf(right)].map(f => [f.key, f])).values()]
  if (floors.length === 0) return undefined
  let [whole, other] = [0, 0]
  for (const sizes of sizeAssignments(scene.network)) {
    const exact = floors.every(f => {
      const [n, d] = [evaluateS(f.numerator, s => sizes.get(s)), evaluateS(f.denominator, s => sizes.get(s))]
      return n !== undefined && d !== undefined && isInteger(n) && isInteger(d) && d.n !== 0n && n.n % d.n === 0n
    })
    const same = compareAt(left, right, order, sizePoint(sizes), scene.points.seed).kind === 'equal'
    if (exact && !same) return undefined
    if (exact) whole++
    else other++
  }
  if (whole < 3 || other === 0) return undefined
  return floors.map(f => `${printSize(f.denominator)} divides ${printSize(f.numerator)}`).join(' and ')
}
