/** The page of the lab. */
import { deriveReport, type Formula, fromNumber, type Line, type Page, type Section } from '@chainrule/core'
import { short, whole } from '../shared/text.ts'
import type { ConvDenseSettings } from './card.ts'
import { type AsConvolution, asConvolutionHolds, type AsDense, asDenseHolds } from './convert.ts'
import { convolution } from './layers.ts'

/** Larger matrices are in the picture and in JSON, not in the text. */
const [MOST_ROWS, MOST_COLUMNS] = [16, 16]

/** Both conversions as a page, without its data. */
export function convDensePage(a: AsDense, b: AsConvolution, s: ConvDenseSettings): Omit<Page, 'data'> {
  const derived = deriveReport(convolution(s, [s.kernel, s.kernel]).network, { of: 'y', wrt: ['x'], view: 'index' })
  const holds = [...Object.values(asDenseHolds(a)), ...Object.values(asConvolutionHolds(b))].every(Boolean)
  return {
    title: ['Convolution and dense layer'],
    preamble: [['E = 1/2 |y − t|². All inputs and weights are whole numbers, so what is equal is equal exactly.']],
    sections: [...firstSections(a, s, derived), ...secondSections(b, s)],
    footer: [...derived.footer, [holds ? 'All outputs and gradients are equal.' : 'Some outputs or gradients differ: a fault in chainrule.']],
    ok: derived.ok && holds,
  }
}

function firstSections(a: AsDense, s: ConvDenseSettings, derived: Page): Section[] {
  const rows = a.T.length / a.inputs
  const used = a.labels.filter(x => x > 0).length
  const small = rows <= MOST_ROWS && a.inputs <= MOST_COLUMNS
  return [
    { kind: 'text', paragraphs: [[`1. A convolution is a dense layer: x ${s.channels} x ${s.size} x ${s.size}, ${s.filters} filter${s.filters > 1 ? 's' : ''} ${s.kernel} x ${s.kernel}, stride ${s.stride}, padding ${s.padding}, y ${a.shape.join(' x ')}`]] },
    ...derived.sections.filter(x => x.kind === 'lines').map(x => ({ ...x, heading: ['its matrix is its derivative'] })),
    ...(small ? [matrixTable('T: which weight stands where', a, k => (a.labels[k] === 0 ? '.' : weightName(a.labels[k]! - 1, s))), matrixTable('T in numbers', a, k => (a.labels[k] === 0 ? '.' : short(a.T[k]!)))] : []),
    { kind: 'text', paragraphs: [[`T is ${whole(rows)} x ${whole(a.inputs)}: ${whole(a.T.length)} entries, ${whole(used)} of them weights, ${whole(a.T.length - used)} zeros; the weights are ${whole(a.numbers.W.length)} different ones.${small ? '' : ' It is in the picture (-o lab.svg) and in --json.'}`]] },
    ...comparison([
      ['y', a.convolution.y, a.dense.y, asDenseHolds(a).y, 'T x + b'],
      ['∂E/∂x', a.convolution.dx, a.dense.dx, asDenseHolds(a).dx, 'Tᵀ (y − t)'],
      ['∂E/∂W', a.convolution.dW, a.tied.dW, asDenseHolds(a).dW, 'the sum of ∂E/∂T over the places of each weight'],
      ['∂E/∂b', a.convolution.db, a.tied.db, asDenseHolds(a).db, 'the sum over the outputs of each filter'],
    ], 'convolution', 'dense layer'),
    { kind: 'text', paragraphs: [[`Sharing weights is what makes it a convolution: of the ${whole(a.T.length - used)} zeros of T ${whole(a.filled)} have a gradient that is not 0, and for ${whole(a.untied)} of the ${whole(a.numbers.W.length)} weights the places have different gradients. A step of the dense layer by itself would fill the ones and untie the others.`]] },
  ]
}

/** `w12` in a single filter of one channel; with filter and channel in front where there are several. */
export function weightName(k: number, s: ConvDenseSettings): string {
  const area = s.kernel * s.kernel
  const [f, c, i, j] = [Math.floor(k / (area * s.channels)), Math.floor(k / area) % s.channels, Math.floor(k / s.kernel) % s.kernel, k % s.kernel].map(x => x + 1)
  const parts = [...(s.filters > 1 ? [f] : []), ...(s.channels > 1 ? [c] : []), i, j]
  return `w${parts.join(s.kernel > 9 || s.filters > 9 || s.channels > 9 ? ',' : '')}`
}

