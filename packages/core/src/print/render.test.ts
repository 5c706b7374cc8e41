import fc from 'fast-check'
import katex from 'katex'
import { describe, expect, test } from 'vitest'
import type { Formula } from './formula.ts'
import { indexForm, latexName, nameParts, renderLatex, renderText, textName } from './index.ts'
import { number } from '../expression/index.ts'
import { rational, size } from '../shape/index.ts'

const name = (x: string): Formula => ({ kind: 'name', name: x })
const integer = (k: number): Formula => ({ kind: 'number', value: rational(k) })
const times = (...factors: Formula[]): Formula => ({ kind: 'product', operator: 'juxtapose', factors })
const over = (numerator: Formula, denominator: Formula): Formula => ({ kind: 'fraction', numerator, denominator })
const plus = (...terms: Formula[]): Formula => ({ kind: 'sum', terms })
const minus = (body: Formula): Formula => ({ kind: 'negative', body })
const total = (body: Formula): Formula => ({ kind: 'big', operator: 'sum', under: [name('k')], body })
const [a, b, c, W, y] = [name('a'), name('b'), name('c'), name('W^(1)'), name('y_2')] as const

describe('names', () => {
  test.each([
    ['W^(1)', 'W⁽¹⁾', 'W^{(1)}'], ['z^[l]', 'z^[l]', 'z^{[l]}'], ['a^[l-1]', 'a^[l-1]', 'a^{[l-1]}'], ['z^(l+1)', 'z⁽ˡ⁺¹⁾', 'z^{(l+1)}'],
    ['w_{1,3}', 'w_{1,3}', 'w_{1,3}'], ['w_{1,2}^(1)', 'w_{1,2}⁽¹⁾', 'w_{1,2}^{(1)}'], ['n_4', 'n_4', 'n_4'], ['n_12', 'n_12', 'n_{12}'], ['y^*', 'y^*', 'y^{*}'],
    ['xw_0', 'xw_0', '\\mathrm{xw}_0'], ['Loss', 'Loss', '\\mathrm{Loss}'], ['sigma', 'σ', '\\sigma'], ['lambda', 'λ', '\\lambda'], ['c1.W', 'c1.W', '\\mathrm{c1}.W'],
    ['stage1.2.conv.W', 'stage1.2.conv.W', '\\mathrm{stage1}.2.\\mathrm{conv}.W'], ['x_hat', 'x̂', '\\hat{x}'], ['yhat', 'ŷ', '\\hat{y}'], ['ŷ', 'ŷ', '\\hat{y}'],
    ["x'", "x'", 'x^{\\prime}'], ['z_max', 'z_max', 'z_{\\mathrm{max}}'], ['delta^(2)', 'δ⁽²⁾', '\\delta^{(2)}'], ['what', 'ŵ', '\\hat{w}'],
  ])('%s', (canonical, unicode, latex) => {
    expect(textName(canonical)).toBe(unicode)
    expect(latexName(canonical)).toBe(latex)
    katex.renderToString(latexName(canonical), { throwOnError: true })
  })
  test('any text lands in some part', () => {
    fc.assert(fc.property(fc.string({ maxLength: 20 }), x => { nameParts(x); textName(x); latexName(x) }))
  })
})

