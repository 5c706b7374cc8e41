/** Pages built by hand, as a report would make them: the renderers are tested on them. */
import type { Formula } from '../../print/formula.ts'
import { parseRational, rational } from '../../shape/index.ts'
import type { Page } from '../page.ts'

const name = (n: string): Formula => ({ kind: 'name', name: n })
const num = (n: number | string): Formula => ({ kind: 'number', value: typeof n === 'number' ? rational(n) : parseRational(n)!, decimal: true })
const d = (of: Formula, by: Formula): Formula => ({ kind: 'partial', of, by })
const times = (...factors: Formula[]): Formula => ({ kind: 'product', operator: 'juxtapose', factors })
const hadamard = (...factors: Formula[]): Formula => ({ kind: 'product', operator: 'hadamard', factors })
const sum = (...terms: Formula[]): Formula => ({ kind: 'sum', terms })
const minus = (body: Formula): Formula => ({ kind: 'negative', body })
const T = (body: Formula): Formula => ({ kind: 'transpose', body })
const call = (f: string, ...args: Formula[]): Formula => ({ kind: 'call', name: f, primes: 0, args })
const at = (base: Formula, ...indices: string[]): Formula => ({ kind: 'entry', base, indices: indices.map(name) })
const big = (under: string, body: Formula): Formula => ({ kind: 'big', operator: 'sum', under: [name(under)], body })
const over = (numerator: Formula, denominator: Formula): Formula => ({ kind: 'fraction', numerator, denominator })
const exp = (exponent: Formula): Formula => ({ kind: 'exponential', exponent })
const eq = (left: Formula, right: Formula): Formula => ({ kind: 'equation', left, relation: '=', right })

const E = name('E')
const [y1, y2, z1, z2, W1, W2, t, x] = ['y^(1)', 'y^(2)', 'z^(1)', 'z^(2)', 'W^(1)', 'W^(2)', 't', 'x'].map(name) as [Formula, Formula, Formula, Formula, Formula, Formula, Formula, Formula]
const residual = T(sum(y2, minus(t)))
const slope = hadamard(y1, sum(num(1), minus(y1)))
const good = { verdict: 'agrees', points: 6 } as const

/** A derivation in matrix form. */
export const MATRIX_PAGE: Page = {
  title: [eq(E, minus(big('c', times(at(t, 'c'), call('log', at(y2, 'c')))))), ', the mean over the data'],
  preamble: [[d(E, W1), '   has the shape of ', W1, ': n1 × n0']],
  sections: [
    { kind: 'lines', heading: ['one sample'], lines: [
      { number: 1, left: d(E, z2), right: times(d(E, y2), d(y2, z2)), notes: [['chain rule']], check: good },
      { number: 2, right: times(T({ kind: 'elementwise-quotient', numerator: minus(t), denominator: y2 }), sum(call('diag', y2), minus(times(y2, T(y2))))), notes: [['derivative of log'], ['Jacobian of softmax']], check: good },
      { number: 3, right: sum(minus(T(t)), times(T({ kind: 'ones' }), t, T(y2))), notes: [['multiply out']], check: good },
      { number: 4, right: residual, notes: [['entries of ', t, ' sum to 1']], check: good },
      { number: 5, left: d(E, y1), right: times(residual, W2), notes: [[eq(z2, times(W2, y1))]], check: good },
      { number: 6, left: d(E, z1), right: times(residual, W2, call('diag', slope)), notes: [["σ' = σ(1 − σ), entry by entry"]], check: good },
      { number: 7, left: d(E, W1), right: times(T(d(E, z1)), T(x)), notes: [[eq(at(z1, 'u'), big('v', times(at(name('w'), 'u', 'v'), at(x, 'v'))))]], check: good },
      { right: times({ kind: 'bracket', square: true, body: hadamard(slope, times(T(W2), sum(y2, minus(t)))) }, T(x)), notes: [] },
    ] },
    { kind: 'lines', heading: ['all samples'], lines: [
      { number: 8, left: d(E, W1), right: times(over(num(1), name('m')), big('j', { kind: 'bracket', square: true, body: name('…'), sample: name('j') })), notes: [['the mean stays outside'], [W1, ' is shared by all samples']], check: good },
    ] },
  ],
  footer: [['checked: 8 of 8 lines, shapes and values, n0=5 n1=3 n2=4 m=2, 6 random points; finite differences agree to 2e-10']],
  data: { of: 'E', wrt: 'W^(1)', layout: 'gradient', shape: ['n1', 'n0'] },
  ok: true,
}

