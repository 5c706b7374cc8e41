/** Slips that are seen in the value, not in an edit: arithmetic, the diagonal alone, a case left out. */
import { add, delta, type Expr, type Index, multiply, substitute } from '../../expression/index.ts'
import { evaluate, exact, isExact } from '../../evaluate/index.ts'
import type { Latex } from '../../language/latex/index.ts'
import { textR } from '../../shape/index.ts'
import { compare } from '../compare/compare.ts'
import { isConstant } from '../compare/prove.ts'
import { whereWords } from '../meaning/cases.ts'
import { conditionOf } from '../meaning/conditions.ts'
import type { Meaning } from '../meaning/meaning.ts'
import { pointFor } from '../side-values.ts'
import type { SlipFound } from '../types.ts'
import type { Search } from './slip.ts'
import { findSlip as slipCalled } from './index.ts'

/** The slip that the values show, if any. */
export const byValue = (s: Search): SlipFound | undefined => arithmetic(s) ?? diagonalOnly(s) ?? caseLeftOut(s)

const isNumber = (e: Latex): boolean => e.kind === 'number' || (e.kind === 'sum' && e.terms.length === 1 && isNumber(e.terms[0]!.body)) || (e.kind === 'group' && e.items.length === 1 && isNumber(e.items[0]!)) || (e.kind === 'fraction' && isNumber(e.numerator) && isNumber(e.denominator))

/** A number that is not what its left side comes to: the right one stands in the mended line. */
function arithmetic(s: Search): SlipFound | undefined {
  if (!isNumber(s.wrong)) return undefined
  const left = (s.chain.settled(s.link) ?? s.chain.parts[s.link]?.at(0))?.value
  if (left?.kind !== 'tensor' || left.axes.length > 0 || left.expr.free.some(i => !i.sample)) return undefined
  const point = pointFor(s.chain.scene)(left.expr)
  if (!point || (!isConstant(left.expr) && point.kind === 'random' && point.source.leaves.size > 0)) return undefined
  const values = evaluate(left.expr, point.exact(), exact, left.expr.free).data
  if (values.length !== 1) return undefined
  const value = values[0]!
  const corrected = isExact(value) ? textR(value, true) : String(Number(exact.toNumber(value).toPrecision(6)))
  return { name: 'arithmetic', explanation: `${slipCalled('arithmetic')!.called[0]!.toUpperCase()}${slipCalled('arithmetic')!.called.slice(1)}: it comes to ${corrected}.`, where: s.wrong.span, corrected, mark: { start: 0, end: corrected.length } }
}

/** A Jacobian of which only the diagonal is written: equal where the two indices are, and one of them stands alone on the right. */
function diagonalOnly(s: Search): SlipFound | undefined {
  const [left, right] = [s.chain.settled(s.link) ?? s.chain.parts[s.link]?.at(0), s.chain.parts[s.link + 1]?.at(0)]
  if (left?.value.kind !== 'tensor' || right?.value.kind !== 'tensor') return undefined
  const sides = left.value.axes.length === 2 ? asMatrices(left.value, right.value) : left.value.axes.length === 0 && right.value.axes.length === 0 ? asEntries(left.value, right.value, [...left.letters.values()]) : undefined
  if (!sides || compare({ alignment: { ...sides, order: [...new Set([...sides.left.free, ...sides.right.free])] } }, s.chain.scene).kind !== 'holds') return undefined
  return { name: 'diagonal', explanation: 'Only the diagonal of the Jacobian is written; its other entries are not this.', where: s.wrong.span, corrected: '', mark: { start: 0, end: 0 } }
}

type Sides = { readonly left: Expr; readonly right: Expr }

function asMatrices(left: Meaning, right: Meaning): Sides | undefined {
  const [r, c] = left.axes
  const [p, q] = right.axes
  if (right.axes.length !== 2 || r!.size !== c!.size || p!.size !== r!.size || q!.size !== r!.size) return undefined
  const d = delta(r!, c!)
  return { left: multiply(d, left.expr), right: substitute(right.expr, new Map([[p!, r!], [q!, c!]])) }
}

function asEntries(left: Meaning, right: Meaning, letters: readonly Index[]): Sides | undefined {
  for (const [k, a] of letters.entries()) for (const b of letters.slice(k + 1)) {
    if (a.size !== b.size || a.sample || b.sample || (right.expr.free.includes(a) && right.expr.free.includes(b))) continue
    const d = delta(a, b)
    return { left: multiply(d, left.expr), right: multiply(d, right.expr) }
  }
  return undefined
}

/** Cases that are right as far as they go. */
function caseLeftOut(s: Search): SlipFound | undefined {
  if (s.wrong.kind !== 'cases') return undefined
  const conditions = s.wrong.rows.map(r => r.condition)
  if (!conditions.every((c): c is Latex => c !== undefined && c.kind !== 'text')) return undefined
  const raw = s.chain.under(env => add(...conditions.map(c => conditionOf(c, env).expr))).link(s.link)
  if (raw.kind !== 'holds' || (raw.assumption !== undefined && raw.assumption !== whereWords(conditions))) return undefined
  return { name: 'dropped-case', explanation: 'A case is left out: what is written holds where its conditions do, and nothing is said of the rest.', where: s.wrong.span, corrected: '', mark: { start: 0, end: 0 } }
}