describe('brackets', () => {
  test.each<[string, string, Formula]>([
    ['a b / (c b)', '\\frac{a b}{c b}', over(times(a, b), times(c, b))],
    ['(a/b) / c', '\\frac{\\frac{a}{b}}{c}', over(over(a, b), c)],
    ['(Σ_k a) b', '\\left( \\sum_k a \\right) b', times(total(a), b)],
    ['b Σ_k a', 'b \\sum_k a', times(b, total(a))],
    ['Σ_k (a + b)', '\\sum_k (a + b)', total(plus(a, b))],
    ['Σ_k a + b', '\\sum_k a + b', plus(total(a), b)],
    ['a − (b − c)', 'a - (b - c)', plus(a, minus(plus(b, minus(c))))],
    ['a (−b)', 'a (-b)', times(a, minus(b))],
    ['2 · 3', '2 \\cdot 3', times(integer(2), integer(3))],
    ['2(a + b)', '2 (a + b)', times(integer(2), plus(a, b))],
    ['(a + b)(a − b)', '(a + b) (a - b)', times(plus(a, b), plus(a, minus(b)))],
    ['(W⁽¹⁾)²', '(W^{(1)})^{2}', { kind: 'power', base: W, exponent: integer(2) }],
    ['(a/b)²', '\\left( \\frac{a}{b} \\right)^{2}', { kind: 'power', base: over(a, b), exponent: integer(2) }],
    ['(a b / c)²', '\\left( \\frac{a b}{c} \\right)^{2}', { kind: 'power', base: over(times(a, b), c), exponent: integer(2) }],
    ['g\'(a)²', "g'(a)^{2}", { kind: 'power', base: { kind: 'call', name: 'g', primes: 1, args: [a] }, exponent: integer(2) }],
    ['∂E/∂a · b', '\\frac{\\partial E}{\\partial a} \\cdot b', { kind: 'product', operator: 'dot', factors: [{ kind: 'partial', of: name('E'), by: a }, b] }],
    ['(∂E/∂a)(∂a/∂b)', '\\frac{\\partial E}{\\partial a} \\frac{\\partial a}{\\partial b}', times({ kind: 'partial', of: name('E'), by: a }, { kind: 'partial', of: a, by: b })],
    ['W⁽¹⁾ᵀ a ⊙ b', 'W^{(1)\\top} a \\odot b', { kind: 'product', operator: 'hadamard', factors: [times({ kind: 'transpose', body: W }, a), b] }],
    ['(a ⊙ b) cᵀ', '(a \\odot b) c^{\\top}', times({ kind: 'product', operator: 'hadamard', factors: [a, b] }, { kind: 'transpose', body: c })],
    ['(a − b)ᵀ', '(a - b)^{\\top}', { kind: 'transpose', body: plus(a, minus(b)) }],
    ['(−a ⊘ b)ᵀ', '(-a \\oslash b)^{\\top}', { kind: 'transpose', body: minus({ kind: 'elementwise-quotient', numerator: a, denominator: b }) }],
    ['a · 1/2', 'a \\cdot \\frac{1}{2}', { kind: 'product', operator: 'dot', factors: [a, { kind: 'number', value: rational(1, 2) }] }],
    ['(y_2)_d', '(y_2)_d', { kind: 'entry', base: y, indices: [name('d')] }],
    ['W⁽¹⁾_uv', 'W_{uv}^{(1)}', { kind: 'entry', base: W, indices: [name('u'), name('v')] }],
    ['y_2⁽ⁱ⁾', 'y_2^{(i)}', { kind: 'entry', base: y, indices: [], sample: name('i') }],
    ['W⁽¹⁾_u⁽ⁱ⁾', 'W_u^{(1),(i)}', { kind: 'entry', base: W, indices: [name('u')], sample: name('i') }],
    ['[ a + b ]_j', '[a + b]_j', { kind: 'bracket', square: true, body: plus(a, b), sample: name('j') }],
    ['1[a > 0]', '\\mathbf{1}[a > 0]', { kind: 'indicator', left: a, relation: '>', right: integer(0) }],
  ])('%s', (text, latex, f) => {
    expect(renderText(f)).toBe(text)
    expect(renderLatex(f)).toBe(latex)
    katex.renderToString(renderLatex(f), { throwOnError: true, strict: 'error' })
  })
})

// ---------------------------------------------------------------- a reader of the plain text, to see that brackets keep the value

const values: Readonly<Record<string, number>> = { a: 1.25, b: -0.75, c: 2.5, y_2: 0.625, k: 3 }