const [s, z] = ['s', 'z'].map(name) as [Formula, Formula]
const ez = (i: string): Formula => exp(at(z, i))
const all = big('k', ez('k'))

/** A derivation by index, with cases. */
export const INDEX_PAGE: Page = {
  title: [eq(at(s, 'i'), over(ez('i'), all))],
  preamble: [],
  sections: [
    { kind: 'lines', lines: [
      { number: 1, left: d(at(s, 'i'), at(z, 'j')), right: over(sum(times({ kind: 'delta', left: name('i'), right: name('j') }, ez('i'), { kind: 'bracket', body: all }), minus(times(ez('i'), ez('j')))), { kind: 'power', base: all, exponent: num(2) }), notes: [['quotient rule'], [eq(d(at(z, 'i'), at(z, 'j')), { kind: 'delta', left: name('i'), right: name('j') })]], check: { verdict: 'exact', points: 6 } },
      { number: 2, right: times(at(s, 'i'), sum({ kind: 'delta', left: name('i'), right: name('j') }, minus(at(s, 'j')))), notes: [['fold ', eq(over(exp(z), big('k', exp(z))), s)]], check: { verdict: 'agrees', points: 6 } },
    ] },
    { kind: 'text', paragraphs: [
      [{ kind: 'condition', left: name('i'), relation: '=', right: name('j') }, ':  ', times(at(s, 'i'), sum(num(1), minus(at(s, 'i')))), '        ', { kind: 'condition', left: name('i'), relation: '≠', right: name('j') }, ':  ', minus(times(at(s, 'i'), at(s, 'j')))],
      ['matrix form:  ', sum(call('diag', s), minus(times(s, T(s))))],
    ] },
  ],
  footer: [],
  data: { of: 's[i]', wrt: 'z[j]' },
  ok: true,
}

const row = (n: string, value: string, gradient: string, local: Page['title'] = ['']): Page['title'][] => [[name(n)], [num(value)], [num(gradient)], local]

/** A table of values. */
export const VALUES_PAGE: Page = {
  title: ['values of residual.chain'],
  preamble: [],
  sections: [
    { kind: 'table', columns: ['node', 'value', '∂z/∂node', 'local derivatives'], align: ['left', 'right', 'right', 'left'], rows: [
      row('x_0', '1', '0.94'),
      row('w_0', '0.3', '-0.2'),
      row('x_1', '0.4', '-0.2', [eq(d(name('x_1'), { kind: 'bracket', body: sum(times(name('x_0'), name('w_0')), name('b_0')) }), num(1)), '   (0.4 > 0)']),
      row('y_1', '-0.38', '1', [eq(d(name('y_1'), name('x_1')), eq(name('w_1'), num('-0.2'))), ', ', eq(d(name('y_1'), name('w_1')), eq(name('x_1'), num('0.4')))]),
      row('z', '0.62', '1', [eq(d(name('z'), name('y_1')), num(1)), ', ', eq(d(name('z'), name('x_0')), num(1)), '   (0.62 > 0)']),
    ] },
  ],
  footer: [['relu at exactly 0 has the slope 0 here; no node stands at 0']],
  data: { nodes: { x_0: { shape: [], value: 1, exact: '1', gradient: 0.94 } } },
  ok: true,
}

/** A page with lines that are longer than any terminal, and one that failed its check. */
export const LONG_PAGE: Page = {
  title: ['a long line'],
  preamble: [],
  sections: [{ kind: 'lines', lines: [
    { number: 1, left: d(E, name('w_{1,3}')), right: sum(...[3, 4, 5, 6, 7, 8].map(k => times(num(2), { kind: 'bracket', body: sum(name(`n_${k}`), minus(name(`y_${k}`))) }, call('g', name(`z_${k}`)), name(`w_{3,${k}}`)))), notes: [['the sum over all paths from the weight to the loss, of which there are six, one for each neuron of the next layer']], check: good },
    { number: 2, right: num(0), notes: [['a slip']], check: { verdict: 'failed', points: 6, reason: 'left 0.25, right 0' } },
  ] }],
  footer: [['checked: 1 of 2 lines']],
  data: {},
  ok: false,
}
