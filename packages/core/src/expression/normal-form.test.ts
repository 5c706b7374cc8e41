import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { size, sizeSymbol } from '../shape/index.ts'
import { add, contract, delta, divide, entry, type Expr, freshIndex, type Index, literalIndex, multiply, negate, number, ONE_E, power, reduce, scale, selector, sizeValue, substitute, subtract, type Tensor, ZERO } from './index.ts'
import { rational } from '../shape/index.ts'
import { show } from './show.ts'

const n = sizeSymbol('n')
const p = sizeSymbol('p')
const tensor = (name: string, ...axes: (typeof n)[]): Tensor => ({ key: name, name, axes, sample: false, rank: 0 })
const W = tensor('W', n, n)
const V = tensor('V', n, p)
const x = tensor('x', n)
const y = tensor('y', n)
const a = entry(tensor('a'))
const b = entry(tensor('b'))
const i = freshIndex('i', n)
const j = freshIndex('j', n)
const k = freshIndex('k', n)
const q = freshIndex('q', p)

describe('sums', () => {
  it('collects like terms', () => {
    expect(add(a, a)).toBe(scale(rational(2), a))
    expect(subtract(a, a)).toBe(ZERO)
    expect(add(a, b, negate(a))).toBe(b)
  })
  it('spreads a number over a sum, so that 2(a + b) = 2a + 2b', () => {
    expect(scale(rational(2), add(a, b))).toBe(add(a, a, b, b))
  })
})

describe('products', () => {
  it('collects powers', () => {
    expect(multiply(a, a)).toBe(power(a, number(2)))
    expect(multiply(a, power(a, number(-1)))).toBe(ONE_E)
    expect(divide(multiply(a, b), b)).toBe(a)
  })
  it('shares a factor that differs by its sign or content', () => {
    expect(multiply(subtract(a, b), subtract(b, a))).toBe(negate(power(subtract(a, b), number(2))))
    expect(power(add(a, a, b, b), number(2))).toBe(multiply(number(4), power(add(a, b), number(2))))
  })
  it('drops a power of zero and one', () => {
    expect(power(a, ZERO)).toBe(ONE_E)
    expect(multiply(a, ZERO)).toBe(ZERO)
  })
})

describe('contractions', () => {
  it('are equal up to the names of bound indices', () => {
    expect(contract([j], [entry(W, [i, j]), entry(x, [j])])).toBe(contract([k], [entry(x, [k]), entry(W, [i, k])]))
  })
  it('tell W x from W^T x', () => {
    expect(contract([j], [entry(W, [i, j]), entry(x, [j])])).not.toBe(contract([j], [entry(W, [j, i]), entry(x, [j])]))
  })
  it('contract deltas', () => {
    expect(contract([j], [delta(i, j), entry(x, [j])])).toBe(entry(x, [i]))
    expect(contract([i, j], [delta(i, j), entry(W, [i, j])])).toBe(contract([k], [entry(W, [k, k])]))
    expect(multiply(delta(i, j), entry(x, [i]))).toBe(multiply(delta(i, j), entry(x, [j])))
  })
  it('turn an idle index into its size', () => {
    expect(contract([j], [a])).toBe(multiply(sizeValue(n), a))
  })
  it('read a literal position, and are zero outside', () => {
    const position = (c: number) => selector('eq', [{ coefficient: size(1), index: i }], size(-c))
    expect(contract([i], [position(2), entry(x, [i])])).toBe(entry(x, [literalIndex(2)]))
    const three = freshIndex('t', size(3))
    const u = tensor('u', size(3))
    expect(contract([three], [selector('eq', [{ coefficient: size(1), index: three }], size(-3)), entry(u, [three])])).toBe(ZERO)
  })
  it('do not contract a delta between axes of different sizes', () => {
    const e = contract([q], [delta(i, q), entry(V, [j, q])])
    expect(e.kind).toBe('contraction')
  })
  it('never capture: a definition put under a sum keeps its own bound index', () => {
    // sum_i y_i (sum_j W_ij x_j) with the inner sum built over the same index object as the outer
    const inner = contract([j], [entry(W, [i, j]), entry(x, [j])])
    const expected = contract([i, k], [entry(y, [i]), entry(W, [i, k]), entry(x, [k])])
    expect(contract([i], [entry(y, [i]), inner])).toBe(expected)
    const moved = substitute(inner, new Map([[i, j]]))
    expect(contract([j], [entry(y, [j]), moved])).toBe(expected)
  })
})

describe('quotients of sums', () => {
  const total = (): Expr => contract([k], [entry(x, [k])])
  it('cancel a sum that was opened into a product', () => {
    expect(multiply(multiply(total(), a), power(total(), number(-1)))).toBe(a)
    expect(multiply(power(total(), number(-2)), multiply(a, total()))).toBe(divide(a, total()))
    expect(multiply(total(), total())).toBe(power(total(), number(2)))
  })
  it('take away each factor once: x_i^2 / sum x is not x_i', () => {
    const weighted = contract([k], [entry(x, [k]), a])
    const e = contract([i], [entry(x, [i]), entry(x, [i]), power(weighted, number(-1))])
    expect(e).toBe(divide(contract([i], [power(entry(x, [i]), number(2))]), weighted))
  })
})

