import katex from 'katex'
import { describe, expect, test } from 'vitest'
import {
  add, apply, applyOver, contract, delta, derivative, divide, entry, type Expr, freshIndex, type Index, literalIndex, multiply, negate, number, power, reduce,
  scale, type ScalarFunction, selector, sizeValue, subtract, type Tensor,
} from '../expression/index.ts'
import { rational, scaleS, size, sizeSymbol, type Size } from '../shape/index.ts'
import { indexForm, type PrintContext, renderLatex, renderText } from './index.ts'

let rank = 0
const tensor = (name: string, axes: readonly (string | number)[] = [], more: Partial<Tensor> = {}): Tensor => {
  const sizes = axes.map(a => (typeof a === 'number' ? size(a) : sizeSymbol(a)))
  return { key: name, name, axes: more.sample ? [sizeSymbol('m'), ...sizes] : sizes, sample: false, rank: ++rank, ...more }
}
const fn = (name: string, more: Partial<ScalarFunction> = {}): ScalarFunction => ({ name, arity: 1, abstract: false, partials: [], ...more })
const g = fn('g', { abstract: true })
const primed = { ...g, partials: [0] }
const exp = fn('exp')
const log = fn('log')
const index = (name: string, n: string | number): Index => freshIndex(name, typeof n === 'number' ? size(n) : sizeSymbol(n))
const sampleIndex = (): Index => freshIndex('', sizeSymbol('m'), true)
const one = number(1)
const coefficient = (c: Size | number, index: Index) => ({ coefficient: typeof c === 'number' ? size(c) : c, index })

/** The text of an expression; its LaTeX has to be accepted by KaTeX. */
function text(e: Expr, context: PrintContext = {}): string {
  const f = indexForm(e, context)
  katex.renderToString(renderLatex(f), { throwOnError: true, strict: 'error' })
  expect(renderText(f, { unicode: false })).toMatch(/^[\x20-\x7e]*$/)
  return renderText(f)
}
const latex = (e: Expr, context: PrintContext = {}): string => renderLatex(indexForm(e, context))

describe('softmax', () => {
  const z = tensor('z', ['n'])
  const s = tensor('s', ['n'])
  const i = index('i', 'n')
  const j = index('j', 'n')
  const k = index('', 'n')
  const e = (x: Index) => apply(exp, [entry(z, [x])])
  const total = contract([k], [e(k)])
  test('its definition', () => {
    expect(text(divide(e(i), total))).toBe('e^{z_i} / Σ_k e^{z_k}')
    expect(latex(divide(e(i), total))).toBe('\\frac{e^{z_i}}{\\sum_k e^{z_k}}')
  })
  test('its derivative', () => {
    const quotient = divide(subtract(multiply(delta(i, j), e(i), total), multiply(e(i), e(j))), power(total, number(2)))
    expect(text(quotient)).toBe('(δ_ij e^{z_i} Σ_k e^{z_k} − e^{z_i} e^{z_j}) / (Σ_k e^{z_k})²')
    expect(text(multiply(entry(s, [i]), subtract(delta(i, j), entry(s, [j]))))).toBe('s_i (δ_ij − s_j)')
    expect(text(multiply(entry(s, [i]), subtract(one, entry(s, [i]))))).toBe('s_i (1 − s_i)')
    expect(text(negate(multiply(entry(s, [i]), entry(s, [j]))))).toBe('−s_i s_j')
    expect(text(derivative(entry(s, [i]), entry(z, [j])))).toBe('∂s_i/∂z_j')
  })
})

