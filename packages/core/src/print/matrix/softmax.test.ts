/** Softmax, its rows, batch norm and losses in matrix form. */
import { describe, expect, it } from 'vitest'
import { add, apply, contract, delta, divide, entry, type Expr, type Index, multiply, negate, number, power, scale, subtract } from '../../expression/index.ts'
import { rational } from '../../shape/index.ts'
import { axis, fn, printed, tensor } from './check.test-helper.ts'

const q = (n: number, d = 1) => number(rational(n, d))
const [j, l, m] = [axis('j', 3), axis('l', 3), axis('m', 3)]
const [i, k] = [axis('i', 2), axis('k', 2)]

describe('softmax', () => {
  const [s, t] = [tensor('s', [3]), tensor('t', [3])]
  const jacobian = (a: Index, c: Index) => multiply(entry(s, [a]), subtract(delta(a, c), entry(s, [c])))
  it('Jacobian', () => expect(printed(jacobian(j, l), { row: j, column: l })).toBe('diag(s) − s sᵀ'))
  it('Jacobian, other way', () => expect(printed(jacobian(l, j), { row: j, column: l })).toBe('diag(s) − s sᵀ'))
  it('chain of it', () => {
    const u = tensor('u', [3])
    expect(printed(contract([j], [entry(u, [j]), jacobian(j, l)]), { column: l })).toBe('uᵀ (diag(s) − s sᵀ)')
    expect(printed(contract([j], [divide(negate(entry(t, [j])), entry(s, [j])), jacobian(j, l)]), { column: l })).toBe('((1ᵀ t) s − t)ᵀ')
  })
  const sum = contract([m], [entry(t, [m])])
  it('cross entropy', () => {
    expect(printed(subtract(multiply(sum, entry(s, [j])), entry(t, [j])), { row: j })).toBe('(1ᵀ t) s − t')
    expect(printed(multiply(sum, jacobian(j, l)), { row: j, column: l })).toBe('(1ᵀ t)(diag(s) − s sᵀ)')
    expect(printed(subtract(entry(s, [j]), entry(t, [j])), { column: j })).toBe('(s − t)ᵀ')
    expect(printed(negate(contract([j], [entry(t, [j]), apply(fn('log'), [entry(s, [j])])])), {})).toBe('−tᵀ log s')
  })
})

describe('rows', () => {
  const [Y, T, D] = [tensor('Y', [2, 3]), tensor('T', [2, 3]), tensor('D', [2, 3])]
  const f = (x: Expr, y: Expr) => contract([m], [x, y])
  it('cross entropy', () => expect(printed(subtract(multiply(entry(Y, [i, j]), contract([m], [entry(T, [i, m])])), entry(T, [i, j])), { row: i, column: j })).toBe('diag(T 1) Y − T'))
  it('softmax vjp', () => expect(printed(multiply(entry(Y, [i, j]), subtract(entry(D, [i, j]), f(entry(D, [i, m]), entry(Y, [i, m])))), { row: i, column: j })).toBe('(D − (D ⊙ Y) 1 1ᵀ) ⊙ Y'))
  it('log-softmax vjp', () => expect(printed(subtract(entry(D, [i, j]), multiply(entry(Y, [i, j]), contract([m], [entry(D, [i, m])]))), { row: i, column: j })).toBe('D − diag(D 1) Y'))
  it('batch norm', () => {
    const [Z, G, sd] = [tensor('Z', [2, 3]), tensor('D', [2, 3]), tensor('v', [3])]
    const inner = add(scale(rational(2), entry(G, [i, j])), negate(contract([k], [entry(G, [k, j])])), negate(multiply(entry(Z, [i, j]), contract([k], [entry(Z, [k, j]), entry(G, [k, j])]))))
    expect(printed(multiply(inner, power(entry(sd, [j]), q(-1)), q(1, 2)), { row: i, column: j })).toBe('1/2 ((2D − 1 1ᵀ D − Z diag((D ⊙ Z)ᵀ 1)) ⊘ 1 vᵀ)')
  })
  it('dense layer', () => {
    const [X, W, U, b] = [tensor('X', [4, 2]), tensor('W', [3, 2]), tensor('D', [4, 3]), tensor('b', [3])]
    const r = axis('r', 4)
    expect(printed(add(contract([k], [entry(X, [r, k]), entry(W, [j, k])]), entry(b, [j])), { row: r, column: j })).toBe('X Wᵀ + 1 bᵀ')
    expect(printed(contract([j], [entry(U, [r, j]), entry(W, [j, k])]), { row: r, column: k })).toBe('D W')
    expect(printed(contract([r], [entry(U, [r, j]), entry(X, [r, k])]), { row: j, column: k })).toBe('Dᵀ X')
    expect(printed(contract([r], [entry(U, [r, j])]), { column: j })).toBe('1ᵀ D')
  })
  it('losses', () => {
    expect(printed(subtract(scale(rational(2), entry(Y, [i, j])), scale(rational(2), entry(T, [i, j]))), { row: i, column: j })).toBe('2(Y − T)')
    expect(printed(negate(divide(entry(T, [i, j]), entry(Y, [i, j]))), { row: i, column: j })).toBe('−T ⊘ Y')
    expect(printed(subtract(multiply(entry(T, [i, j]), apply(fn('sigmoid'), [entry(Y, [i, j])])), entry(T, [i, j])), { row: i, column: j })).toBe('T ⊙ sigmoid(Y) − T')
    expect(printed(contract([i, j], [entry(T, [i, j]), apply(fn('log'), [entry(Y, [i, j])])], rational(-1)), {})).toBe('−tr(Tᵀ log Y)')
  })
})
