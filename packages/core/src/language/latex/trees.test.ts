/** Trees made without a page: random ones printed and read, walks over them, the helpers that make them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dumpLatex } from './dump.ts'
import { type Latex, latexChildren, make, makeLatex, mapLatexChildren, printLatex, type Raised, readLatex, sameLatex, withoutSpans } from './index.ts'
import { courses } from './readings/courses.ts'
import { products } from './readings/products.ts'

const seed = Number((globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env['SEED'] ?? 261_120)

const letter = fc.constantFrom('x', 'W', 'b', 'z', 'sigma', 'delta', 'Loss')
const symbol = fc.oneof(
  letter.map((name): Latex => makeLatex('symbol', { name })),
  fc.tuple(letter, fc.constantFrom('hat', 'bar'), fc.constantFrom('bold', 'cal')).map(([name, accent, font]): Latex => name.length > 1 ? makeLatex('symbol', { name, accent }) : makeLatex('symbol', { name, accent, font })),
)
const number = fc.constantFrom('2', '0.5', '786528').map(make.number)
const index: fc.Arbitrary<Latex> = fc.oneof(fc.constantFrom('i', 'j', 'k').map(make.symbol), fc.constantFrom('1', '12').map(make.number), fc.constant(make.sum(make.symbol('l'), make.number('1'))))
const raised = (tree: fc.Arbitrary<Latex>): fc.Arbitrary<Raised> => fc.oneof(
  fc.tuple(index, fc.constantFrom<'(' | '['>('(', '[')).map(([inner, bracket]) => make.label(inner, bracket)),
  fc.constant(make.transpose()), fc.constant({ ...make.transpose(), letter: 'T' } as Raised), fc.constant(make.star()), tree.map(make.power), tree.map((exponent): Raised => ({ ...make.power(exponent), entrywise: true }) as Raised),
)
const list = <T>(item: fc.Arbitrary<T>, least = 1, most = 3): fc.Arbitrary<T[]> => fc.array(item, { minLength: least, maxLength: most })
const operator = fc.constantFrom('juxtapose', 'juxtapose', 'cdot', 'times', 'star', 'odot', 'otimes', 'slash', 'oslash')

const { tree } = fc.letrec<{ tree: Latex; name: Latex }>((tie) => ({
  name: fc.oneof(symbol, fc.record({ base: symbol, sub: fc.option(list(index), { nil: undefined }), sup: list(raised(tie('tree')), 0), primes: fc.nat(2) }).map(({ base, ...scripts }): Latex => make.scripted(base, scripts.sub === undefined ? { sup: scripts.sup, primes: scripts.primes } : { ...scripts, sub: scripts.sub }))),
  tree: fc.oneof({ maxDepth: 4, depthIdentifier: 'latex', withCrossShrink: true },
    tie('name'), number,
    list(tie('tree'), 1, 2).map((items): Latex => make.group(...items)),
    fc.tuple(tie('name'), list(tie('tree'), 1, 2)).map(([head, items]) => make.applied(head, ...items)),
    fc.tuple(tie('tree').filter(({ kind }) => kind !== 'number'), list(raised(tie('tree')), 1, 2)).map(([base, sup]) => make.scripted(base, { sup })),
    fc.tuple(number, tie('tree')).map(([base, exponent]) => make.scripted(base, { sup: [make.power(exponent)] })),
    fc.tuple(list(tie('tree'), 2, 3), operator).map(([factors, sign]): Latex => makeLatex('product', { factors, operators: factors.slice(1).map(() => sign) })),
    fc.tuple(list(tie('tree'), 1, 3), fc.constantFrom<'+' | '-'>('+', '-')).map(([bodies, sign]): Latex => makeLatex('sum', { terms: bodies.map((body, k) => ({ sign: k === 0 && bodies.length > 1 ? '+' : sign, body })) })),
    fc.tuple(tie('tree'), tie('tree')).map(([numerator, denominator]) => make.fraction(numerator, denominator)),
    fc.tuple(tie('tree'), list(fc.record({ variable: tie('name'), order: fc.integer({ min: 1, max: 2 }) })), fc.constantFrom<'partial' | 'd'>('partial', 'd'), fc.boolean()).map(([of, by, style, isOperator]): Latex => makeLatex('derivative', { of, by, style, operator: isOperator })),
    tie('name').map((of): Latex => makeLatex('differential', { of })),
    fc.tuple(tie('name'), tie('name')).map(([by, of]): Latex => makeLatex('nabla', { by, of })),
    fc.record({ operator: fc.constantFrom('sum', 'product', 'max', 'argmax'), under: list(index), upper: fc.option(index, { nil: undefined }), body: tie('tree') }).map(({ upper, ...rest }): Latex => makeLatex('big', { ...rest, ...(upper && { upper }) })),
    tie('tree').map((inner): Latex => makeLatex('norm', { bars: 2, inner })),
    tie('tree').map((inner): Latex => makeLatex('root', { inner })),
    fc.tuple(tie('tree'), index, index).map(([value, a, b]): Latex => makeLatex('cases', { rows: [{ value, condition: makeLatex('relation', { parts: [a, b], relations: ['='] }) }, { value: make.number('0') }] })),
    list(list(tie('tree'), 2, 2), 1, 2).map((rows): Latex => makeLatex('matrix', { rows })),
    fc.tuple(index, index).map(([a, b]): Latex => makeLatex('indicator', { relation: makeLatex('relation', { parts: [a, b], relations: ['≠'] }) })),
  ),
}))

describe(`random trees (seed ${seed})`, { timeout: 60_000 }, () => {
  test('reading the print gives the tree; only round brackets may be added', () => {
    fc.assert(fc.property(tree, (node) => {
      const print = printLatex(node)
      const again = readLatex(print).statements
      expect(again.length, print).toBe(1)
      expect(dumpLatex(flatGroups(again[0]!)), print).toBe(dumpLatex(flatGroups(node)))
    }), { seed, numRuns: 3_000 })
  })

  test('what was read is printed and read as the very same tree', () => {
    fc.assert(fc.property(tree, (node) => {
      const read = readLatex(printLatex(node)).statements[0]!
      expect(sameLatex(readLatex(printLatex(read)).statements[0], read), printLatex(node)).toBe(true)
    }), { seed, numRuns: 3_000 })
  })
})

/** A call holds its bracket as a group, which has to stay. */
function flatGroups(node: Latex): Latex {
  if (node.kind !== 'applied') return node.kind === 'group' && node.bracket === '(' && node.items.length === 1 ? flatGroups(node.items[0]!) : mapLatexChildren(node, flatGroups)
  return mapLatexChildren(node, (part) => part === node.group ? mapLatexChildren(part, flatGroups) : flatGroups(part))
}