describe('an arbitrary graph', () => {
  const [n2, w25, n5, w57, b7, n7] = ['n_2', 'w_{2,5}', 'n_5', 'w_{5,7}', 'b_7', 'n_7'].map(n => tensor(n, [], { sample: n.startsWith('n') })) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]
  const y7 = tensor('y_7', [], { sample: true, rank: 1e9 })
  const i = sampleIndex()
  const at = (t: Tensor) => entry(t, t.sample ? [i] : [])
  const z5 = multiply(at(w25), at(n2))
  const z7 = add(multiply(at(w57), at(n5)), at(b7))
  const product = multiply(number(2), subtract(at(n7), at(y7)), apply(primed, [z7]), at(w57), apply(primed, [z5]), at(n2))
  const abbreviations = [{ expr: z7, name: 'z_7' }, { expr: z5, name: 'z_5' }]
  test('one sample, and the sum over the data', () => {
    expect(text(product, { abbreviations })).toBe("2(n_7 − y_7) g'(z_7) w_{5,7} g'(z_5) n_2")
    expect(text(product)).toBe("2(n_7 − y_7) g'(w_{5,7} n_5 + b_7) w_{5,7} g'(w_{2,5} n_2) n_2")
    expect(text(product, { abbreviations, showSample: true, free: new Map([[i, 'i']]) })).toBe("2(n_7⁽ⁱ⁾ − y_7⁽ⁱ⁾) g'(z_7⁽ⁱ⁾) w_{5,7} g'(z_5⁽ⁱ⁾) n_2⁽ⁱ⁾")
    const sum = contract([i], [product])
    expect(text(sum, { abbreviations })).toBe("2w_{5,7} Σ_i (n_7⁽ⁱ⁾ − y_7⁽ⁱ⁾) g'(z_7⁽ⁱ⁾) g'(z_5⁽ⁱ⁾) n_2⁽ⁱ⁾")
    expect(text(sum, { abbreviations, wholeDataSum: true })).toBe("Σ_i 2(n_7⁽ⁱ⁾ − y_7⁽ⁱ⁾) g'(z_7⁽ⁱ⁾) w_{5,7} g'(z_5⁽ⁱ⁾) n_2⁽ⁱ⁾")
    expect(latex(sum, { abbreviations, sayData: true })).toBe("2 w_{5,7} \\sum_{i \\in \\mathrm{data}} (n_7^{(i)} - y_7^{(i)}) g'(z_7^{(i)}) g'(z_5^{(i)}) n_2^{(i)}")
  })
  test('a derivative of a square keeps its 2', () => {
    expect(text(scale(rational(2), subtract(at(n7), at(y7))))).toBe('2(n_7 − y_7)')
    expect(text(power(subtract(at(y7), at(n7)), number(2)))).toBe('(n_7 − y_7)²')
  })
})

describe('a classifier', () => {
  const m = sizeValue(sizeSymbol('m'))
  const t = tensor('t', ['n2'], { sample: true, rank: 1e9 })
  const x = tensor('x', ['n0'], { sample: true })
  const W1 = tensor('W^(1)', ['n1', 'n0'], { hints: ['u', 'v'] })
  const y = tensor('y^(2)', ['n2'], { sample: true })
  const b = tensor('b', ['n1'])
  const [i, u, v, c, h] = [sampleIndex(), index('u', 'n2'), index('v', 'n0'), index('', 'n2'), index('h', 'n1')]
  test('loss, gradient, layer', () => {
    expect(text(contract([i, c], [power(m, number(-1)), entry(t, [i, c]), apply(log, [entry(y, [i, c])])], rational(-1)))).toBe('−1/m Σ_i Σ_k t_k⁽ⁱ⁾ log y⁽²⁾_k⁽ⁱ⁾')
    const difference = subtract(entry(t, [i, u]), entry(y, [i, u]))
    expect(text(contract([i], [power(m, number(-1)), difference, entry(x, [i, v])], rational(-1)))).toBe('1/m Σ_i (y⁽²⁾_u⁽ⁱ⁾ − t_u⁽ⁱ⁾) x_v⁽ⁱ⁾')
    expect(latex(contract([i], [power(m, number(-1)), difference, entry(x, [i, v])], rational(-1)))).toBe('\\frac{1}{m} \\sum_i (y_u^{(2),(i)} - t_u^{(i)}) x_v^{(i)}')
    expect(text(add(contract([v], [entry(W1, [h, v]), entry(x, [i, v])]), entry(b, [h])))).toBe('Σ_v W⁽¹⁾_hv x_v + b_h')
    expect(text(entry(W1, [literalIndex(0), literalIndex(1)]))).toBe('W⁽¹⁾_{1,2}')
  })
  test('weight decay', () => {
    const lambda = tensor('lambda', [], { rank: 99 })
    expect(text(scale(rational(1, 2), contract([u, v], [entry(lambda), power(entry(W1, [h, v]), number(2))])))).toBe('1/2 λ n2 Σ_v (W⁽¹⁾_hv)²')
  })
})

