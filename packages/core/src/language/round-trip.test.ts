import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChainError } from '../errors.ts'
import type { BinaryOperator, Expression, IndexArg, Reduction, Statement } from './ast.ts'
import { parseChain, parseCondition, parseExpression, parseName } from './parse.ts'
import { printExpression } from './print-expression.ts'
import { printChain } from './print.ts'

const span = { start: 0, end: 0 }
const seed = Number((globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env['SEED'] ?? 261_120)
const options = { seed, numRuns: 600 }

/** A tree without places; `flat` also drops round brackets, which the printer may add. */
function bare<T>(value: T, flat = false): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => bare(item, flat))
  if (typeof value !== 'object' || value === null) return value
  if (flat && 'kind' in value && value.kind === 'group' && 'inner' in value) return bare(value.inner, flat)
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'span').map(([key, part]) => [key, bare(part, flat)]))
}

const nameTexts = ['x', 'W^(1)', 'a^[l-1]', 'w_{1,3}', 'n_6^(i)', 'y^*', 'c1.W', 'Loss', 'x_2', 'sigma', 'v_{i,j}^(2)^*', 'z^(1).W', 'T']
const name = fc.constantFrom(...nameTexts).map((text) => parseName(text))
const indexName = fc.constantFrom('i', 'j', 'k', 'i_1', 'p_{1,2}')
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom('0', '2', '0.3', '1e-3', '25_000').map((text): Expression => ({ kind: 'number', text, span })),
  name.map((value): Expression => ({ kind: 'name', name: value, span })),
)
const products: readonly BinaryOperator[] = ['+', '-', 'juxtapose', '*', '.*', '/', './', '.', '^']
const relations: readonly BinaryOperator[] = ['=', '!=', '<', '<=', '>', '>=']

const { tree } = fc.letrec<{ tree: Expression; index: IndexArg; relation: Expression }>((tie) => ({
  index: fc.oneof(tie('tree').map((value): IndexArg => ({ kind: 'index', value, span })), fc.constant<IndexArg>({ kind: 'ellipsis', span })),
  relation: fc.oneof({ maxDepth: 3 },
    fc.tuple(fc.constantFrom(...relations), tie('tree'), tie('tree')).map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
    fc.tuple(fc.constantFrom<BinaryOperator>('and', 'or'), tie('relation'), tie('relation')).map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
  ),
  tree: fc.oneof({ maxDepth: 5, depthIdentifier: 'tree', withCrossShrink: true },
    leaf, leaf,
    fc.tuple(fc.constantFrom(...products), tie('tree'), tie('tree')).map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
    fc.tuple(fc.constantFrom(...products), tie('tree'), tie('tree')).map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
    tie('tree').map((operand): Expression => ({ kind: 'negate', operand, span })),
    tie('tree').map((operand): Expression => ({ kind: 'transpose', operand, span })),
    tie('tree').map((inner): Expression => ({ kind: 'group', inner, span })),
    fc.tuple(tie('tree'), fc.constantFrom<1 | 2>(1, 2)).map(([inner, bars]): Expression => ({ kind: 'norm', bars, inner, span })),
    fc.tuple(tie('tree'), fc.array(tie('index'), { minLength: 1, maxLength: 3 })).map(([base, indices]): Expression => ({ kind: 'entry', base, indices, span })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((items): Expression => ({ kind: 'array', items, span })),
    tie('relation').map((relation): Expression => ({ kind: 'indicator', relation, span })),
    fc.tuple(fc.constantFrom('log', 'exp', 'tanh'), tie('tree')).map(([text, argument]): Expression => ({ kind: 'call', name: parseName(text), primes: 0, args: [argument], named: [], bare: true, span })),
    fc.tuple(name, fc.nat(2), fc.array(tie('tree'), { maxLength: 2 }), fc.array(fc.tuple(fc.constantFrom('axis', 'num_heads'), tie('tree')), { maxLength: 1 }))
      .map(([value, primes, args, named]): Expression => ({ kind: 'call', name: value, primes, args, named: named.map(([key, part]) => ({ key, value: part, span })), bare: false, span })),
    fc.tuple(fc.constantFrom<Reduction>('sum', 'mean', 'max', 'min', 'prod'), fc.array(fc.tuple(indexName, fc.option(tie('tree'), { nil: undefined })), { minLength: 1, maxLength: 3 }), fc.option(tie('relation'), { nil: undefined, freq: 3 }), tie('tree'))
      .map(([reduction, over, where, body]): Expression => ({ kind: 'reduction', reduction, over: over.map(([text, size]) => ({ name: text, ...(size === undefined ? {} : { size }), span })), ...(where === undefined ? {} : { where }), body, span })),
    fc.tuple(fc.constantFrom<'sum' | 'mean'>('sum', 'mean'), tie('tree')).map(([reduction, body]): Expression => ({ kind: 'over-data', reduction, body, span })),
  ),
}))

describe(`print, then parse (seed ${seed})`, { timeout: 60_000 }, () => {
  test('any tree keeps its meaning: only round brackets may be added', () => {
    fc.assert(fc.property(tree, (expression) => {
      const text = printExpression(expression)
      expect(bare(parseExpression(text), true), text).toEqual(bare(expression, true))
    }), options)
  })

  test('what was read is printed and read as the very same tree', () => {
    fc.assert(fc.property(tree, (expression) => {
      const read = parseExpression(printExpression(expression))
      const text = printExpression(read)
      expect(bare(parseExpression(text)), text).toEqual(bare(read))
    }), options)
  })

  test('any sequence of pieces is read or refused with a place, and what is read is stable', () => {
    const pieces = ['x', 'W^(1)', 'log', 'sum_j', 'mean over data:', 'max_{i where i=j}', '2', '0.5', '(', ')', '[', ']', '{', '}', '|', '||', '+', '-', '*', '/', '.*', './', '.', '^', '^T', '^2', "'", ',', '=', '<=', '...', '..', '_', '_d', 'if', 'and', 'or', ':', 'Σᵢ', '²', '⁽²⁾', 'ŷ', '"s"', ' ', ' ', '\n', '#', 'input', 'block b(x):\n  ', 'y = ', 'param', 'f(', ')', ')']
    fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (words) => {
      const source = words.join('')
      for (const read of [(text: string) => parseExpression(text), (text: string) => parseCondition(text)]) {
        const expression = attempt(() => read(source))
        if (expression !== undefined) expect(bare(read(printExpression(expression))), source).toEqual(bare(expression))
      }
      const file = attempt(() => parseChain(`y = ${source}`)) ?? attempt(() => parseChain(source))
      if (file !== undefined) expect(bare(parseChain(printChain(file)).statements), source).toEqual(bare(file.statements))
    }), { ...options, numRuns: 6000 })
  })

  test('any text at all is read or refused with a place', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (source) => void attempt(() => parseChain(source))), options)
  })
})

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof ChainError) || error.place === undefined) throw error
    expect(error.render()).toContain('^')
    return undefined
  }
}

