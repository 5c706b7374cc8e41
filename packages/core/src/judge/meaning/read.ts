/** From the tree of a formula to its meaning in a scene: one case for each kind of node. */
import { add, apply, contract, delta, type Expr, freshIndex, literalIndex, multiply, negate, number, power, type ScalarFunction, selector } from '../../expression/index.ts'
import { latexChildren } from '../../language/latex/index.ts'
import { equalTrees } from '../names/pattern.ts'
import type { CasesNode, DerivativeNode, Latex, MatrixNode, ProductNode, ScriptedNode, SumNode } from '../../language/latex/ast.ts'
import { abs } from '../../operations/abs.ts'
import { parseRational, rational, size, ONE, divR } from '../../shape/index.ts'
import { itemsOf } from '../names/labels.ts'
import { readApplied, readPrefix } from './applied.ts'
import { readBig } from './big.ts'
import { before, type Case, contradiction, leftOpen, noneOf, whereWords } from './cases.ts'
import { conditionOf, OTHERWISE } from './conditions.ts'
import { primedBracketValue, readDerivative, readDifferential, readNabla } from './derivatives.ts'
import { type Env, labelValue, readTensor } from './env.ts'
import { at, type Content, type Meaning, sameShape, scalar, shapeText, squeezed, tensor } from './meaning.ts'
import { goesWith, isUnsized, overAxes, sized, sizedTogether, unsizedSum } from './ones.ts'
import { product, productOf } from './products.ts'
import { guarded } from './guarded.ts'
import { raised } from './raise.ts'
import { ReadingProblem } from './run.ts'
import { pick, countProblem } from './slots.ts'
import { refuseZero } from './zeros.ts'
import { readSymbol } from './symbols.ts'

/** Digits that a number may have. */
const MOST_DIGITS = 400

const rounding = (name: string, real: (x: number) => number, up: boolean): ScalarFunction => ({
  name, arity: 1, abstract: false, partials: [], real,
  exact: x => { const q = x.n / x.d; const exact = q * x.d === x.n; return rational(exact ? q : up ? (x.n > 0n ? q + 1n : q) : (x.n < 0n ? q - 1n : q)) },
})
/** floor and ceil, exact on rationals. */
export const ROUNDING = { floor: rounding('floor', Math.floor, false), ceil: rounding('ceil', Math.ceil, true) } as const

/** What a piece of a page means. Throws a ReadingProblem where it has no meaning under the run's choices. */
export function read(e: Latex, env: Env): Content {
  const { memo, run, probe } = env
  if (probe?.node === e) { const { probe: _, ...bare } = env; return probe.open(read(e, bare), bare) }
  if (!memo) return readNew(e, env)
  const known = memo.pieces.get(e)
  if (known && known.letters.every(([name, index]) => (run.sizes.get(name) ?? index) === index)) {
    for (const [name, index] of known.letters) run.sizes.set(name, index)
    return known.content
  }
  const [marks, before] = [run.marks(), new Map(run.sizes)]
  run.sizes.clear()
  const content = readNew(e, env)
  const letters = [...run.sizes]
  for (const [name, index] of before) {
    const own = run.sizes.get(name)
    if (own && own !== index) throw new ReadingProblem('shape', `${name} runs over axes of different sizes.`, e.span)
    run.sizes.set(name, index)
  }
  if (run.marks() === marks) memo.pieces.set(e, { content, letters })
  return content
}

