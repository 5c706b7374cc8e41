/** Sums, products and maxima over letters: over the data, an axis, labels of names, or a range of numbers. */
import { add, contract, type Expr, freshIndex, freshLike, type Index, literalIndex, multiply, negate, number, reduce, selector, sizeValue } from '../../expression/index.ts'
import type { BigNode, Latex } from '../../language/latex/ast.ts'
import { printLatex } from '../../language/latex/index.ts'
import { addS, printSize, size, type Size, sizeSymbols, subS } from '../../shape/index.ts'
import { OverBudget } from '../budget.ts'
import { type Letter, type Env, readTensor, withLetter } from './env.ts'
import { conditionOf } from './conditions.ts'
import { mentions, usesOf } from './bound-letters.ts'
import { type Meaning, sameShape, at } from './meaning.ts'
import { isUnsized } from './ones.ts'
import { guarded } from './guarded.ts'
import { ReadingProblem } from './run.ts'
import { isUndeclared, rangeSize, sumsOverData } from './ranges.ts'
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
    const values = inRange(scope.labels, first, e, env)
    return joinTerms(e, values.map(v => bindNext(e, rest, conditions, bound, withLetter(env, first.name, `label ${v}`, () => ({ kind: 'label', text: v })).env)))
  }
  // counting entries, m and N are the page's own word for "all of them"
  const everyEntry = scope !== undefined && scope.axes.length > 0 && !scope.data && isUndeclared(first.to, env.scene.network) && !(scope.orData && sumsOverData(env.scene.network))
  const range = first.from ? numericRange(first.from, everyEntry ? undefined : first.to, env) : undefined
  const idle = scope !== undefined && !scope.data && scope.axes.length === 0 && !first.from && !first.among && !mentions(e.body, first.name) && conditions.length === 0 && sumsOverData(env.scene.network)
  const asData = scope?.orData === true && !first.from && !first.among && conditions.length === 0 && env.run.choose(2) === 1
  const wholeData = asData || first.data || idle || (scope?.data === true && scope.axes.length === 0) || range?.to === env.scene.network.samples || (range?.to !== undefined && countsSamples(range.to, env) && (scope === undefined || scope.axes.length === 0))
  if (wholeData) {
    if (e.operator !== 'sum') throw new ReadingProblem('form', 'Over the data only sums are read.', e.span)
    const { letter, env: within } = withLetter(env, first.name, 'data', () => ({ kind: 'data', index: freshLike(env.scene.sample) }))
    if (letter.kind !== 'data') throw new TypeError('a letter for the data is expected')
    const { index } = letter
    const binding: Binding = { name: first.name, letter, index: () => index, conditions: () => (first.among ? [memberOf(index, first.among, e)] : range ? dataConditions(index, range, e) : []) }
    return bindNext(e, rest, conditions, [...bound, binding], { ...within, sample: index })
  }
  if (scope && scope.axes.length === 0 && first.among && !conditionSize(first.name, conditions, env)) return joinTerms(e, first.among.map(n => bindNext(e, rest, conditions, bound, withNumber(env, first.name, n))))
  if (scope && scope.axes.length === 0 && !conditionSize(first.name, conditions, env) && first.from && range) return overNumbers(e, first.name, range, rest, conditions, bound, env)
  const size = scope?.axes[0]
  const { letter, env: within } = withLetter(env, first.name, size && `axis ${size.key}`, () => ({ kind: 'axis', name: first.name, cell: { index: size && freshIndex(first.name, size) } }))
  if (letter.kind !== 'axis') throw new TypeError('a letter for an axis is expected')
  const { cell } = letter
  const binding: Binding = { name: first.name, letter, index: () => cell.index, conditions: () => (cell.index && first.among ? [memberOf(cell.index, first.among, e)] : range && cell.index ? rangeConditions(cell.index, range, e) : []) }
  return bindNext(e, rest, conditions, [...bound, binding], within)
}

/** A letter that only a condition ties to another: its axis is that of the other. */
const conditionSize = (name: string, conditions: readonly Latex[], _: Env): boolean => conditions.some(c => mentions(c, name))

const withNumber = (env: Env, name: string, n: number): Env => withLetter(env, name, `number ${n}`, () => ({ kind: 'value', expr: number(n), number: n })).env

/** 1 where an index is one of these positions, counted from 1. */
function memberOf(i: Index, among: readonly number[], e: BigNode): Expr {
  const missing = among.find(n => n < 1 || (i.size.value !== undefined && n > i.size.value))
  if (missing !== undefined) throw new ReadingProblem('shape', `There is no entry ${missing} among ${printSize(i.size)}.`, e.span)
  return add(...among.map(n => selector('eq', [{ coefficient: size(1), index: i }, { coefficient: size(-1), index: literalIndex(n - 1) }])))
}

/** The labels that a letter runs over: those of its set, of its range, or all of them. */
function inRange(values: readonly string[], first: ReturnType<typeof underOf>['letters'][number], e: BigNode, env: Env): readonly string[] {
  const missing = first.among?.find(n => !values.includes(String(n)))
  if (missing !== undefined) throw new ReadingProblem('name', `No names have ${first.name} = ${missing}.`, e.span)
  if (first.among) return first.among.map(String)
  const [from, to] = [first.from, first.to].map(t => (t ? rangeSize(t, env)?.value : undefined))
  return values.filter(v => !/^\d+$/.test(v) || ((from === undefined || Number(v) >= from) && (to === undefined || Number(v) <= to)))
}

