import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readNetwork } from '../network/index.ts'
import { size } from '../shape/index.ts'
import { CONVENTION, type SummaryData, summaryData, summaryReport } from './summary.ts'

const corpus = (name: string) => readNetwork(readFileSync(new URL(`../../../../corpus/networks/${name}.chain`, import.meta.url), 'utf8'), `${name}.chain`)

test('what a text leaves open is an assumption, and every reading has its total', () => {
  const { assumptions, readings, total } = summaryData(corpus('a2'), { readings: true })
  expect(assumptions).toEqual([
    { attribute: 'padding', value: 'valid', otherwise: ['same'], layers: ['c1', 'c2'] },
    { attribute: 'bias', value: 'true', otherwise: ['false'], layers: ['c1', 'c2', 'd1', 'd2', 'y'] },
  ])
  expect(total!.parameters).toBe(21423001)
  expect(Object.fromEntries(readings!.map(r => [r.assumption, r.total]))).toEqual({
    'padding=valid, bias=true': 21423001, 'padding=valid, bias=false': 21422600,
    'padding=same, bias=true': 25263001, 'padding=same, bias=false': 25262600,
  })
})

test('a text that states everything assumes nothing', () => {
  expect(summaryData(corpus('a2-stated')).assumptions).toEqual([])
})

test('output sizes of a batch', () => {
  const { layers } = summaryData(corpus('c3'), { batch: size(32) })
  expect(layers.map(l => [l.name, l.output, l.parameters])).toEqual([['h1', [32, 1024], 31744], ['h2', [32, 512], 524800], ['y', [32, 1], 513]])
})

test('output sizes are formulas where sizes are symbols', () => {
  const { layers } = summaryData(corpus('d5'))
  expect(layers.map(l => l.output)).toEqual([
    [1, 'floor((J + 2P - M)/S) + 1', 'floor((K + 2P - N)/S) + 1'],
    [1, 'floor((J - F)/S) + 1', 'floor((K - F)/S) + 1'],
  ])
  expect(layers.map(l => l.receptiveField)).toEqual([['M', 'N'], 'F'])
  expect(layers[0]!.macs).toBe('M N (floor((J + 2P - M)/S) + 1) (floor((K + 2P - N)/S) + 1)')
})

test('rows of a block: its layers stand below it, and sum up to it', () => {
  const { layers } = summaryData(corpus('resnet18'), { levels: 3 })
  const stage = layers.find(l => l.name === 's3')!
  expect(stage.layers!.map(l => l.name)).toEqual(['s3.first', 's3.1'])
  const sum = (rows: typeof layers): number => rows.reduce((n, r) => n + Number(r.parameters), 0)
  expect(sum(stage.layers!)).toBe(stage.parameters)
  expect(sum(layers)).toBe(11689512)
})

test('forward and backward: three times forward, less the gradient that the input does not need', () => {
  const { total, layers } = summaryData(corpus('lenet5'))
  expect(total!.trainingMacs).toBe(3 * 416520 - Number(layers[0]!.macs))
})

test('a tied table is counted once, where it is first used', () => {
  const { layers } = summaryData(corpus('gpt2'))
  expect(layers.find(l => l.name === 'tokens')!.parameters).toBe(50257 * 768)
  expect(layers.find(l => l.name === 'logits')).toMatchObject({ parameters: 0, macs: 1024 * 50257 * 768 })
})

test('batch norm learns a scale and a shift; its statistics are no parameters', () => {
  const { layers } = summaryData(readNetwork('input x[3, 5, 5]\nn = batchnorm(x, training=false)'))
  expect(layers[0]).toMatchObject({ name: 'n', weights: 3, biases: 3, macs: 0 })
})

test('a number of layers that is a symbol has no total', () => {
  const text = 'dim L\nlayers l = 1..L\nparam W^[l][n[l], n[l-1]]\nfunction g\nz^[l] = W^[l] a^[l-1]\na^[l] = g(z^[l])'
  expect(summaryData(readNetwork(text)).total).toBeNull()
  expect(summaryReport(readNetwork(text)).sections[1]).toMatchObject({ paragraphs: [['The number of layers L is a symbol: its rows stand for all layers, and there is a total only for a number.']] })
})

test('the page says what is counted as what', () => {
  const page = summaryReport(corpus('a2'))
  expect(page.preamble[0]).toEqual([CONVENTION])
  expect(page.footer[0]).toEqual(['Not stated: padding of c1, c2. Read as valid; it may also be same.'])
  const table = page.sections[0]!
  expect(table.kind === 'table' && table.rows[0]).toEqual(['c1', 'conv', '100 x 96 x 96', '2,500', '100', '23,040,000', '5'])
  expect((page.data as SummaryData).convention).toBe(CONVENTION)
})
