/** The numbers of a case: values of nodes and of the answer at a stated point. */
import { type Dense, evaluate, evaluateNodes, type Exact, exact, isExact } from '../../packages/core/src/evaluate/index.ts'
import { parseRational, toNumber } from '../../packages/core/src/shape/index.ts'
import { exactPoint } from '../../packages/core/src/views/point.ts'
import { derivationOf, orderOf } from './answer.ts'
import { type Filed, networkOf, type Numbers, type ValueCheck } from './case.ts'

const isList = (x: Numbers): x is readonly Numbers[] => Array.isArray(x)
const flat = (x: Numbers): (number | string)[] => (isList(x) ? x.flatMap(flat) : [x])

/** A value in the text is that of one sample: a list of one is the same as its only item. */
function mismatch(what: string, got: Dense<Exact>, want: Numbers, tolerance: number | undefined): string[] {
  const wanted = flat(want)
  if (wanted.length !== got.data.length) return [`${what}: ${got.data.length} numbers, expected ${wanted.length}`]
  return wanted.flatMap((w, k) => {
    const x = got.data[k]!
    const q = parseRational(String(w))
    if (!q) return [`${what}: ${w} is no number`]
    if (tolerance === undefined) return isExact(x) && x.n === q.n && x.d === q.d ? [] : [`${what}: ${String(isExact(x) ? toNumber(x) : x)} is not exactly ${w}`]
    const distance = Math.abs((isExact(x) ? toNumber(x) : x) - toNumber(q))
    return distance <= tolerance ? [] : [`${what}: ${String(isExact(x) ? toNumber(x) : x)}, expected ${w}`]
  })
}

/** What differs from the stated numbers; empty when all are right. */
export function valueProblems(c: Filed, check: ValueCheck): string[] {
  const network = networkOf(c)
  const point = evaluateNodes(network.nodes, exactPoint(network, check.at ?? {}), exact)
  const problems = Object.entries(check.nodes ?? {}).flatMap(([name, want]) =>
    mismatch(name, point.values.get(network.byName.get(name)!.tensor.key)!, want, check.tolerance))
  if (check.answer === undefined) return problems
  const d = derivationOf(c, network)
  evaluateNodes(d.nodes, point, exact)
  const answer = evaluate(d.result, point, exact, orderOf(d))
  if (check.equalRows && !rowsEqual(answer)) problems.push('the rows of the answer differ')
  return [...problems, ...mismatch('the answer', answer, check.answer, check.tolerance)]
}

function rowsEqual(d: Dense<Exact>): boolean {
  const columns = d.shape.at(-1)!
  const number = (k: number): number => { const x = d.data[k]!; return isExact(x) ? toNumber(x) : x }
  return Array.from({ length: d.data.length }, (_, k) => number(k) === number(k % columns)).every(Boolean)
}