interface Range { readonly from: Size; readonly to: Size | undefined }

function numericRange(from: Latex, to: Latex | undefined, env: Env): Range | undefined {
  const low = rangeSize(from, env)
  if (!low) return undefined
  const high = to && rangeSize(to, env)
  // an end of its own for "all of them" stands alone; from 0 it is one less
  if (to && !high && to.kind === 'sum' && !(low.value === 0 && isOneLess(to))) throw new ReadingProblem('form', `Nothing says how many ${printLatex(to)} is.`, to.span)
  return { from: low, to: high }
}

const isOneLess = (e: Latex & { kind: 'sum' }): boolean => e.terms.length === 2 && e.terms[1]!.sign === '-' && e.terms[1]!.body.kind === 'number' && e.terms[1]!.body.text === '1'

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

/** Whether a limit is said by the number of samples: m, m - 1. */
function countsSamples(to: Size, env: Env): boolean {
  const symbols = new Set<string>()
  sizeSymbols(to, symbols)
  const own = new Set<string>()
  sizeSymbols(env.scene.network.samples, own)
  return [...own].some(s => symbols.has(s))
}

/** What a range leaves of the data: nothing where it counts all samples, from 1 or from 0. */
function dataConditions(i: Index, range: Range, e: BigNode): readonly Expr[] {
  const from = range.from.value
  if (from !== 0 && from !== 1) return rangeConditions(i, range, e)
  if (!range.to) return []
  const terms = addS(subS(range.to, range.from), size(1))
  return terms === i.size ? [] : rangeConditions(i, from === 0 ? { from: size(1), to: terms } : range, e)
}

/** A letter that is only a number: written out, or summed over an index of its own. */
function overNumbers(e: BigNode, name: string, range: Range, rest: Parameters<typeof bindNext>[1], conditions: readonly Latex[], bound: readonly Binding[], env: Env): Meaning {
  if (!range.to) throw new ReadingProblem('form', `It is unclear how far ${name} runs.`, e.span)
  const [from, to] = [range.from.value, range.to.value]
  if (from !== undefined && to !== undefined) {
    if (to - from + 1 > LONGEST) throw new OverBudget(`a sum of ${(to - from + 1).toLocaleString('en')} terms is not written out`)
    if (to < from) return { kind: 'tensor', expr: number(e.operator === 'product' ? 1 : 0), axes: [], row: false }
    if (to - from < MOST_TERMS || e.operator !== 'sum') {
      return joinTerms(e, Array.from({ length: to - from + 1 }, (_, k) => bindNext(e, rest, conditions, bound, withNumber(env, name, from + k))))
    }
  }
  if (e.operator !== 'sum') throw new ReadingProblem('form', 'A product needs numbers for its limits.', e.span)
  const index = freshIndex(name, addS(subS(range.to, range.from), size(1)))
  const j = freshLike(index)
  const place = contract([j], [selector('le', [{ coefficient: size(1), index: j }, { coefficient: size(-1), index }])])
  const value = add(place, sizeValue(subS(range.from, size(1))))
  const binding: Binding = { name, letter: { kind: 'value', expr: value }, index: () => index, conditions: () => [] }
  return bindNext(e, rest, conditions, [...bound, binding], withLetter(env, name, undefined, () => binding.letter).env)
}

function joinTerms(e: BigNode, terms: readonly Meaning[]): Meaning {
  const [first] = terms
  if (!terms.every(t => sameShape(t, first!) && t.row === first!.row && t.identity === first!.identity && t.ones === first!.ones && t.repeated === first!.repeated)) throw new ReadingProblem('shape', 'The terms of this sum have different shapes.', e.span)
  const parts = terms.map(t => at(t, first!.axes))
  switch (e.operator) {
    case 'sum': return { ...first!, expr: add(...parts) }
    case 'product': return { ...numberOnly(first!, e), expr: multiply(...parts) }
    default: throw new ReadingProblem('form', 'A maximum over labels is not read.', e.span)
  }
}

/** The order of matrices in a product over labels is not said by the sign. */
function numberOnly(m: Meaning, e: BigNode): Meaning {
  if (m.axes.length > 0 || isUnsized(m)) throw new ReadingProblem('form', 'A product over labels is read of numbers: that of matrices depends on their order.', e.span)
  return m
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
    case 'sum': return { ...body, expr: guarded(() => contract(indices, [...limits, ...where, body.expr]), e.span) }
    case 'max': return { ...body, expr: reduce('max', indices, body.expr, [...limits, ...where]) }
    case 'min': return { ...body, expr: negate(reduce('max', indices, negate(body.expr), [...limits, ...where])) }
    case 'product': {
      // prod over an axis with a number of entries
      const [only] = indices
      const n = only?.size.value
      if (indices.length !== 1 || n === undefined || n > MOST_TERMS || where.length + limits.length > 0) throw new ReadingProblem('form', 'A product is read over few entries whose number is given.', e.span)
      return { ...numberOnly(body, e), expr: multiply(...Array.from({ length: n }, (_, k) => contract([only!], [body.expr, selector('eq', [{ coefficient: size(1), index: only! }], size(-k))]))) }
    }
    case 'argmax': case 'argmin': throw new ReadingProblem('form', 'The place of a maximum is no number.', e.span)
  }
}

