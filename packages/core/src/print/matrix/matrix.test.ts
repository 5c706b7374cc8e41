import { describe, expect, it } from 'vitest'
import { add, applyOver, contract, delta, derivative, entry, literalIndex, multiply, number, power, reduce, selector, sizeValue, subtract } from '../../expression/index.ts'
import { size, sizeSymbol } from '../../shape/index.ts'
import { renderText } from '../text.ts'
import { axis, fn, printed, sampleAxis, tensor } from './check.test-helper.ts'
import { matrixForm } from './index.ts'

const [i, j, k, l] = [axis('i', 2), axis('j', 3), axis('k', 4), axis('l', 3)]
const [A, B, C, x, y] = [tensor('A', [2, 3]), tensor('B', [3, 4]), tensor('C', [3, 3]), tensor('x', [3]), tensor('y', [2])]

describe('products', () => {
  it('chains', () => {
    expect(printed(contract([j], [entry(A, [i, j]), entry(B, [j, k])]), { row: i, column: k })).toBe('A B')
    expect(printed(contract([j], [entry(A, [i, j]), entry(B, [j, k])]), { row: k, column: i })).toBe('Bᵀ Aᵀ')
    expect(printed(contract([j], [entry(A, [i, j]), entry(x, [j]), entry(B, [j, k])]), { row: i, column: k })).toBe('A diag(x) B')
    expect(printed(contract([j], [entry(A, [i, j])]), { row: i })).toBe('A 1')
    expect(printed(contract([i], [entry(A, [i, j])]), { column: j })).toBe('1ᵀ A')
    expect(printed(contract([i, j], [entry(A, [i, j]), entry(x, [j]), entry(y, [i])]), {})).toBe('yᵀ A x')
    expect(printed(multiply(entry(y, [i]), entry(x, [j])), { row: i, column: j })).toBe('y xᵀ')
  })
  it('diagonals and traces', () => {
    expect(printed(delta(j, l), { row: j, column: l })).toBe('I')
    expect(printed(contract([j], [entry(C, [j, j])]), {})).toBe('tr(C)')
    expect(printed(entry(C, [j, j]), { row: j })).toBe('(C ⊙ I) 1')
    expect(printed(contract([j, l], [entry(C, [j, l]), entry(C, [l, j])]), {})).toBe('tr(C C)')
  })
  it('repeats what lacks an axis', () => {
    expect(printed(number(2), { row: i })).toBe('2 · 1')
    expect(printed(entry(x, [j]), { row: i, column: j })).toBe('1 xᵀ')
    expect(printed(number(1), { row: i, column: j })).toBe('1 1ᵀ')
  })
  it('entries by number are scalars', () => {
    expect(matrixForm(entry(A, [literalIndex(0), literalIndex(2)]), {})).toMatchObject({ kind: 'entry', indices: [{ value: { n: 1n } }, { value: { n: 3n } }] })
    expect(matrixForm(entry(A, [literalIndex(0), j]), { row: j })).toBe(null)
  })
})

describe('refuses', () => {
  const T = tensor('T', [2, 3, 4])
  const vertices = [axis('a', 3), axis('b', 3), axis('c', 3), axis('d', 3)]
  it('three axes', () => {
    expect(printed(contract([k], [entry(T, [i, j, k])]), { row: i, column: j })).toBe(null)
    expect(printed(multiply(entry(A, [i, j]), entry(y, [i]), entry(B, [l, k])), { row: i, column: j })).toBe(null)
  })
  it('networks where three matrices meet at every vertex', () => {
    const edges = vertices.flatMap((p, n) => vertices.slice(n + 1).map((q, o) => entry(tensor(`M${n}${o}`, [3, 3]), [p, q])))
    expect(printed(contract(vertices, edges), {})).toBe(null)
    expect(printed(contract(vertices, edges.slice(1)), {})).not.toBe(null)
  })
  it('windows, positions, max', () => {
    expect(printed(selector('eq', [{ coefficient: size(2), index: i }, { coefficient: size(-1), index: j }]), { row: i, column: j })).toBe(null)
    expect(printed(multiply(selector('eq', [{ coefficient: size(1), index: j }], size(-1)), entry(x, [j])), { row: j })).toBe(null)
    expect(printed(reduce('max', [j], entry(x, [j])), {})).toBe(null)
  })
  it('axes that are not asked for, or twice the same', () => {
    expect(matrixForm(entry(A, [i, j]), { row: i })).toBe(null)
    expect(matrixForm(entry(C, [j, j]), { row: j, column: j })).toBe(null)
  })
  it('what is too long to read', () => {
    const a = Array.from({ length: 150 }, (_, n) => power(subtract(entry(tensor(`a${n}`, [])), entry(tensor(`c${n}`, []))), number(n + 2)))
    expect(matrixForm(multiply(...a.slice(0, 20)), {})).not.toBe(null)
    expect(matrixForm(multiply(...a, ...a.map(x => add(number(1), multiply(x, x)))), {})).toBe(null)
  })
  it('two samples without letters', () => {
    const [s, r] = [sampleAxis('s'), sampleAxis('r')]
    const u = tensor('u', [3], true)
    const e = contract([j], [entry(u, [s, j]), entry(u, [r, j])])
    expect(matrixForm(e, {})).toBe(null)
    const shown = matrixForm(e, {}, { sampleName: at => ({ kind: 'name', name: at === s ? 's' : 'r' }) })
    expect(shown && renderText(shown)).toMatch(/^u⁽[ˢʳ]⁾ᵀ u⁽[ˢʳ]⁾$/)
  })
})

describe('names', () => {
  const z = tensor('z', [3], true)
  const softmax = (name: string) => ({ kind: 'call', name: 'softmax', primes: 0, args: [{ kind: 'name', name }] }) as const
  it('writes an inner node as its call', () => {
    const f = matrixForm(subtract(entry(z, [sampleAxis(), j]), entry(x, [j])), { column: j }, { nameOf: t => (t === z ? softmax('a') : { kind: 'name', name: t.name }) })
    expect(f && renderText(f)).toBe('(softmax(a) − x)ᵀ')
  })
  it('names sums over samples from the inside', () => {
    const [s, r] = [sampleAxis('s'), sampleAxis('r')]
    const mean = contract([r], [entry(z, [r, j]), power(sizeValue(sizeSymbol('m')), number(-1))])
    expect(printed(contract([s], [power(subtract(entry(z, [s, j]), mean), number(2))]), { row: j })).toBe('Σ_j (z⁽ʲ⁾ − 1/m Σ_i z⁽ⁱ⁾)^⊙²')
  })
  it('functionals of whole tensors and their derivatives', () => {
    const cost = { ...fn('cost', true), arity: 2 }
    const call = (of: typeof cost, at: typeof i[][]) => applyOver(of, [entry(x, [j]), entry(y, [i])], [[j], [i]], at)
    const text = (f: ReturnType<typeof matrixForm>) => f && renderText(f)
    expect(text(matrixForm(call(cost, []), {}))).toBe('cost(x, y)')
    expect(text(matrixForm(call({ ...cost, partials: [0] }, [[l]]), { row: l }))).toBe('∂cost(x, y)/∂x')
    expect(text(matrixForm(call({ ...cost, partials: [0, 1] }, [[l], [i]]), { row: l, column: i }))).toBe(null)
  })
  it('a derivative by an entry with the same index has no name', () => {
    expect(printed(derivative(entry(x, [j]), entry(tensor('v', [3]), [j])), { row: j })).toBe(null)
  })
})