describe('windows', () => {
  const S = size
  const [H, K] = [size(100), size(5)]
  const x = tensor('x', ['C', 100, 100])
  const w = tensor('w', ['O', 'C', 5, 5], { hints: ['o', 'c', 'a', 'b'] })
  const dy = tensor('delta', ['O', 50, 50])
  const ix = (name: string, n: Size) => freshIndex(name, n)
  const [o, c, i, j, a, b, p, q] = [index('o', 'O'), index('', 'C'), ix('i', S(50)), ix('j', S(50)), ix('', K), ix('', K), ix('p', H), ix('q', H)]
  const window = (p: Index, i: Index, a: Index, stride: Size | number = 2, pad: Size = size(2)) => selector('eq', [coefficient(1, p), coefficient(typeof stride === 'number' ? -stride : scaleS(stride, rational(-1)), i), coefficient(-1, a)], pad)
  test('a convolution and its gradients', () => {
    expect(text(contract([c, a, b, p, q], [entry(w, [o, c, a, b]), entry(x, [c, p, q]), window(p, i, a), window(q, j, b)]))).toBe('Σ_{c,a,b} w_ocab x[c, 2i+a−4, 2j+b−4]')
    expect(text(contract([i, j, p, q], [entry(dy, [o, i, j]), entry(x, [c, p, q]), window(p, i, a), window(q, j, b)]), { free: new Map([[a, 'a'], [b, 'b'], [c, 'c']]) })).toBe('Σ_{k,l} δ_okl x[c, 2k+a−4, 2l+b−4]')
    expect(text(contract([o, i, j, a, b], [entry(dy, [o, i, j]), entry(w, [o, c, a, b]), window(p, i, a, 1), window(q, j, b, 1)]), { free: new Map([[c, 'c']]) })).toBe('Σ_{o,a,b} δ[o, p−a+3, q−b+3] w_ocab')
    const [k, h] = [index('', 'n'), index('h', 'n')]
    const reshape = contract([k], [entry(tensor('y', ['n']), [k]), selector('eq', [coefficient(1, k), coefficient(-3, h), coefficient(-1, b)])])
    expect(text(reshape, { free: new Map([[b, 'b'], [h, 'h']]) })).toBe('y[3h+b−3]')
    const [s, P] = [sizeSymbol('s'), sizeSymbol('P')]
    expect(text(contract([a, p], [entry(w, [o, c, a, literalIndex(0)]), entry(x, [c, p, literalIndex(0)]), window(p, i, a, s, P)]), { free: new Map([[c, 'c']]) })).toBe('Σ_a w_{o,c,a,1} x[c, s·i+a−P−s, 1]')
  })
  test('pooling', () => {
    const pool = (op: 'max' | 'argmax', at: Index[] = []) => reduce(op, [a, b], entry(x, [c, a, b]), [], at)
    const two = freshIndex('', size(2))
    const free = new Map([[c, 'c']])
    expect(text(reduce('max', [two, p], entry(x, [c, p, q]), [window(p, i, two, 2, size(0))]), { free })).toBe('max_k x[c, 2i+k−2, q]')
    // a padded maximum leaves out what lies outside; it does not count it as zero
    expect(text(reduce('max', [two, p], entry(x, [c, p, q]), [window(p, i, two, 2, size(1))]), { free })).toBe('max_{k,l: k = 2i + l − 3} x_ckq')
    expect(text(pool('argmax', [p, q]), { free: new Map([[c, 'c']]) })).toBe('1[(p, q) = argmax_{k,l} x_ckl]')
  })
  test('what cannot be folded is an indicator', () => {
    expect(text(window(p, i, a), { free: new Map([[a, 'a']]) })).toBe('1[p = 2i + a − 4]')
    expect(text(selector('le', [coefficient(1, p), coefficient(-1, q)]))).toBe('1[p ≤ q]')
    expect(text(selector('le', [coefficient(1, p), coefficient(-1, q)], size(1)))).toBe('1[p < q]')
    expect(text(delta(p, literalIndex(2)))).toBe('δ_{p,3}')
  })
})

