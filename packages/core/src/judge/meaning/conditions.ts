/** Conditions: `i = j`, `j \neq i`, `i < j`, `x > 0`, as numbers that are 1 where they hold, else 0. */
import { add, apply, type Expr, type Index, multiply, negate, ONE_E, selector, sizeValue, subtract } from '../../expression/index.ts'
import type { Latex, Relation, RelationNode } from '../../language/latex/ast.ts'
import { step } from '../../operations/step.ts'
import { size, type Size, subS } from '../../shape/index.ts'
import { type Env, readTensor } from './env.ts'
import { at, type Meaning, sameShape, scalar } from './meaning.ts'
import { ReadingProblem } from './run.ts'
import { knownIndex, letterIndices } from './symbols.ts'
import { rangeSize } from './ranges.ts'
import { membersOf } from './under.ts'

const RELATIONS: ReadonlySet<Relation> = new Set(['=', '≠', '<', '≤', '>', '≥', '≡'])
const isOr = (e: Latex): boolean => e.kind === 'text' && /^(or|oder)$/i.test(e.text)

/** 1 where a condition holds. A list is read with "and" between its items; words that only lead to it are passed over. */
export function conditionOf(e: Latex, env: Env): Meaning {
  switch (e.kind) {
    case 'relation': return relationOf(e, env)
    case 'group': if (e.items.length === 1) return conditionOf(e.items[0]!, env); break
    case 'list': {
      const items = e.items.filter(i => !(i.kind === 'text' && LEADING.test(i.text)))
      const either = items.findIndex(isOr)
      if (either > 0) {
        const [a, b] = [listOf(items.slice(0, either), e, env), listOf(items.slice(either + 1), e, env)]
        return scalar(add(a.expr, b.expr, negate(multiply(a.expr, b.expr))))
      }
      return listOf(items, e, env)
    }
    default: break
  }
  throw new ReadingProblem('form', 'This is no condition.', e.span)
}

const LEADING = /^(if|when|for|where|falls|wenn|für|and|und|with|case|fall|in case|,)?[:,.]?$/i
/** Words that stand for "in all other cases". */
export const OTHERWISE = /^(otherwise|else|sonst|andernfalls|in all other cases)[.,]?$/i

function listOf(items: readonly Latex[], whole: Latex, env: Env): Meaning {
  if (items.length === 0) throw new ReadingProblem('form', 'This is no condition.', whole.span)
  return items.map(i => conditionOf(i, env)).reduce((a, b) => ({ ...a, expr: multiply(a.expr, b.axes.length === 0 ? b.expr : at(b, a.axes)) }))
}

function relationOf(e: RelationNode, env: Env): Meaning {
  if (e.relations[0] === '∈' && e.parts.length === 2) return amongOf(e, env)
  let made: Meaning | undefined
  e.relations.forEach((relation, k) => {
    const [a, b] = [e.parts[k], e.parts[k + 1]]
    if (!a || !b || !RELATIONS.has(relation)) throw new ReadingProblem('form', 'This is no condition.', e.span)
    const one = between(a, relation, b, e, env)
    made = made ? { ...one, expr: multiply(made.expr, one.axes.length === 0 ? one.expr : at(one, made.axes)) } : one
  })
  return made!
}

/** `j \in \{1, 2\}`, `i \in \{1, \dots, n\}` */
function amongOf(e: RelationNode, env: Env): Meaning {
  const [a, b] = e.parts as [Latex, Latex]
  const { among, from, to } = membersOf(b)
  if (!among) return relationOf({ ...e, parts: [from, a, to], relations: ['≤', '≤'] }, env)
  const index = isPosition(a, env) ? knownIndex(a, env) : undefined
  if (!index) throw new ReadingProblem('form', 'This is no condition.', e.span)
  return scalar(add(...among.map(n => withSize(index, '=', size(n)))))
}

