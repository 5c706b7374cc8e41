import { describe, expect, it } from 'vitest'
import { add, apply, contract, delta, derivative, divide, entry, multiply, negate, number, ONE_E, power, scale, sizeValue, subtract } from '../../expression/index.ts'
import { rational, sizeSymbol } from '../../shape/index.ts'
import { axis, fn, primed, printed, sampleAxis, tensor } from './check.test-helper.ts'

const half = rational(1, 2)
const [exp, log, sin, cos, tanh, sigma] = ['exp', 'log', 'sin', 'cos', 'tanh', 'sigmoid'].map(n => fn(n)) as [ReturnType<typeof fn>, ReturnType<typeof fn>, ReturnType<typeof fn>, ReturnType<typeof fn>, ReturnType<typeof fn>, ReturnType<typeof fn>]

describe('products', () => {
  const [i, j, k] = [axis('i', 2), axis('j', 3), axis('k', 4)]
  const [A, B, x, y] = [tensor('A', [2, 3]), tensor('B', [3, 4]), tensor('x', [3]), tensor('y', [2])]
  it('chains', () => {
    expect(printed(contract([j], [entry(A, [i, j]), entry(B, [j, k])]), { row: i, column: k })).toBe('A B')
    expect(printed(contract([j], [entry(A, [i, j]), entry(B, [j, k])]), { row: k, column: i })).toBe('Bᵀ Aᵀ')
    expect(printed(contract([j], [entry(A, [i, j]), entry(x, [j]), entry(B, [j, k])]), { row: i, column: k })).toBe('A diag(x) B')
    expect(printed(contract([j], [entry(A, [i, j])]), { row: i })).toBe('A 1')
    expect(printed(contract([i], [entry(A, [i, j])]), { column: j })).toBe('1ᵀ A')
    expect(printed(contract([i, j], [entry(A, [i, j]), entry(x, [j]), entry(y, [i])]), {})).toBe('yᵀ A x')
    expect(printed(multiply(entry(y, [i]), entry(x, [j])), { row: i, column: j })).toBe('y xᵀ')
  })
})

