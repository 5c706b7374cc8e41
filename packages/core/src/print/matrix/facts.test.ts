/** Known derivatives in index form, and how they stand in matrix form. */
import { describe, expect, it } from 'vitest'
import { add, apply, applyOver, contract, delta, divide, entry, type Expr, type Index, multiply, negate, number, ONE_E, power, scale, subtract } from '../../expression/index.ts'
import { rational } from '../../shape/index.ts'
import { axis, fn, printed, tensor } from './check.test-helper.ts'

const q = (n: number, d = 1) => number(rational(n, d))
const f = (name: string) => (x: Expr) => apply(fn(name), [x])
const [exp, log, sin, cos, tanh, sigma] = ['exp', 'log', 'sin', 'cos', 'tanh', 'sigmoid'].map(f) as [typeof negate, typeof negate, typeof negate, typeof negate, typeof negate, typeof negate]
const one = (x: Expr) => subtract(ONE_E, x)
const [i, k] = [axis('i', 2), axis('k', 2)]
const [j, l] = [axis('j', 3), axis('l', 3)]

const A = tensor('A', [2, 3])
const [x, b] = [tensor('x', [3]), tensor('b', [2])]
const Ax = (r: Index) => contract([j], [entry(A, [r, j]), entry(x, [j])])

describe('logistic regression', () => {
  const e = (r: Index) => exp(negate(multiply(entry(b, [r]), Ax(r))))
  it('gradient', () => expect(printed(negate(contract([i], [entry(A, [i, l]), e(i), entry(b, [i]), power(add(ONE_E, e(i)), q(-1))])), { row: l }))
    .toBe('−Aᵀ ((b ⊙ exp(−b ⊙ A x)) ⊘ (1 + exp(−b ⊙ A x)))'))
  it('Hessian', () => {
    const s = (r: Index) => sigma(multiply(entry(b, [r]), Ax(r)))
    expect(printed(contract([i], [entry(A, [i, l]), power(entry(b, [i]), q(2)), s(i), one(s(i)), entry(A, [i, j])]), { row: l, column: j })).toBe('Aᵀ diag(b^⊙² ⊙ sigmoid(b ⊙ A x) ⊙ (1 − sigmoid(b ⊙ A x))) A')
  })
  it('theta', () => {
    const [X, theta, y] = [tensor('X', [2, 3]), tensor('theta', [3]), tensor('y', [2])]
    const Xt = (r: Index) => contract([j], [entry(X, [r, j]), entry(theta, [j])])
    expect(printed(subtract(contract([i], [entry(y, [i]), log(Xt(i))]), scale(rational(1, 18), contract([j], [power(entry(theta, [j]), q(2))]))), {})).toBe('yᵀ log(X θ) − θᵀ θ / 18')
    expect(printed(subtract(contract([i], [entry(X, [i, l]), divide(entry(y, [i]), Xt(i))]), scale(rational(1, 9), entry(theta, [l]))), { row: l })).toBe('Xᵀ (y ⊘ X θ) − θ/9')
  })
})

describe('functions of a vector', () => {
  it('A exp(x)', () => expect(printed(multiply(entry(A, [i, j]), exp(entry(x, [j]))), { row: i, column: j })).toBe('A diag(exp(x))'))
  it('mish', () => {
    const u = tanh(log(add(ONE_E, exp(entry(x, [j])))))
    const e = multiply(delta(j, l), add(u, multiply(entry(x, [j]), one(power(u, q(2))), exp(entry(x, [j])), power(add(ONE_E, exp(entry(x, [j]))), q(-1)))))
    expect(printed(e, { row: j, column: l })).toBe('diag(tanh(log(1 + exp(x))) + (x ⊙ exp(x) ⊙ (1 − tanh(log(1 + exp(x)))^⊙²)) ⊘ (1 + exp(x)))')
  })
  it('xᵀsin(Ax)', () => {
    const [S, z, m, n] = [tensor('S', [3, 3]), tensor('z', [3]), axis('m', 3), axis('n', 3)]
    const Sz = (r: Index) => contract([n], [entry(S, [r, n]), entry(z, [n])])
    expect(printed(contract([m], [entry(z, [m]), sin(Sz(m))]), {})).toBe('zᵀ sin(S z)')
    expect(printed(add(contract([m], [entry(z, [m]), cos(Sz(m)), entry(S, [m, j])]), sin(Sz(j))), { row: j })).toBe('sin(S z) + Sᵀ (z ⊙ cos(S z))')
    expect(printed(add(multiply(cos(Sz(j)), entry(S, [j, l])), multiply(cos(Sz(l)), entry(S, [l, j])), negate(contract([m], [entry(S, [m, j]), entry(z, [m]), sin(Sz(m)), entry(S, [m, l])]))), { row: j, column: l })).toBe('diag(cos(S z)) S + Sᵀ diag(cos(S z)) − Sᵀ diag(z ⊙ sin(S z)) S')
    expect(printed(add(contract([m], [entry(S, [j, m]), entry(z, [m])]), contract([m], [entry(S, [m, j]), entry(z, [m])])), { row: j })).toBe('(S + Sᵀ) z')
    expect(printed(add(entry(S, [j, l]), entry(S, [l, j])), { row: j, column: l })).toBe('S + Sᵀ')
    expect(printed(contract([j, l], [entry(S, [j, l]), entry(z, [j]), entry(z, [l])]), {})).toBe('zᵀ S z')
  })
  it('exp Hessian', () => expect(printed(contract([i], [entry(A, [i, j]), exp(Ax(i)), entry(A, [i, l])]), { row: j, column: l })).toBe('Aᵀ diag(exp(A x)) A'))
  it('wwᵀv − (wᵀw)v', () => {
    const [w, v] = [tensor('w', [3]), tensor('v', [3])]
    const m = axis('m', 3)
    const wv = contract([m], [entry(w, [m]), entry(v, [m])])
    expect(printed(add(multiply(delta(j, l), wv), multiply(entry(w, [j]), entry(v, [l])), scale(rational(-2), multiply(entry(v, [j]), entry(w, [l])))), { row: j, column: l })).toBe('w vᵀ + (wᵀ v) I − 2v wᵀ')
    expect(printed(subtract(contract([m], [entry(w, [j]), entry(w, [m]), entry(v, [m])]), contract([m], [entry(w, [m]), entry(w, [m]), entry(v, [j])])), { row: j })).toBe('(wᵀ v) w − (wᵀ w) v')
  })
})

