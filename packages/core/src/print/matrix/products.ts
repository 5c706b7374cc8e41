/** Transposes, chains of matrix products and entrywise products, simplified as they are built. */
import { ONE, type Rational, mulR } from '../../shape/index.ts'
import { cheaper, costInside, type Mat, type Shape, transposedShape } from './algebra.ts'
import { diagM, highest, IDENTITY, keys, laterFirst, onesM, samplesM, scaledM } from './build.ts'
import { sumM } from './sums.ts'

const wrap = (body: Mat): Mat => ({ kind: 'transpose', body, shape: transposedShape(body.shape), cost: costInside(body, 3) + (body.kind === 'leaf' ? 0.4 : 0.42), rank: body.rank, key: `${body.key}ᵀ` })

/** The transpose; of a product the reversed product of transposes. */
export function transposeM(m: Mat): Mat {
  if (m.shape === 'scalar') return m
  switch (m.kind) {
    case 'transpose': return m.body
    case 'identity': case 'diag': return m
    case 'ones': return m.shape === 'matrix' ? m : wrap(m)
    case 'scaled': return scaledM(m.coefficient, m.numerators, m.denominators, m.body && transposeM(m.body))
    case 'product': return productM([...m.factors].reverse().map(transposeM))
    case 'samples': return samplesM(m.over, m.names, transposeM(m.body), () => true)
    case 'hadamard': return m.shape === 'matrix' ? cheaper(wrap(m), hadamardM(m.numerators.map(transposeM), m.denominators.map(transposeM)))! : wrap(m)
    case 'sum': return cheaper(wrap(m), sumM(m.terms.map(transposeM)))!
    default: return wrap(m)
  }
}

/** Entrywise product of the numerators divided by the denominators, all of one shape; scalars go in front. */
export function hadamardM(numerators: readonly Mat[], denominators: readonly Mat[] = []): Mat {
  const shape = [...numerators, ...denominators][0]!.shape
  if (shape === 'scalar') return scaledM(ONE, numerators, denominators)
  if (shape === 'row') return transposeM(hadamardM(numerators.map(transposeM), denominators.map(transposeM)))
  const above: Mat[] = []
  const below: Mat[] = []
  let front = { c: ONE, above: [] as Mat[], below: [] as Mat[] }
  const take = (m: Mat, up: boolean): void => {
    if (m.kind === 'scaled' && m.body) {
      const c = up ? m.coefficient : { n: m.coefficient.n < 0n ? -m.coefficient.d : m.coefficient.d, d: m.coefficient.n < 0n ? -m.coefficient.n : m.coefficient.n }
      front = { c: mulR(front.c, c), above: [...front.above, ...(up ? m.numerators : m.denominators)], below: [...front.below, ...(up ? m.denominators : m.numerators)] }
      take(m.body, up)
    } else if (m.kind === 'hadamard') {
      m.numerators.forEach(n => take(n, up))
      m.denominators.forEach(n => take(n, !up))
    } else if (m.kind !== 'ones') (up ? above : below).push(m)
  }
  numerators.forEach(m => take(m, true))
  denominators.forEach(m => take(m, false))
  return scaledM(front.c, front.above, front.below, entrywise(above, below, shape))
}

function entrywise(numerators: Mat[], below: Mat[], shape: 'column' | 'matrix'): Mat {
  const above = numerators.length > 0 ? numerators : [shape === 'column' ? onesM(undefined) : onesM(undefined, undefined)]
  if (above.length === 1 && below.length === 0) return above[0]!
  above.sort(laterFirst)
  below.sort(laterFirst)
  const cost = above.reduce((c, m) => c + costInside(m, 1), 0) + 0.5 * (above.length - 1)
    + (below.length > 0 ? 0.5 + below.reduce((c, m) => c + costInside(m, 2), 0) + 0.5 * (below.length - 1) + (below.length > 1 ? 0.3 : 0) : 0)
  return { kind: 'hadamard', numerators: above, denominators: below, shape, cost, rank: highest([...above, ...below]), key: `(${keys(above)}⊙/${keys(below)})` }
}

/** The matrix product; scalars go in front, inner products of a chain become scalars, diagonals merge. */
export function productM(parts: readonly Mat[]): Mat {
  const chain: Mat[] = []
  let c: Rational = ONE
  const above: Mat[] = []
  const below: Mat[] = []
  let square = false
  const take = (m: Mat): void => {
    if (m.shape === 'scalar') above.push(m)
    else if (m.kind === 'scaled') {
      c = mulR(c, m.coefficient)
      above.push(...m.numerators)
      below.push(...m.denominators)
      take(m.body!)
    } else if (m.kind === 'product') m.factors.forEach(take)
    else if (m.kind === 'identity') square = true
    else push(chain, m, take)
  }
  parts.forEach(take)
  const scalars = innerProducts(chain)
  above.push(...scalars)
  const body = chain.length > 0 ? chainM(chain) : square ? IDENTITY : undefined
  return scaledM(c, above, below, body)
}

function push(chain: Mat[], m: Mat, take: (m: Mat) => void): void {
  const last = chain.at(-1)
  if (last?.kind === 'diag' && (m.kind === 'diag' || m.shape === 'column')) {
    chain.pop()
    take(m.kind === 'diag' ? diagM(hadamardM([last.body, m.body])) : hadamardM([last.body, m]))
  } else if (m.kind === 'diag' && last?.kind === 'transpose' && last.body.kind === 'ones') {
    chain.pop()
    take(transposeM(m.body))
  } else chain.push(m)
}

/** Takes every row … column out of a longer chain: u vᵀw is (vᵀw) u. */
function innerProducts(chain: Mat[]): Mat[] {
  const segments: Mat[][] = []
  for (const m of chain) {
    const open = segments.at(-1)
    if (!open || m.shape === 'row' || open.at(-1)!.shape === 'column') segments.push([m])
    else open.push(m)
  }
  if (segments.length < 2) return []
  const closed = segments.filter(s => s[0]!.shape === 'row' && s.at(-1)!.shape === 'column')
  const rest = segments.filter(s => !closed.includes(s)).flat()
  chain.splice(0, chain.length, ...rest)
  return closed.map(chainM)
}

function chainM(factors: readonly Mat[]): Mat {
  if (factors.length === 1) return factors[0]!
  const oneRow = factors[0]!.shape === 'row'
  const oneColumn = factors.at(-1)!.shape === 'column'
  const shape: Shape = oneRow ? (oneColumn ? 'scalar' : 'row') : oneColumn ? 'column' : 'matrix'
  const cost = factors.reduce((sum, m) => sum + costInside(m, 2), 0) + 0.1 * (factors.length - 1)
  return { kind: 'product', factors, shape, cost, rank: highest(factors), key: `(${factors.map(f => f.key).join('·')})` }
}
