/** Results written out for every entry of a small network: sums over axes become sums of entries; the data sum stays. */
import { add, contract, type Expr, type Index, literalIndex, mapChildren, number, open, selector, substitute, type SelectorTerm, sizeValue } from '../expression/index.ts'
import { ChainError } from '../errors.ts'
import { printSize, size, substituteS, type Size } from '../shape/index.ts'

const MOST = 20_000

const cannot = (problem: string): ChainError => new ChainError({ problem, expected: 'Components are for small networks with numbers for all sizes: use --view index or matrix, or give sizes with --dim.' })

/** All position tuples of the given extents, in order. */
export function positions(extents: readonly number[]): number[][] {
  let list: number[][] = [[]]
  for (const n of extents) list = list.flatMap(p => Array.from({ length: n }, (_, k) => [...p, k]))
  return list
}

/** The expression with all bound axes (not the data) written out. `extent` gives the number of a size. */
export function writeOut(e: Expr, dims: (name: string) => number | undefined): Expr {
  const sizeOf = (s: Size): Size => substituteS(s, n => { const v = dims(n); return v === undefined ? undefined : size(v) })
  const extent = (i: Index): number => {
    const n = sizeOf(i.size).value
    if (n === undefined) throw cannot(`The size ${printSize(i.size)} has no number.`)
    return n
  }
  let made = 0
  const walk = (x: Expr): Expr => {
    if (++made > MOST) throw cannot(`More than ${MOST} entries would have to be written out.`)
    switch (x.kind) {
      case 'symbol': return x.tensor.size ? sizeValue(sizeOf(x.tensor.size)) : x
      case 'selector': return selector(x.relation, x.terms.map((t): SelectorTerm => ({ coefficient: sizeOf(t.coefficient), index: t.index })), sizeOf(x.constant))
      case 'contraction': {
        const inner = open(x)
        const axes = inner.bound.filter(b => !b.sample)
        const data = inner.bound.filter(b => b.sample)
        const terms = positions(axes.map(extent)).map(p => {
          const map = new Map(axes.map((b, k) => [b, literalIndex(p[k]!)]))
          return contract(data, inner.factors.map(f => walk(substitute(f, map))), x.coefficient)
        })
        return add(...terms)
      }
      case 'number': return number(x.value)
      default: return mapChildren(x, walk)
    }
  }
  return walk(e)
}

/** One entry of a result: positions for its free axes (data indices are kept). */
export function entryAt(e: Expr, axes: readonly Index[], position: readonly number[], dims: (name: string) => number | undefined): Expr {
  const map = new Map(axes.map((i, k) => [i, literalIndex(position[k]!)]))
  return writeOut(substitute(e, map), dims)
}