const value = tree
const label = fc.constantFrom('x', 'W^(1)', 'b_1', 'h', 'w_{1,3}')
const target = fc.tuple(label, fc.option(fc.array(fc.oneof(fc.constant({ ellipsis: true as const, span }), fc.tuple(indexName, fc.option(value, { nil: undefined })).map(([text, size]) => ({ name: text, ...(size === undefined ? {} : { size }), span }))), { minLength: 1, maxLength: 2 }), { nil: undefined }))
  .map(([text, indices]) => ({ name: parseName(text), ...(indices === undefined ? {} : { indices }), span }))
const comment = fc.option(fc.constantFrom('why', '', 'a # b', '½ [('), { nil: undefined }).map((text) => text === undefined ? {} : { comment: text })
const when = fc.option(value, { nil: undefined }).map((condition) => condition === undefined ? {} : { when: condition })
const declared = fc.tuple(label, fc.array(value, { maxLength: 2 }), fc.option(value, { nil: undefined }), fc.subarray(['one-hot', 'symmetric', 'given']))
  .map(([text, axes, start, facts]) => ({ name: parseName(text), axes, ...(start === undefined ? {} : { value: start }), facts, span }))
const line: fc.Arbitrary<Statement> = fc.oneof(
  fc.tuple(fc.constantFrom('dim', 'input', 'target', 'param', 'given', 'function', 'rate') as fc.Arbitrary<'dim'>, fc.array(declared, { minLength: 1, maxLength: 3 }), when, comment)
    .map(([declaration, items, condition, text]): Statement => ({ kind: 'declare', declaration, items, ...condition, ...text, span })),
  fc.tuple(fc.boolean(), fc.array(target, { minLength: 1, maxLength: 2 }), value, when, comment)
    .map(([loss, targets, right, condition, text]): Statement => ({ kind: 'define', loss, targets: loss ? targets.slice(0, 1) : targets, value: right, ...condition, ...text, span })),
  fc.tuple(value, value, comment).map(([from, to, text]): Statement => ({ kind: 'layers', variable: 'l', from, to, ...text, span })),
  fc.tuple(fc.array(value, { minLength: 1, maxLength: 2 }), comment).map(([values, text]): Statement => ({ kind: 'return', values, ...text, span })),
  comment.map((text): Statement => ({ kind: 'remark', ...text, span })),
)
const block: fc.Arbitrary<Statement> = fc.tuple(fc.array(line, { maxLength: 3 }), line.filter((last) => last.kind !== 'remark'), comment).map(([body, last, text]): Statement => ({
  kind: 'block', name: parseName('cell'), parameters: [{ name: parseName('x'), axes: [{ kind: 'ellipsis', span }], span }, { name: parseName('stride'), value: { kind: 'number', text: '1', span }, span }], body: [...body, last], ...text, span,
}))

test(`files of random lines (seed ${seed})`, { timeout: 60_000 }, () => {
  fc.assert(fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: line }, { weight: 1, arbitrary: block }), { maxLength: 5 }), (statements) => {
    const text = printChain({ statements })
    const read = parseChain(text)
    expect(bare(read.statements, true), text).toEqual(bare(statements, true))
    expect(bare(parseChain(printChain(read)).statements)).toEqual(bare(read.statements))
  }), { ...options, numRuns: 300 })
})