function readNew(e: Latex, env: Env): Content {
  env.run.budget.read()
  switch (e.kind) {
    case 'number': return readNumber(e.text, e, env)
    case 'symbol': return readSymbol(e, env)
    case 'scripted': return readScripted(e, env)
    case 'applied': return readApplied(e, env)
    case 'prefix': return readPrefix(e, env)
    case 'group': return readGroup(e, env)
    case 'sum': return readSum(e, env)
    case 'product': return readProduct(e, env)
    case 'fraction': {
      const [a, b] = [readTensor(e.numerator, env), readTensor(e.denominator, env)]
      refuseZero(b, e.denominator.span, env)
      const made = product(a, b, 'slash', e.span, env.run)
      if (!made) throw new ReadingProblem('shape', `${shapeText(a)} is divided by ${shapeText(b)}.`, e.span)
      return made
    }
    case 'derivative': return readDerivative(e, env)
    case 'nabla': return readNabla(e, env)
    case 'differential': return readDifferential(e, env)
    case 'big': return readBig(e, env)
    case 'norm': return readNorm(e.bars, readTensor(e.inner, env), e, env)
    case 'rounded': {
      const m = readTensor(e.inner, env)
      return { ...m, expr: apply(ROUNDING[e.direction], [m.expr]) }
    }
    case 'root': {
      const m = readTensor(e.inner, env)
      const n = e.index ? readTensor(e.index, env).expr : number(2)
      if (n.kind !== 'number' || n.value.n === 0n) throw new ReadingProblem('form', 'The order of a root is a number.', e.span)
      return { ...m, expr: power(m.expr, number(divR(ONE, n.value))) }
    }
    case 'cases': return readCases(e, env)
    case 'matrix': return readMatrix(e, env)
    case 'indicator': return conditionOf(e.relation, env)
    case 'relation': return conditionOf(e, env)
    case 'list': if (e.items.length === 1) return read(e.items[0]!, env); break
    case 'text': case 'dots': break
  }
  throw new ReadingProblem('form', e.kind === 'dots' ? 'What the dots stand for is not read.' : e.kind === 'text' ? `The words "${e.text}" have no value.` : 'Several things stand where one value is expected.', e.span)
}

/** A product; `28 \times 28` may also be a shape. */
function readProduct(e: ProductNode, env: Env): Content {
  const inside: Env = isPath(e.factors) ? { ...env, path: true } : env
  const factors = e.factors.map(f => readTensor(f, inside))
  e.operators.forEach((o, k) => { if (o === 'slash' || o === 'oslash') refuseZero(factors[k + 1]!, e.factors[k + 1]!.span, env) })
  const shape = e.operators.every(o => o === 'times') && factors.every(f => f.axes.length === 0)
  return shape && env.run.choose(2) === 1 ? { kind: 'tuple', items: factors } : productOf(e, factors, env.run)
}

/** Partials of which one goes on where another ends: the way from the loss to a weight. */
function isPath(factors: readonly Latex[]): boolean {
  const all = factors.flatMap(partialsIn)
  // \frac{\partial f}{\partial a} da, a term of a total differential
  if (all.some(a => factors.some(f => f.kind === 'differential' && a.by.some(v => equalTrees(v.variable, f.of))))) return true
  return factors.filter(f => partialsIn(f).length > 0).length > 1 && all.some(a => all.some(b => a !== b && a.by.some(v => equalTrees(v.variable, b.of))))
}

/** The partials in a factor, also in brackets, a sum or a fraction. */
function partialsIn(e: Latex): DerivativeNode[] {
  if (e.kind === 'derivative') return e.style === 'partial' && !e.by.some(v => equalTrees(v.variable, e.of)) ? [e] : []
  return e.kind === 'applied' || e.kind === 'prefix' ? [] : latexChildren(e).flatMap(partialsIn)
}

/** `250.000` is 250 thousand for some. */
function readNumber(text: string, e: Latex, env: Env): Meaning {
  const thousands = /^[1-9]\d{0,2}(\.\d{3})+$/.test(text) && env.run.choose(2) === 1
  const plain = thousands ? text.replaceAll('.', '') : text
  if (thousands) env.run.grant(`${text} is meant as ${plain}`)
  return scalar(number(numberOf(plain, e)))
}

function numberOf(text: string, e: Latex) {
  const value = text.length <= MOST_DIGITS ? parseRational(text) : undefined
  if (!value) throw new ReadingProblem('form', text.length > MOST_DIGITS ? `A number has ${MOST_DIGITS} digits at most.` : 'This is no number.', e.span)
  return value
}

