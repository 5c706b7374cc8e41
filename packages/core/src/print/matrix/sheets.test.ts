/** Backpropagation as on the exercise sheets: rows in Jacobian layout, columns in gradient layout, sums over the data. */
import { describe, expect, it } from 'vitest'
import { add, apply, contract, delta, derivative, entry, type Index, multiply, number, ONE_E, power, sizeValue, subtract } from '../../expression/index.ts'
import { rational, sizeSymbol } from '../../shape/index.ts'
import { axis, fn, primed, printed, sampleAxis, tensor } from './check.test-helper.ts'

const x = tensor('x', [2], true)
const t = tensor('t', [5], true)
const W1 = tensor('W^(1)', [3, 2])
const W2 = tensor('W^(2)', [5, 3])
const z1 = tensor('z^(1)', [3], true)
const y1 = tensor('y^(1)', [3], true)
const z2 = tensor('z^(2)', [5], true)
const y2 = tensor('y^(2)', [5], true)
const E = tensor('E', [], true)
const [c, u, v] = [axis('c', 5), axis('u', 3), axis('v', 2)]
const s = sampleAxis()
const rows = { layout: 'jacobian' } as const
const error = (a: Index, d: Index) => subtract(entry(y2, [d, a]), entry(t, [d, a]))
const slope = (a: Index, d: Index) => multiply(entry(y1, [d, a]), subtract(ONE_E, entry(y1, [d, a])))

describe('two-layer classifier', () => {
  it('2 to 6', () => {
    expect(printed(error(c, s), { column: c }, rows)).toBe('(y⁽²⁾ − t)ᵀ')
    expect(printed(contract([c], [error(c, s), entry(W2, [c, u])]), { column: u }, rows)).toBe('(y⁽²⁾ − t)ᵀ W⁽²⁾')
    expect(printed(multiply(error(c, s), entry(y1, [s, u])), { row: c, column: u }, rows)).toBe('(y⁽²⁾ − t) y⁽¹⁾ᵀ')
    expect(printed(multiply(delta(u, u2), slope(u, s)), { row: u, column: u2 }, rows)).toBe('diag(y⁽¹⁾ ⊙ (1 − y⁽¹⁾))')
    expect(printed(contract([c], [error(c, s), entry(W2, [c, u]), slope(u, s)]), { column: u }, rows)).toBe('(y⁽²⁾ − t)ᵀ W⁽²⁾ diag(y⁽¹⁾ ⊙ (1 − y⁽¹⁾))')
  })
  const u2 = axis('w', 3)
  it('derivatives as factors', () => {
    const dE = (a: typeof z2, at: Index) => derivative(entry(E, [s]), entry(a, [s, at]))
    expect(printed(contract([c], [dE(z2, c), entry(W2, [c, u])]), { column: u }, rows)).toBe('(∂E/∂z⁽²⁾) W⁽²⁾')
    expect(printed(multiply(dE(z1, u), entry(x, [s, v])), { row: u, column: v }, rows)).toBe('(∂E/∂z⁽¹⁾)ᵀ xᵀ')
    expect(printed(multiply(dE(z1, u), entry(x, [s, v])), { row: u, column: v })).toBe('(∂E/∂z⁽¹⁾) xᵀ')
    expect(printed(contract([c], [dE(y2, c), derivative(entry(y2, [s, c]), entry(z1, [s, u]))]), { column: u }, rows)).toBe('(∂E/∂y⁽²⁾)(∂y⁽²⁾/∂z⁽¹⁾)')
    expect(printed(multiply(dE(y1, u), slope(u, s)), { column: u }, rows)).toBe('(∂E/∂y⁽¹⁾) diag(y⁽¹⁾ ⊙ (1 − y⁽¹⁾))')
  })
  it('7 and 8', () => {
    const e = (d: Index) => [slope(u, d), contract([c], [error(c, d), entry(W2, [c, u])]), entry(x, [d, v])]
    expect(printed(multiply(...e(s)), { row: u, column: v })).toBe('(W⁽²⁾ᵀ (y⁽²⁾ − t) ⊙ y⁽¹⁾ ⊙ (1 − y⁽¹⁾)) xᵀ')
    const mean = power(sizeValue(sizeSymbol('m')), number(-1))
    expect(printed(contract([s], [mean, ...e(s)]), { row: u, column: v })).toBe('1/m Σ_i [ (W⁽²⁾ᵀ (y⁽²⁾ − t) ⊙ y⁽¹⁾ ⊙ (1 − y⁽¹⁾)) xᵀ ]_i')
    expect(printed(contract([s], [mean, error(c, s), entry(y1, [s, u])]), { row: c, column: u })).toBe('1/m Σ_i [ (y⁽²⁾ − t) y⁽¹⁾ᵀ ]_i')
    const lambda = tensor('lambda', [])
    expect(printed(add(contract([s], [mean, error(c, s), entry(y1, [s, u])]), multiply(entry(lambda), entry(W2, [c, u]))), { row: c, column: u })).toBe('1/m Σ_i [ (y⁽²⁾ − t) y⁽¹⁾ᵀ ]_i + λ W⁽²⁾')
    expect(printed(contract([s, c], [mean, entry(t, [s, c]), apply(fn('log'), [entry(y2, [s, c])])], rational(-1)), {})).toBe('−1/m Σ_i [ tᵀ log y⁽²⁾ ]_i')
  })
  it('centred on the mean', () => {
    const r = sampleAxis('r')
    const mean = contract([r], [entry(x, [r, v]), power(sizeValue(sizeSymbol('m')), number(-1))])
    expect(printed(subtract(entry(x, [s, v]), mean), { row: v })).toBe('x − 1/m Σ_i x⁽ⁱ⁾')
  })
})

describe('any depth', () => {
  const [W, a, z, d, dn, g] = [tensor('W^[l+1]', [5, 3]), tensor('a^[l-1]', [2]), tensor('z^[l]', [3]), tensor('delta^[l]', [3]), tensor('delta^[l+1]', [5]), fn('g^[l]', true)]
  it('delta recursion', () => {
    expect(printed(contract([c], [entry(W, [c, u]), entry(dn, [c]), apply(primed(g), [entry(z, [u])])]), { row: u })).toBe("W^[l+1]ᵀ δ^[l+1] ⊙ g^[l]'(z^[l])")
    expect(printed(multiply(entry(d, [u]), entry(a, [v])), { row: u, column: v })).toBe('δ^[l] a^[l-1]ᵀ')
    expect(printed(apply(g, [contract([v], [entry(W1, [u, v]), entry(a, [v])])]), { row: u })).toBe('g^[l](W⁽¹⁾ a^[l-1])')
  })
})