describe('max', () => {
  it('does not depend on the name of its index', () => {
    expect(reduce('max', [j], entry(W, [i, j]))).toBe(reduce('max', [k], entry(W, [i, k])))
  })
})

// ---- confluence: the normal form does not depend on the order in which terms, factors or names arrive

interface Recipe { readonly build: (at: readonly Index[], shuffle: <T>(xs: readonly T[]) => T[], bound: () => Index) => Expr }

const leaf: fc.Arbitrary<Recipe> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((c): Recipe => ({ build: () => number(c) })),
  fc.constantFrom('a', 'b').map((s): Recipe => ({ build: () => entry(tensor(s)) })),
  fc.tuple(fc.constantFrom('x', 'y'), fc.nat(9)).map(([s, k]): Recipe => ({ build: at => entry(tensor(s, n), [at[k % at.length]!]) })),
  fc.tuple(fc.nat(9), fc.nat(9)).map(([k, l]): Recipe => ({ build: at => entry(W, [at[k % at.length]!, at[l % at.length]!]) })),
  fc.tuple(fc.nat(9), fc.nat(9)).map(([k, l]): Recipe => ({ build: at => delta(at[k % at.length]!, at[l % at.length]!) })),
)
const recipe: fc.Arbitrary<Recipe> = fc.letrec<{ node: Recipe }>(tie => ({
  node: fc.oneof({ maxDepth: 4, depthSize: 'small' }, leaf,
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((parts): Recipe => ({ build: (at, shuffle, bound) => add(...shuffle(parts).map(r => r.build(at, shuffle, bound))) })),
    fc.tuple(fc.array(tie('node'), { minLength: 1, maxLength: 4 }), fc.nat(2)).map(([parts, sums]): Recipe => ({
      build(at, shuffle, bound) {
        const own = Array.from({ length: sums }, bound)
        const inside = [...at, ...own]
        return contract(shuffle(own), shuffle(parts).map(r => r.build(inside, shuffle, bound)))
      },
    })),
    fc.tuple(tie('node'), fc.constantFrom(2, 3, -1, -2)).map(([r, e]): Recipe => ({
      build(at, shuffle, bound) {
        const base = r.build(at, shuffle, bound)
        return base === ZERO ? base : power(base, number(e))
      },
    })),
  ),
})).node

describe('confluence', () => {
  it('the same expression built in another order, with other names, is the same object', () => {
    const seed = Number(process.env['SEED'] ?? 20261120)
    console.log(`confluence seed ${seed}`)
    fc.assert(fc.property(recipe, fc.infiniteStream(fc.nat(1000)), (r, noise) => {
      const random = noise[Symbol.iterator]()
      const shuffle = <T>(xs: readonly T[]): T[] => {
        const out = [...xs]
        for (let m = out.length - 1; m > 0; m--) {
          const t = (random.next().value as number) % (m + 1)
          ;[out[m], out[t]] = [out[t]!, out[m]!]
        }
        return out
      }
      const bound = () => freshIndex('z', n)
      const plain = r.build([i, j], xs => [...xs], bound)
      const other = r.build([i, j], shuffle, bound)
      expect(show(other)).toBe(show(plain))
      expect(other === plain).toBe(true)
    }), { numRuns: 3000, seed })
  })
})

describe('renaming', () => {
  it('chooses the signs of inner sums again, however ids come out', () => {
    for (let round = 0; round < 40; round++) {
      const passing = freshIndex('u', n)
      const product = (at: Index) => add(ONE_E, multiply(entry(V, [at, q]), add(ONE_E, negate(power(entry(x, [at]), number(3)))), add(entry(x, [at]), negate(entry(y, [at])))))
      expect(substitute(product(passing), new Map([[passing, i]]))).toBe(product(i))
      expect(contract([passing], [product(passing), a])).toBe(contract([j], [product(j), a]))
    }
  })
  it('keeps the order of a maximum, which decides ties', () => {
    for (let round = 0; round < 40; round++) {
      const passing = freshIndex('u', n)
      const greatest = (at: Index) => reduce('max', [j, q], multiply(entry(V, [j, q]), entry(W, [j, at])), [selector('eq', [{ coefficient: size(1), index: j }, { coefficient: size(-1), index: at }], size(0))])
      const e = greatest(passing)
      expect(e.kind === 'reduce' && e.over.map(o => o.size)).toEqual([n, p])
      expect(substitute(e, new Map([[passing, i]]))).toBe(greatest(i))
    }
  })
  it('does not mind which index the deltas of a sum share', () => {
    const make = (u: Index, v: Index) => contract([u, v], [
      add(negate(multiply(delta(u, i), delta(u, v))), negate(multiply(delta(u, i), delta(u, v), entry(W, [u, u]))), multiply(delta(u, i), entry(W, [u, u]), entry(W, [u, v]))),
      entry(V, [u, q]), entry(V, [v, q]), a,
    ])
    const results = Array.from({ length: 40 }, (_, round) => {
      const [u, v] = [freshIndex('u', n), freshIndex('v', n)]
      return round % 2 === 0 ? make(u, v) : make(v, u)
    })
    for (const e of results) expect(show(e)).toBe(show(results[0]!))
    expect(new Set(results).size).toBe(1)
  })
})