function readScripted(e: ScriptedNode, env: Env): Content {
  if (e.base.kind === 'symbol') return readSymbol(e, env)
  if (e.base.kind === 'norm') return raised(normWith(e, env), e.sup, env)
  const inner = readTensor(e.base, env)
  if (e.primes > 0) return raised(primedBracketValue(inner, e.primes, e.span, env), e.sup, env)
  const items = e.sub ? itemsOf(e.sub, labelValue(env)) : []
  if (items.length > 0 && items.length !== inner.axes.length) throw new ReadingProblem(countProblem(items, inner), `This is ${shapeText(inner)}, and ${items.length} ${items.length === 1 ? 'index is' : 'indices are'} written.`, e.span)
  return raised(items.length > 0 ? pick(inner, items, env) : inner, e.sup, env)
}

/** `\lVert x \rVert_2`, `_F`, `_1` */
function normWith(e: ScriptedNode, env: Env): Meaning {
  if (e.base.kind !== 'norm') throw new TypeError('a norm is expected')
  const m = readTensor(e.base.inner, env)
  const [sub] = e.sub ?? []
  const order = sub?.kind === 'number' ? sub.text : sub?.kind === 'symbol' ? sub.name : sub ? '?' : '2'
  if (order === 'F') return euclidean(m, e)
  if (order === '2') return readNorm(2, m, e, env)
  if (order === '1' && m.axes.length > 1) throw new ReadingProblem('form', 'Of a matrix, the Frobenius norm (F) is read.', e.span)
  if (order === '1') return scalar(contract(sized(m, e.span).axes, [apply(abs, [m.expr])]))
  throw new ReadingProblem('form', 'Of norms, the Euclidean one (2, F) and the sum of magnitudes (1) are read.', e.span)
}

function readNorm(bars: 1 | 2, m: Meaning, e: Latex, env: Env): Meaning {
  sized(m, e.span)
  if (bars === 1 && m.axes.length === 0) return scalar(apply(abs, [m.expr]))
  if (bars === 1 && m.axes.length > 1) throw new ReadingProblem('form', 'Bars around a matrix may mean its determinant or its entries: write det.', e.span)
  if (squeezed(m).axes.length > 1) env.run.grant('the norm of a matrix is the Frobenius norm')
  return euclidean(m, e)
}

/** The root of the sum of all squares. */
const euclidean = (m: Meaning, e: Latex): Meaning => scalar(power(contract(sized(m, e.span).axes, [power(m.expr, number(2))]), number(rational(1, 2))))

function readGroup(e: Latex & { kind: 'group' }, env: Env): Content {
  if (e.items.length === 1) return read(e.items[0]!, env)
  return { kind: 'tuple', items: e.items.map(i => readTensor(i, env)) }
}

/** Terms of one shape; numbers go with every shape. */
function readSum(e: SumNode, env: Env): Meaning {
  const terms = e.terms.map(t => ({ sign: t.sign, m: readTensor(t.body, env), span: t.body.span }))
  const lead = terms.find(t => t.m.axes.length > 0 && !t.m.repeated)?.m ?? sizedTogether(terms.map(t => t.m))
  const signed = (sign: '+' | '-', x: Expr): Expr => (sign === '-' ? negate(x) : x)
  if (!lead) {
    const total = (): Expr => guarded(() => add(...terms.map(t => signed(t.sign, t.m.expr))), e.span)
    if (!terms.some(t => isUnsized(t.m))) return scalar(total())
    const made = unsizedSum(terms.map(t => t.m), total)
    if (!made) throw new ReadingProblem('form', 'What is added here has different shapes.', e.span)
    return made
  }
  const shapes = terms.map(t => fitted(t.m, lead, t.span))
  return { ...lead, expr: guarded(() => add(...shapes.map((x, k) => signed(terms[k]!.sign, x))), e.span) }
}

