/** Joining and cutting along an axis: concat, slice, pad. */
import { badAttribute, wrongRank } from './messages.ts'
import type { Attribute, TensorOperation } from './record.ts'
import { allAxes, attributeText, axesOf, entryText, factorText, indexNames, isCount, wholeNumber } from './text.ts'

/** concat(a, b)_p = a_p for p <= A, else b_{p-A} */
export const concat: TensorOperation = {
  kind: 'tensor',
  name: 'concat',
  doc: 'a, then b, along `axis` (1 unless given): sum_i [p = i] a_i + sum_j [p = A + j] b_j.',
  signature: 'concat(a[...], b[...], axis=1)',
  definition: ({ axis }, _, { a, b }) => {
    if (a!.length !== b!.length) throw wrongRank('concat', 'b', b!.length, `a has ${a!.length}.`)
    const [at] = axesOf('concat', axis!, a!.length)
    const names = indexNames(a!.length + 2)
    const [p, i, j] = [names[at!]!, names.at(-2)!, names.at(-1)!]
    const kept = names.slice(0, -2)
    const [first, second] = [a![at!]!, b![at!]!]
    const entry = (of: string, index: string) => entryText(of, kept.map(n => (n === p ? index : n)))
    const left = kept.map(n => (n === p ? `${n}: ${first} + ${second}` : n)).join(', ')
    return `y[${left}] = sum_${i} [${p} = ${i}] ${entry('a', i)} + sum_${j} [${p} = ${factorText(first)} + ${j}] ${entry('b', j)}\nreturn y`
  },
  samples: [
    'dim n\ninput x[n], u[2]\nparam W[4, n + 2]\nc = concat(x, u)\nloss E = mean over data: sum(tanh(W c))',
    'input x[3, 2], u[3, 4]\nc = concat(x, u, axis=2)\nparam W[3, 6]\nloss E = sum over data: sum(W .* c .* c)',
  ],
}

/** slice(x, from, to)_p = x_{p + from - 1}, both ends included */
export const slice: TensorOperation = {
  kind: 'tensor',
  name: 'slice',
  doc: 'x_from, ..., x_to along `axis` (1 unless given): positions count from 1, both ends are included.',
  signature: 'slice(x[...], from, to, axis=1)',
  definition: ({ from, to, axis }, _, { x }) => {
    const [at] = axesOf('slice', axis!, x!.length)
    const [first, last, n] = [wholeNumber(from), wholeNumber(to), wholeNumber(x![at!])]
    if (!isCount(from, 1) || !isCount(to, 1) || (last ?? 1) > (n ?? Infinity)) throw badAttribute('slice', 'from..to', `${attributeText(from!)}..${attributeText(to!)}`, `Positions run from 1 to ${x![at!]}.`)
    if ((last ?? Infinity) < (first ?? 1)) throw badAttribute('slice', 'to', attributeText(to!), 'It is not before from.')
    const names = indexNames(x!.length)
    const left = names.map((m, k) => (k === at ? `${m}: to - from + 1` : m)).join(', ')
    return `y[${left}] = ${entryText('x', names.map((m, k) => (k === at ? `${m} + from - 1` : m)))}\nreturn y`
  },
  samples: [
    'input x[5]\nparam w[3]\nloss E = mean over data: tanh(w . slice(x, 2, 4))',
    'input x[2, 6]\nparam W[2, 4]\nloss E = sum over data: sum(W .* slice(x, 3, 6, axis=2))',
  ],
}

function amounts(padding: Attribute): readonly [string, string] {
  const list = Array.isArray(padding) ? (padding as readonly Attribute[]) : [padding, padding]
  if (list.length !== 2 || !list.every(v => isCount(v, 0))) {
    throw badAttribute('pad', 'padding', attributeText(padding), 'A number of zeros is wanted, or a pair: before and after.')
  }
  return [attributeText(list[0]!), attributeText(list[1]!)]
}

/** pad(x, P)_p = x_{p-P}, and 0 outside */
export const pad: TensorOperation = {
  kind: 'tensor',
  name: 'pad',
  doc: 'P zeros before and after x (a pair: before, after) along `axis`; unless given, every axis but the first of a map, the axis of a vector.',
  signature: 'pad(x[...], padding, axis=spatial)',
  definition: ({ padding, axis }, _, { x }) => {
    const rank = x!.length
    const spatial = rank === 1 ? [0] : allAxes(rank).slice(1)
    const padded = new Set(axesOf('pad', axis!, rank, rank === 0 ? {} : { spatial, all: allAxes(rank) }))
    const [before, after] = amounts(padding!)
    const names = indexNames(2 * rank)
    const inner = allAxes(rank).map(k => (padded.has(k) ? names[rank + k]! : names[k]!))
    const left = allAxes(rank).map(k => (padded.has(k) ? `${names[k]}: ${x![k]} + ${factorText(before)} + ${factorText(after)}` : names[k]!))
    const places = [...padded].map(k => `[${names[k]} = ${names[rank + k]} + ${factorText(before)}]`)
    const bound = [...padded].map(k => names[rank + k]!)
    return `y[${left.join(', ')}] = sum_{${bound.join(',')}} ${places.join(' ')} ${entryText('x', inner)}\nreturn y`
  },
  samples: [
    'input x[2, 3, 4]\nparam w[2, 5, 6]\nloss E = mean over data: sum(w .* tanh(pad(x, 1)))',
    'dim P\ninput x[3]\ny = pad(x, [P, 2])\nloss E = sum over data: sum(y .* y .* y)',
  ],
}
