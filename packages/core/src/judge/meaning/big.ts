/** Sums, products and maxima over letters: over the data, an axis, labels of names, or a range of numbers. */
import { add, contract, type Expr, freshIndex, freshLike, type Index, multiply, negate, number, reduce, selector, sizeValue } from '../../expression/index.ts'
import type { BigNode, Latex } from '../../language/latex/ast.ts'
import { addS, printSize, size, type Size, subS } from '../../shape/index.ts'
import { OverBudget } from '../budget.ts'
import { type Letter, type Env, readTensor, withLetters } from './env.ts'
import { conditionOf } from './conditions.ts'
import { mentions, usesOf } from './bound-letters.ts'
import { type Meaning, sameShape, at } from './meaning.ts'
import { ReadingProblem } from './run.ts'
import { rangeSize } from './ranges.ts'
import { underOf } from './under.ts'

/** Terms that a range of numbers is written out to. */
const MOST_TERMS = 64
/** The longest range of numbers that is summed. */
const LONGEST = 2048

/** A letter that is bound, with its letter in reach and what closes it. */
interface Binding { readonly name: string; readonly letter: Letter; readonly index: () => Index | undefined; readonly conditions: () => readonly Expr[]; readonly sample?: Index }

/** The value of a sum, product or maximum. */
export function readBig(e: BigNode, env: Env): Meaning {
  const under = underOf(e, env)
  return bindNext(e, under.letters, under.conditions, [], env)
}

function bindNext(e: BigNode, letters: ReturnType<typeof underOf>['letters'], conditions: readonly Latex[], bound: readonly Binding[], env: Env): Meaning {
  const [first, ...rest] = letters
  if (!first) return closed(e, conditions, bound, env)
  const scope = first.name === '' ? undefined : usesOf(first.name, e.body, env)
  // labels of names: written out
  if (scope?.labels && !first.data) {
    if (scope.labels.length === 0) throw new ReadingProblem('name', `No value of ${first.name} makes all these names.`, e.span)
    const values = inRange(scope.labels, first, env)
    return joinTerms(e, values.map(v => bindNext(e, rest, conditions, bound, withLetters(env, [[first.name, { kind: 'label', text: v }]]))))
  }
  const range = first.from ? numericRange(first.from, first.to, env) : undefined
  const idle = scope !== undefined && !scope.data && scope.axes.length === 0 && !first.from && !mentions(e.body, first.name) && conditions.length === 0
  const wholeData = first.data || idle || (scope?.data === true && scope.axes.length === 0) || range?.to === env.scene.network.samples
  if (wholeData) {
    if (e.operator !== 'sum') throw new ReadingProblem('form', 'Over the data only sums are read.', e.span)
    const index = freshLike(env.scene.sample)
    const binding: Binding = { name: first.name, letter: { kind: 'data', index }, index: () => index, conditions: () => [] }
    const inside = { ...(first.name === '' ? env : withLetters(env, [[first.name, binding.letter]])), sample: index }
    return bindNext(e, rest, conditions, [...bound, binding], inside)
  }
  if (scope && scope.axes.length === 0 && !conditionSize(first.name, conditions, env) && first.from && range) return overNumbers(e, first.name, range, rest, conditions, bound, env)
  const cell: { index: Index | undefined } = { index: scope?.axes[0] ? freshIndex(first.name, scope.axes[0]) : undefined }
  const letter: Letter = { kind: 'axis', name: first.name, cell }
  const binding: Binding = { name: first.name, letter, index: () => cell.index, conditions: () => (range && cell.index ? rangeConditions(cell.index, range, e) : []) }
  return bindNext(e, rest, conditions, [...bound, binding], withLetters(env, [[first.name, letter]]))
}

/** A letter that only a condition ties to another: its axis is that of the other. */
const conditionSize = (name: string, conditions: readonly Latex[], _: Env): boolean => conditions.some(c => mentions(c, name))

function inRange(values: readonly string[], first: ReturnType<typeof underOf>['letters'][number], env: Env): readonly string[] {
  const [from, to] = [first.from, first.to].map(t => (t ? rangeSize(t, env)?.value : undefined))
  return values.filter(v => !/^\d+$/.test(v) || ((from === undefined || Number(v) >= from) && (to === undefined || Number(v) <= to)))
}

interface Range { readonly from: Size; readonly to: Size | undefined }

function numericRange(from: Latex, to: Latex | undefined, env: Env): Range | undefined {
  const low = rangeSize(from, env)
  return low && { from: low, to: to && rangeSize(to, env) }
}

