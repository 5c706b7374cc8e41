/** The forms of a term with free indices, once everything that is summed over is eliminated. */
import type { Index } from '../../expression/index.ts'
import { cheaper, type Mat } from './algebra.ts'
import { diagM, onesM } from './build.ts'
import { columnAt, columnOrOnes, matrixBetween, type Net } from './network.ts'
import { hadamardM, productM, transposeM } from './products.ts'

/** A vertex alone, as a row: one factor becomes the chain, the others a diagonal behind it. */
export function rowAt(net: Net, v: Index): Mat {
  const here = net.labels.filter(l => l.at === v)
  const all = columnOrOnes(net, v)
  let best: Mat | null = transposeM(all)
  for (const chain of here.filter(l => !l.below)) {
    const rest = here.filter(l => l !== chain)
    if (rest.length === 0) continue
    const diagonal = hadamardM(rest.filter(l => !l.below).map(l => l.value), rest.filter(l => l.below).map(l => l.value))
    best = cheaper(best, productM([transposeM(chain.value), diagM(diagonal)]))
  }
  return best!
}

/** Rows `row`, columns `column`: connected by a matrix, or an outer product. */
export function matrixAt(net: Net, row: Index, column: Index): Mat {
  const between = matrixBetween(net, row, column)
  const left = columnAt(net, row)
  const right = columnAt(net, column)
  if (!between) return cheaper(productM([columnOrOnes(net, row), transposeM(columnOrOnes(net, column))]), productM([columnOrOnes(net, row), rowAt(net, column)]))!
  const around = productM([...(left ? [diagM(left)] : []), between, ...(right ? [diagM(right)] : [])])
  if (!left && !right) return around
  // entrywise with an outer product, where that is shorter
  const outer = productM([columnOrOnes(net, row), transposeM(columnOrOnes(net, column))])
  let best = cheaper(around, hadamardM([between, outer]))!
  best = cheaper(best, divided(net, row, column, between))!
  return best
}

/** A ⊘ (u vᵀ) when the labels are denominators. */
function divided(net: Net, row: Index, column: Index, between: Mat): Mat | null {
  const labels = net.labels.filter(l => l.at === row || l.at === column)
  if (!labels.every(l => l.below)) return null
  const side = (v: Index) => {
    const here = labels.filter(l => l.at === v).map(l => l.value)
    return here.length > 0 ? hadamardM(here) : onesM(v.size)
  }
  return hadamardM([between], [productM([side(row), transposeM(side(column))])])
}