describe('matrices', () => {
  it('bᵀHᵀAᵀMAHb', () => {
    const [H, G, M, c] = [tensor('H', [3, 5]), tensor('A', [2, 3]), tensor('M', [2, 2]), tensor('b', [5])]
    const [p, n] = [axis('p', 5), axis('n', 5)]
    const Hb = (r: Index, over: Index) => contract([over], [entry(H, [r, over]), entry(c, [over])])
    const AHb = (r: Index) => contract([j], [entry(G, [r, j]), Hb(j, p)])
    const e = add(contract([k], [entry(M, [i, k]), AHb(k), Hb(l, n)]), contract([k], [entry(M, [k, i]), AHb(k), Hb(l, n)]))
    expect(printed(e, { row: i, column: l })).toBe('(M + Mᵀ) A H b bᵀ Hᵀ')
    expect(printed(contract([i, k], [entry(M, [i, k]), AHb(i), AHb(k)]), {})).toBe('bᵀ Hᵀ Aᵀ M A H b')
  })
  it('‖XW − Y‖²', () => {
    const [X, W, Y] = [tensor('X', [4, 2]), tensor('W', [2, 3]), tensor('Y', [4, 3])]
    const r = axis('r', 4)
    const d = (a: Index, c: Index) => subtract(contract([k], [entry(X, [a, k]), entry(W, [k, c])]), entry(Y, [a, c]))
    expect(printed(contract([r, j], [power(d(r, j), q(2))]), {})).toBe('‖X W − Y‖²')
    expect(printed(scale(rational(2), contract([r], [entry(X, [r, i]), d(r, j)])), { row: i, column: j })).toBe('2Xᵀ (X W − Y)')
  })
  it('‖T − UVᵀ‖² has a Hessian of order 4', () => {
    const V = tensor('V', [3, 2])
    const e = scale(rational(2), contract([j], [entry(V, [j, i]), entry(V, [j, k]), delta(axis('a', 5), axis('c', 5))]))
    expect(printed(e, { row: i, column: k })).toBe(null)
  })
  it('inverse and determinant', () => {
    const [X, B] = [tensor('X', [3, 3]), tensor('A', [3, 3])]
    const [r, c, m, n] = [axis('r', 3), axis('c', 3), axis('m', 3), axis('n', 3)]
    const whole = { whole: { value: () => undefined, partial: () => ONE_E } }
    const inv = (a: Index, d: Index) => applyOver({ ...fn('inverse'), ...whole }, [entry(X, [r, c])], [[r, c]], [[a, d]])
    const det = applyOver({ ...fn('det'), ...whole }, [entry(X, [r, c])], [[r, c]], [])
    expect(printed(contract([m, n], [entry(B, [m, n]), inv(m, n)]), {})).toBe('tr(Aᵀ X⁻¹)')
    expect(printed(negate(contract([m, n], [inv(m, j), entry(B, [m, n]), inv(l, n)])), { row: j, column: l })).toBe('−(X⁻¹)ᵀ A (X⁻¹)ᵀ')
    expect(printed(inv(l, j), { row: j, column: l })).toBe('(X⁻¹)ᵀ')
    expect(printed(multiply(det, inv(l, j)), { row: j, column: l })).toBe('det(X)(X⁻¹)ᵀ')
  })
})