/** Places of an input or output: `x12`, with the channel in front where there are several. */
export function placeNames(letter: string, channels: number, height: number, width: number): string[] {
  return Array.from({ length: channels * height * width }, (_, k) => {
    const parts = [...(channels > 1 ? [Math.floor(k / (height * width)) + 1] : []), Math.floor(k / width) % height + 1, k % width + 1]
    return `${letter}${parts.join(height > 9 || width > 9 || channels > 9 ? ',' : '')}`
  })
}

function matrixTable(heading: string, a: AsDense, cell: (k: number) => string): Section {
  const [outputs, inputs] = [placeNames('y', ...a.shape), columnNames(a)]
  return { kind: 'table', heading: [heading], columns: ['', ...inputs], rows: outputs.map((y, r) => [y, ...inputs.map((_, c) => cell(r * a.inputs + c))]), align: ['left', ...inputs.map(() => 'right' as const)] }
}

/** The input's places; its side follows from its size, as all maps of the lab are square. */
export const columnNames = (a: AsDense, channels = 1): string[] => { const side = Math.sqrt(a.inputs / channels); return placeNames('x', channels, side, side) }

type Row = readonly [name: string, left: Float64Array, right: Float64Array, equal: boolean, note: string]

function comparison(rows: readonly Row[], left: string, right: string): Section[] {
  const most = Math.max(...rows.map(r => r[1].length))
  if (most > 20) return [{ kind: 'table', columns: ['', 'entries', `${left} and ${right}`, 'how'], rows: rows.map(([name, a, , equal, note]) => [name, whole(a.length), equal ? 'equal' : 'not equal', note]) }]
  const line = (name: string, v: Float64Array, note: string): Line => ({ left: leftOf(name), relation: '=', right: vector(v), notes: [[note]] })
  return [{ kind: 'lines', heading: [`${left}, then ${right}`], lines: rows.flatMap(([name, a, b, equal, note]) => [line(name, a, left), line(name, b, `${note}${equal ? '' : ': not equal'}`)]) }]
}

const vector = (v: Float64Array): Formula => ({ kind: 'list', items: [...v].map(x => ({ kind: 'number', value: fromNumber(x === 0 ? 0 : x), decimal: true })) })

/** `y`, or the derivative `∂E/∂x`. */
function leftOf(name: string): Formula {
  const by = /^∂E\/∂(.+)$/.exec(name)?.[1]
  return by === undefined ? { kind: 'name', name } : { kind: 'partial', of: { kind: 'name', name: 'E' }, by: { kind: 'name', name: by } }
}

function secondSections(b: AsConvolution, s: ConvDenseSettings): Section[] {
  const holds = asConvolutionHolds(b)
  const side = s.size + 1
  return [
    { kind: 'text', paragraphs: [[`2. A dense layer is a convolution: ${s.filters} unit${s.filters > 1 ? 's' : ''} on a ${s.channels} x ${s.size} x ${s.size} map ${s.filters > 1 ? 'are' : 'is'} ${s.filters} filter${s.filters > 1 ? 's' : ''} ${s.channels} x ${s.size} x ${s.size}, without padding; y is ${s.filters} x 1 x 1`]] },
    ...comparison([
      ['y', b.dense.y, b.convolution.y, holds.y, 'one place of each filter'], ['∂E/∂x', b.dense.dx, b.convolution.dx, holds.dx, 'the filters, times y − t'],
      ['∂E/∂W', b.dense.dW, b.convolution.dW, holds.dW, 'x, times y − t'], ['∂E/∂b', b.dense.db, b.convolution.db, holds.db, 'y − t'],
    ], 'dense layer', 'convolution'),
    { kind: 'text', paragraphs: [[`On a larger map the convolution slides: of ${side} x ${side} it makes 2 x 2 outputs for each filter, and they are what the dense layer says of the four crops: ${[...b.larger.map].slice(0, 4).map(short).join(', ')} and ${[...b.larger.crops].slice(0, 4).map(short).join(', ')}${s.filters > 1 ? ' for the first filter' : ''}. ${holds.crops ? 'All are equal.' : 'They are not equal.'} So a network that ends in dense layers can read images of any larger size.`]] },
  ]
}