/** Reads ASCII arithmetic: + and − bind least, then juxtaposition and / from left to right, then powers; `sum_k` takes the product that follows and counts twice. */
function read(text: string): number {
  const tokens = text.match(/\d+(\.\d+)?|sum_k|log|g'|[a-z]\w*|[-+/*^(){}]/g) ?? []
  let at = 0
  const eat = (t: string): boolean => (tokens[at] === t ? (at++, true) : false)
  const sum = (): number => {
    let v = eat('-') ? -product() : product()
    for (;;) {
      if (eat('+')) v += product()
      else if (eat('-')) v -= product()
      else return v
    }
  }
  const product = (): number => {
    let v = power()
    for (;;) {
      if (eat('/')) v /= power()
      else if (eat('*')) v *= power()
      else if (tokens[at] !== undefined && !/^[-+/*^)}]$/.test(tokens[at]!)) v *= power()
      else return v
    }
  }
  const power = (): number => {
    const v = primary()
    if (!eat('^')) return v
    if (!eat('{')) return v ** primary()
    const e = sum()
    eat('}')
    return v ** e
  }
  const primary = (): number => {
    const t = tokens[at++]!
    if (t === '(') { const v = sum(); eat(')'); return v }
    if (t === 'sum_k') return 2 * product()
    if (t === "g'") { eat('('); const v = sum(); eat(')'); return Math.sin(v) }
    return values[t] ?? Number(t)
  }
  const v = sum()
  expect(at).toBe(tokens.length)
  return v
}

function value(f: Formula): number {
  switch (f.kind) {
    case 'number': return Number(f.value.n) / Number(f.value.d)
    case 'name': return values[f.name]!
    case 'sum': return f.terms.reduce((s, t) => s + value(t), 0)
    case 'negative': return -value(f.body)
    case 'product': return f.factors.reduce((p, t) => p * value(t), 1)
    case 'fraction': return value(f.numerator) / value(f.denominator)
    case 'power': return value(f.base) ** value(f.exponent)
    case 'big': return 2 * value(f.body)
    case 'call': return Math.sin(value(f.args[0]!))
    default: throw new Error(f.kind)
  }
}

const { formula } = fc.letrec<{ formula: Formula }>(tie => {
  const some = (minLength: number, maxLength: number) => fc.array(tie('formula'), { minLength, maxLength })
  return {
    formula: fc.oneof({ depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(a, b, c, y, integer(2), integer(3), integer(-2), { kind: 'number', value: rational(1, 2) } as Formula, { kind: 'number', value: rational(-3, 4) } as Formula),
      some(2, 3).map(terms => plus(...terms)), tie('formula').map(minus), some(2, 3).map(factors => times(...factors)),
      some(2, 2).map((factors): Formula => ({ kind: 'product', operator: 'dot', factors })), some(2, 2).map(([x, z]) => over(x!, z!)),
      tie('formula').map((base): Formula => ({ kind: 'power', base, exponent: integer(2) })), tie('formula').map(total),
      tie('formula').map((x): Formula => ({ kind: 'call', name: 'g', primes: 1, args: [x] }))),
  }
})

test('brackets keep the value of any arithmetic formula', () => {
  fc.assert(fc.property(formula, f => {
    const [direct, readBack] = [value(f), read(renderText(f, { unicode: false }))]
    if (!Number.isFinite(direct)) return
    expect(Math.abs(readBack - direct)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(direct)))
  }), { numRuns: 3000 })
})

test('KaTeX accepts any formula', () => {
  fc.assert(fc.property(formula, f => { katex.renderToString(renderLatex(f), { throwOnError: true, strict: 'error' }) }), { numRuns: 300 })
})

test('a size is a number on the page', () => {
  expect(renderText({ kind: 'size', size: size(3) })).toBe('3')
  expect(renderText(indexForm(number(rational(-1, 2))))).toBe('−1/2')
})