function between(a: Latex, relation: Relation, b: Latex, e: Latex, env: Env): Meaning {
  const indices = isPosition(a, env) || isPosition(b, env) ? letterIndices([a, b], env) : undefined
  if (indices) return scalar(positions(indices[0]!, relation, indices[1]!))
  // layers are counted, whatever else their letters name
  const layers = [a, b].some(x => x.kind === 'symbol' && env.scene.labels.has(x.name)) ? [a, b].map(x => rangeSize(x, env)) : []
  if (layers[0] && layers[1]) return scalar(values(sizeValue(layers[0]), relation, sizeValue(layers[1]))!)
  const bounded = boundOf(a, relation, b, env) ?? boundOf(b, TURNED[relation] ?? relation, a, env)
  if (bounded) return scalar(bounded)
  const [x, y] = [readTensor(a, env), readTensor(b, env)]
  const lead = x.axes.length > 0 ? x : y
  if (x.axes.length > 0 && y.axes.length > 0 && !sameShape(x, y)) throw new ReadingProblem('shape', 'The sides of this condition have different shapes.', e.span)
  const [p, q] = [x, y].map(m => (m.axes.length === 0 ? m.expr : at(m, lead.axes))) as [Expr, Expr]
  const expr = values(p, relation, q)
  if (!expr) throw new ReadingProblem('form', 'Numbers are compared with < and >.', e.span)
  return { ...lead, expr }
}

/** A letter that is an index, not a tensor or a number. */
function isPosition(e: Latex, env: Env): boolean {
  if (e.kind !== 'symbol') return false
  const letter = env.letters.get(e.name)
  if (letter) return letter.kind === 'axis' || letter.kind === 'data'
  return !env.scene.table.byBase.has(e.name) && (env.run.sizes.has(e.name) || [...env.run.free.keys()].some(k => k.startsWith(`${e.name}|`)))
}

const TURNED: Partial<Record<Relation, Relation>> = { '<': '>', '≤': '≥', '>': '<', '≥': '≤' }

/** An index against a size: `i \leq n`. A name that nothing declares stands for all of them. */
function boundOf(a: Latex, relation: Relation, b: Latex, env: Env): Expr | undefined {
  const index = isPosition(a, env) ? knownIndex(a, env) : undefined
  if (!index || isPosition(b, env)) return undefined
  if (b.kind === 'symbol' && !env.scene.network.dims.has(b.name) && !env.letters.has(b.name) && !env.scene.labels.has(b.name) && (relation === '≤' || relation === '<')) return relation === '≤' ? ONE_E : undefined
  const bound = rangeSize(b, env)
  return bound && withSize(index, relation, bound)
}

/** An index, counted from 1, against a size. */
function withSize(i: Index, relation: Relation, s: Size): Expr {
  const up = (shift: number): Expr => selector('le', [{ coefficient: size(1), index: i }], subS(size(shift), s))
  const down = (shift: number): Expr => selector('le', [{ coefficient: size(-1), index: i }], subS(s, size(shift)))
  const same = selector('eq', [{ coefficient: size(1), index: i }], subS(size(1), s))
  switch (relation) {
    case '≤': return up(1)
    case '<': return up(2)
    case '≥': return down(1)
    case '>': return down(0)
    case '≠': return subtract(ONE_E, same)
    default: return same
  }
}

function positions(a: Index, relation: Relation, b: Index): Expr {
  const test = (kind: 'eq' | 'le', x: Index, y: Index, shift: number): Expr => selector(kind, [{ coefficient: size(1), index: x }, { coefficient: size(-1), index: y }], size(shift))
  switch (relation) {
    case '=': case '≡': return test('eq', a, b, 0)
    case '≠': return subtract(ONE_E, test('eq', a, b, 0))
    case '≤': return test('le', a, b, 0)
    case '<': return test('le', a, b, 1)
    case '≥': return test('le', b, a, 0)
    default: return test('le', b, a, 1)
  }
}

function values(a: Expr, relation: Relation, b: Expr): Expr | undefined {
  const above = (x: Expr, y: Expr): Expr => apply(step, [subtract(x, y)])
  switch (relation) {
    case '>': return above(a, b)
    case '<': return above(b, a)
    case '≥': return subtract(ONE_E, above(b, a))
    case '≤': return subtract(ONE_E, above(a, b))
    // exactly equal numbers: neither is greater
    case '=': case '≡': return multiply(subtract(ONE_E, above(a, b)), subtract(ONE_E, above(b, a)))
    case '≠': return subtract(ONE_E, multiply(subtract(ONE_E, above(a, b)), subtract(ONE_E, above(b, a))))
    default: return undefined
  }
}