/** What keeps a letter inside its range; nothing when the range is the whole axis, or its end is a name of its own for that. */
function rangeConditions(i: Index, range: Range, e: BigNode): readonly Expr[] {
  const conditions: Expr[] = []
  if (range.from.value !== undefined && range.from.value < 1) throw new ReadingProblem('shape', `Entries are counted from 1, and this sum begins at ${range.from.value}.`, e.span)
  if (range.from.value !== 1) conditions.push(selector('le', [{ coefficient: size(-1), index: i }], subS(range.from, size(1))))
  if (range.to && range.to !== i.size) {
    if (range.to.value !== undefined && i.size.value !== undefined && range.to.value > i.size.value) throw new ReadingProblem('shape', `This sum runs to ${range.to.value}, but there are ${i.size.value} entries.`, e.span)
    const excess = subS(range.to, i.size)
    if (excess.value !== undefined && excess.value > 0) throw new ReadingProblem('shape', `This sum runs to ${printSize(range.to)}, but there are ${printSize(i.size)} entries.`, e.span)
    conditions.push(selector('le', [{ coefficient: size(1), index: i }], subS(size(1), range.to)))
  }
  return conditions
}

/** A letter that is only a number: written out, or summed over an index of its own. */
function overNumbers(e: BigNode, name: string, range: Range, rest: Parameters<typeof bindNext>[1], conditions: readonly Latex[], bound: readonly Binding[], env: Env): Meaning {
  if (!range.to) throw new ReadingProblem('form', `It is unclear how far ${name} runs.`, e.span)
  const [from, to] = [range.from.value, range.to.value]
  if (from !== undefined && to !== undefined) {
    if (to - from + 1 > LONGEST) throw new OverBudget(`a sum of ${(to - from + 1).toLocaleString('en')} terms is not written out`)
    if (to < from) return { kind: 'tensor', expr: number(e.operator === 'product' ? 1 : 0), axes: [], row: false }
    if (to - from < MOST_TERMS || e.operator !== 'sum') {
      return joinTerms(e, Array.from({ length: to - from + 1 }, (_, k) => bindNext(e, rest, conditions, bound, withLetters(env, [[name, { kind: 'value', expr: number(from + k), number: from + k }]]))))
    }
  }
  if (e.operator !== 'sum') throw new ReadingProblem('form', 'A product needs numbers for its limits.', e.span)
  const index = freshIndex(name, addS(subS(range.to, range.from), size(1)))
  const j = freshLike(index)
  const place = contract([j], [selector('le', [{ coefficient: size(1), index: j }, { coefficient: size(-1), index }])])
  const value = add(place, sizeValue(subS(range.from, size(1))))
  const binding: Binding = { name, letter: { kind: 'value', expr: value }, index: () => index, conditions: () => [] }
  return bindNext(e, rest, conditions, [...bound, binding], withLetters(env, [[name, binding.letter]]))
}

function joinTerms(e: BigNode, terms: readonly Meaning[]): Meaning {
  const [first] = terms
  if (!terms.every(t => sameShape(t, first!))) throw new ReadingProblem('shape', 'The terms of this sum have different shapes.', e.span)
  const parts = terms.map(t => at(t, first!.axes))
  switch (e.operator) {
    case 'sum': return { ...first!, expr: add(...parts) }
    case 'product': return { ...first!, expr: multiply(...parts) }
    default: throw new ReadingProblem('form', 'A maximum over labels is not read.', e.span)
  }
}

/** The body with everything bound around it. */
function closed(e: BigNode, conditions: readonly Latex[], bound: readonly Binding[], env: Env): Meaning {
  const body = readTensor(e.body, env)
  const where = conditions.map(c => conditionOf(c, env).expr)
  const open = bound.find(b => !b.index())
  if (open) throw new ReadingProblem('form', `Nothing says what ${open.name} runs over.`, e.span)
  const indices = bound.map(b => b.index()!)
  const limits = bound.flatMap(b => b.conditions())
  switch (e.operator) {
    case 'sum': return { ...body, expr: contract(indices, [...limits, ...where, body.expr]) }
    case 'max': return { ...body, expr: reduce('max', indices, body.expr, [...limits, ...where]) }
    case 'min': return { ...body, expr: negate(reduce('max', indices, negate(body.expr), [...limits, ...where])) }
    case 'product': {
      // prod over an axis with a number of entries
      const [only] = indices
      const n = only?.size.value
      if (indices.length !== 1 || n === undefined || n > MOST_TERMS || where.length + limits.length > 0) throw new ReadingProblem('form', 'A product is read over few entries whose number is given.', e.span)
      return { ...body, expr: multiply(...Array.from({ length: n }, (_, k) => contract([only!], [body.expr, selector('eq', [{ coefficient: size(1), index: only! }], size(-k))]))) }
    }
    case 'argmax': case 'argmin': throw new ReadingProblem('form', 'The place of a maximum is no number.', e.span)
  }
}

