/** The update lines of a derivation: the optimiser's own, and for gradient descent the gradient put in. */
import { entry } from '../expression/index.ts'
import type { Derivation } from '../calculus/index.ts'
import type { Formula } from '../print/index.ts'
import type { Component } from './derive-views.ts'
import { parseRational, sizeSymbols } from '../shape/index.ts'
import { axesFor, inIndexForm, inMatrixForm, type Notation } from './notation.ts'
import type { Line, Section } from './page.ts'
import type { DeriveRequest } from './request.ts'
import { updateLines } from './update.ts'

const name = (n: string): Formula => ({ kind: 'name', name: n })
const numeric = (text: string): Formula => { const value = parseRational(text); return value ? { kind: 'number', value, decimal: true } : name(text) }

/** w - rate (gradient), the gradient's own minus turned into a plus. */
function descended(parameter: Formula, rate: Formula, gradient: Formula): Formula {
  const bare = gradient.kind === 'negative' ? gradient.body : gradient
  const factor: Formula = bare.kind === 'sum' ? { kind: 'bracket', body: bare } : bare
  const step: Formula = { kind: 'product', operator: 'juxtapose', factors: [rate, ...(factor.kind === 'product' && factor.operator === 'juxtapose' ? factor.factors : [factor])] }
  return { kind: 'sum', terms: [parameter, gradient.kind === 'negative' ? step : { kind: 'negative', body: step }] }
}

/** The section `update`; with components, one line per weight. */
export function updateSection(d: Derivation, n: Notation, request: DeriveRequest, components: readonly Component[] | undefined): Section {
  const whole = n.index.nameOf?.(d.by.tensor) ?? name(d.by.name)
  const of = n.index.nameOf?.(d.of.tensor) ?? name(d.of.name)
  const taken = new Set([...d.nodes.flatMap(x => [x.name, ...x.tensor.axes.flatMap(a => [...sizeSymbols(a)])]), ...(request.rate === undefined ? [] : [request.rate]), ...(request.decay === undefined ? [] : [request.decay])])
  const unused = (...letters: string[]): string => { const found = letters.find(l => !taken.has(l)) ?? letters[0]!; taken.add(found); return found }
  const rateName = request.rate ?? unused('lambda', 'eta', 'alpha')
  const rate = numeric(rateName)
  const lines = updateLines(request.update!, { parameter: whole, gradient: { kind: 'partial', of, by: whole }, rate: rateName, decay: request.decay, scalar: d.byIndices.length === 0, unused })
  return { kind: 'lines', heading: ['update'], lines: request.update === 'sgd' && request.decay === undefined ? [...lines, ...putIn(d, n, whole, rate, components)] : lines }
}

function putIn(d: Derivation, n: Notation, whole: Formula, rate: Formula, components: readonly Component[] | undefined): Line[] {
  const line = (left: Formula, gradient: Formula): Line => ({ relation: '←', left, right: descended(left, rate, gradient), notes: [['the gradient put in']] })
  if (components) return components.map(c => line(c.by, c.value))
  const axes = axesFor(d.ofIndices, d.byIndices, n.layout)
  const matrix = axes?.row || axes?.column ? inMatrixForm(d.result, axes, n) : null
  return [matrix ? line(whole, matrix) : line(inIndexForm(entry(d.by.tensor, d.byIndices), n), inIndexForm(d.result, n))]
}