describe('functions', () => {
  const [x, y, a] = ['x', 'y', 'a'].map(n => tensor(n)) as [Tensor, Tensor, Tensor]
  const v = tensor('v', ['n'])
  const [X, Y] = [entry(x), entry(y)]
  test.each<[string, Expr]>([
    ['1[x > 0]', apply(fn('step'), [X])],
    ['1[x > y]', apply(fn('step'), [subtract(X, Y)])],
    ['|x|', apply(fn('abs'), [X])],
    ['√x', power(X, number(rational(1, 2)))],
    ['1 / √(x + y)', power(add(X, Y), number(rational(-1, 2)))],
    ['1 + e^{−x}', add(one, apply(exp, [negate(X)]))],
    ['y/√x', divide(Y, power(X, number(rational(1, 2))))],
    ["g''(x)", apply({ ...g, partials: [0, 0] }, [X])],
    ['∂_1 f(x, y)', applyOver(fn('f', { arity: 2, abstract: true, partials: [0] }), [X, Y], [[], []], [[]])],
    ['exp(3x + y x + y)', apply(exp, [add(multiply(X, Y), scale(rational(3), X), Y)])],
    ['(e^x)²', power(apply(exp, [X]), number(2))],
    ['1 − tanh(x)²', subtract(one, power(apply(fn('tanh'), [X]), number(2)))],
    ['y^x', power(Y, X)],
    ['x / (2y)', scale(rational(1, 2), divide(X, Y))],
    ['−(x + y)', negate(add(X, Y))],
    ['y − x', add(negate(X), Y)],
    ['x² + 1', add(one, power(X, number(2)))],
    ['3/10 x', scale(rational(3, 10), X)],
    ['g_2(y)', apply(fn('g_2', { abstract: true }), [Y])],
    ["g^[l]'(x)", apply(fn('g^[l]', { abstract: true, partials: [0] }), [X])],
    ['log x', apply(log, [X])],
    ['y log x', multiply(apply(log, [X]), Y)],
  ])('%s', (line, e) => { expect(text(e)).toBe(line) })
  test('functionals', () => {
    const k = index('', 'n')
    const i = index('i', 'n')
    const cost = fn('cost', { arity: 2, abstract: true })
    const t = tensor('t', ['n'])
    expect(text(applyOver(cost, [entry(v, [k]), entry(t, [i])], [[k], [i]], []))).toBe('cost(v, t)')
    expect(text(applyOver({ ...cost, partials: [0] }, [entry(v, [k]), entry(t, [k])], [[k], [k]], [[i]]))).toBe('∂cost/∂v_i')
    const mean = (x: Index) => subtract(entry(v, [x]), contract([k], [entry(v, [k]), power(sizeValue(sizeSymbol('n')), number(-1))]))
    expect(text(power(mean(i), number(2)))).toBe('(v_i − 1/n Σ_k v_k)²')
    expect(text(applyOver({ ...cost, partials: [0] }, [multiply(number(2), entry(v, [k])), entry(t, [k])], [[k], [k]], [[i]]), { abbreviations: [{ expr: scale(rational(2), entry(v, [i])), name: 'z', indices: [i] }] })).toBe('∂cost/∂z_i')
    expect(text(entry(a))).toBe('a')
    expect(text(entry(v, [i]), { nameOf: () => ({ kind: 'call', name: 'softmax', primes: 0, args: [{ kind: 'name', name: 'z' }] }) })).toBe('softmax(z)_i')
  })
})

test('the order of building does not show', () => {
  const [p, q, r] = ['p', 'q', 'r'].map(n => tensor(n, ['n', 'n'])) as [Tensor, Tensor, Tensor]
  const [i, j] = [index('i', 'n'), index('j', 'n')]
  const lines = new Set<string>()
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]]) for (const swap of [true, false]) {
    const [k, l] = swap ? [index('', 'n'), index('', 'n')] : [index('', 'n'), index('', 'n')].reverse() as [Index, Index]
    const [a, b] = swap ? [index('i', 'n'), index('j', 'n')] : [index('j', 'n'), index('i', 'n')].reverse() as [Index, Index]
    const factors = [entry(p, [a, k]), entry(q, [k, l]), entry(r, [l, b])]
    const e = contract([k, l], order.map(o => factors[o]!))
    lines.add(text(order[0] === 1 ? add(entry(q, [a, b]), e, negate(entry(p, [a, b]))) : add(negate(entry(p, [a, b])), e, entry(q, [a, b])), { free: new Map([[a, 'i'], [b, 'j']]) }))
  }
  expect([...lines]).toEqual(['Σ_{k,l} r_kj q_lk p_il + q_ij − p_ij'])
  expect(i).not.toBe(j)
})