/** A term over the axes of the sum. */
function fitted(m: Meaning, lead: Meaning, span: Latex['span']): Expr {
  if (m.identity) {
    const [r, c] = lead.axes
    if (!r || !c || lead.axes.length !== 2 || r.size !== c.size) throw new ReadingProblem('shape', `The identity stands beside ${shapeText(lead)}.`, span)
    return multiply(m.expr, delta(r, c))
  }
  if (m.repeated) {
    const expr = overAxes(m, lead)
    if (!expr) throw new ReadingProblem('shape', `${shapeText(lead)} stands beside a vector that is repeated.`, span)
    return expr
  }
  if (m.ones && !goesWith(m.ones, lead)) throw new ReadingProblem('shape', `A ${m.ones} of ones stands beside ${shapeText(lead)}.`, span)
  if (m.axes.length === 0) return m.expr
  if (sameShape(m, lead) && (m.axes.length !== 1 || m.row === lead.row)) return at(m, lead.axes)
  const [a, b] = [squeezed(m), squeezed(lead)]
  if (a.axes.length === 0) return a.expr
  if (b.axes.length === lead.axes.length && sameShape(a, b) && a.row === b.row) return at(a, lead.axes)
  throw new ReadingProblem('shape', `${shapeText(lead)} and ${shapeText(m)} are added.`, span)
}

/** The values, each where its condition holds and none before it does; `otherwise` is where none of the others holds. */
function readCases(e: CasesNode, env: Env): Meaning {
  const rows = e.rows.map(r => ({ value: readTensor(r.value, env), condition: r.condition && !isOtherwise(r.condition) ? r.condition : undefined, span: r.value.span }))
  const conditions = rows.map(r => r.condition).filter(c => c !== undefined)
  const last = rows.filter(r => !r.condition)
  if (last.length > 1) throw new ReadingProblem('form', 'Two of these cases do not say when they hold.', last[1]!.span)
  const lead = rows[0]!.value
  const made = rows.map(r => ({ expr: r.value === lead ? lead.expr : fitted(r.value, lead, r.span), where: r.condition && conditionOf(r.condition, env).expr, span: r.span }))
  const isCase = (c: (typeof made)[number]): c is Case => c.where !== undefined
  const cases = made.filter(isCase)
  const twice = contradiction(cases, env)
  if (twice) throw new ReadingProblem('form', 'Two of these cases speak of the same entries and say different things.', twice.span)
  const open = last.length > 0 ? undefined : leftOpen(cases, env)
  if (open) env.run.only(open, whereWords(conditions))
  return { ...lead, expr: add(...made.map(c => multiply(isCase(c) ? before(cases, c) : noneOf(cases), c.expr))) }
}

const isOtherwise = (c: Latex): boolean => (c.kind === 'text' && OTHERWISE.test(c.text.trim())) || (c.kind === 'list' && c.items.length > 0 && c.items.every(isOtherwise))

/** A matrix of numbers: each entry at its place. One column is a vector. */
function readMatrix(e: MatrixNode, env: Env): Meaning {
  const width = e.rows[0]?.length ?? 0
  if (e.rows.some(r => r.length !== width)) throw new ReadingProblem('shape', 'The rows of this matrix have different lengths.', e.span)
  const [r, c] = [freshIndex('', size(e.rows.length)), freshIndex('', size(width))]
  const terms = e.rows.flatMap((row, i) => row.map((x, j) => {
    const m = squeezed(sized(readTensor(x, env), x.span))
    if (m.axes.length > 0) throw new ReadingProblem('shape', 'An entry of a matrix is a number.', x.span)
    return multiply(m.expr, place(r, i), place(c, j))
  }))
  return tensor(add(...terms), [r, c])
}

const place = (i: ReturnType<typeof freshIndex>, k: number): Expr => selector('eq', [{ coefficient: size(1), index: i }, { coefficient: size(-1), index: literalIndex(k) }])