describe('walks', () => {
  const formulas = [...products, ...courses].flatMap(({ words, rows }) => words === undefined ? rows.filter(([, result]) => !result.startsWith('!')).map(([source]) => source) : [])

  test.each(formulas)('%s: a change of nothing is the node itself; a copy says the same without places', (source) => {
    for (const statement of readLatex(source).statements) {
      const visit = (node: Latex): Latex => mapLatexChildren(node, visit)
      expect(visit(statement)).toBe(statement)
      const bare = withoutSpans(statement)
      expect(sameLatex(bare, statement)).toBe(true)
      expect(JSON.stringify(bare)).not.toMatch(/"(?:start|end)":[1-9]/)
      const copied = (node: Latex): Latex => ({ ...mapLatexChildren(node, copied) })
      expect(copied(statement)).toEqual(statement)
    }
  })

  test('parts come in the order of writing', () => {
    const [statement] = readLatex('\\sum_{i=1}^{n} w_{i,2}^{(l)} \\frac{a}{b} f(x)^2').statements
    const leaves = (node: Latex): readonly string[] => latexChildren(node).length === 0 ? [dumpLatex(node)] : latexChildren(node).flatMap(leaves)
    expect(leaves(statement!).join(' ')).toBe('i 1 n w i 2 l a b f x 2')
  })

  test('a part is exchanged, the places of the rest stay', () => {
    const [statement] = readLatex('a + b').statements
    const changed = mapLatexChildren(statement!, (part) => part.kind === 'symbol' && part.name === 'b' ? make.symbol('c') : part)
    expect(printLatex(changed)).toBe('a + c')
    expect(changed.span).toEqual(statement!.span)
    expect(latexChildren(changed)[0]).toBe(latexChildren(statement!)[0])
  })
})

describe('make', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(make.symbol) as [Latex, Latex, Latex]
  test.each([
    [make.sum(a, make.negative(b), make.sum(b, c)), 'a - b + b + c'],
    [make.sum(a), 'a'],
    [make.product([a, make.product([b, c], 'cdot')]), 'a b \\cdot c'],
    [make.product([make.sum(a, b), c]), '(a + b) c'],
    [make.product([a, make.group(make.sum(b, c))]), 'a \\, (b + c)'],
    [make.applied(make.scripted(a, { primes: 1 }), b, c), "a'(b, c)"],
    [make.scripted(a, { sub: [b, c], sup: [make.label(make.number('2')), make.transpose()] }), 'a_{b, c}^{(2)\\top}'],
    [make.scripted(make.sum(a, b), { sup: [make.power(make.number('2'))] }), '(a + b)^{2}'],
    [make.fraction(make.negative(a), b), '\\frac{-a}{b}'],
  ])('%#', (node, print) => {
    expect(printLatex(node)).toBe(print)
  })
})
