/** Other notations for the same. */
import { type Latex, make, makeLatex } from '../../../packages/core/src/language/latex/index.ts'
import { group, numeral, productOf, sumOf } from '../../../packages/core/src/judge/slips/build.ts'
import type { Rewrite } from './rewrite.ts'

const isName = (e: Latex, name: string): boolean => e.kind === 'symbol' && e.name === name

/** exp(x) for e^x. */
const spelledExp: Rewrite = {
  id: 'exp for a power of e',
  ways: ({ node }) => {
    if (node.kind !== 'scripted' || !isName(node.base, 'e') || node.sub || node.sup.length !== 1) return []
    const [raised] = node.sup
    return raised!.kind === 'power' ? [make.applied(make.symbol('exp'), raised!.exponent)] : []
  },
}

/** 1{i = j} for δ_ij. */
const indicator: Rewrite = {
  id: 'an indicator for a delta',
  ways: ({ node }) => {
    if (node.kind !== 'scripted' || !isName(node.base, 'delta') || node.sup.length > 0 || node.sub === undefined) return []
    const letters = node.sub.flatMap(s => (s.kind === 'product' ? s.factors : [s]))
    return letters.length === 2 && letters.every(l => l.kind === 'symbol') ? [makeLatex('indicator', { relation: makeLatex('relation', { parts: letters, relations: ['='] }) })] : []
  },
}

/** δ_ij for 1{i = j}. */
const delta: Rewrite = {
  id: 'a delta for an indicator',
  ways: ({ node }) => (node.kind === 'indicator' && node.relation.kind === 'relation' && node.relation.parts.length === 2 ? [make.scripted(make.symbol('delta'), { sub: node.relation.parts.map(p => p!) })] : []),
}

/** 1 / (1 + e^{-x}) for σ(x), where σ is the logistic function. */
const wholeSigmoid: Rewrite = {
  id: 'the logistic function written out',
  ways: ({ node }, c) => (node.kind === 'applied' && isName(node.head, 'sigma') && node.group.items.length === 1 && node.sup.length === 0 && !node.sub && node.primes === 0 && c.rank(node) === 0 && c.rank(node.group.items[0]!) === 0
    ? [make.fraction(numeral(1), sumOf([{ sign: '+', body: numeral(1) }, { sign: '+', body: make.scripted(make.symbol('e'), { sup: [make.power(make.negative(group(node.group.items[0]!)))] }) }]))] : []),
}

/** -log(1/x) for log x. */
const logOfReciprocal: Rewrite = {
  id: 'the logarithm of the reciprocal',
  ways: ({ node }, c) => (node.kind === 'prefix' && isName(node.head, 'log') && c.rank(node.argument) === 0 ? [group(make.negative(productOf([make.applied(make.symbol('log'), make.fraction(numeral(1), node.argument))], [])))] : []),
}

export const notations: readonly Rewrite[] = [spelledExp, indicator, delta, wholeSigmoid, logOfReciprocal]
