import { expect, test } from 'vitest'
import { operations } from '../operations/index.ts'
import { operationReport, operationsReport } from './operations.ts'
import { renderTextPage } from './render/text.ts'

test.each(operations.map(o => o.name))('%s has a sheet', name => {
  const page = operationReport(name)
  expect(page.sections.length).toBeGreaterThan(0)
  expect(renderTextPage(page)).toContain(name)
})

test('the list names every operation', () => {
  expect(operationsReport().data).toHaveProperty('operations.length', operations.length)
})

test('an unknown name is answered with the nearest', () => {
  expect(() => operationReport('sofmax')).toThrow('Did you mean softmax?')
})

test('the sheet of a scalar function has its definition and its derivative', () => {
  expect(renderTextPage(operationReport('sigma'), { width: 100 })).toMatchInlineSnapshot(`
    "sigmoid(x)
    1 / (1 + e^{-x}), the logistic function; its derivative is sigma(x) (1 - sigma(x)).
    also written logistic, sigma

      σ(x)     = 1 / (1 + e^{−x})    definition
      ∂σ(x)/∂x = σ(x)(1 − σ(x))      derivative
    "
  `)
})

test('the sheet of a tensor operation has its definition as text', () => {
  expect(renderTextPage(operationReport('softmax'), { width: 100 })).toMatchInlineSnapshot(`
    "softmax(z[...], axis=last)
    exp(z_i) / sum_k exp(z_k), along the last axis or \`axis\`.

      definition:
          s[i] = exp(z[i]) / sum_{k} exp(z[k])
          return s

      in a network:
          dim n
          input z[n]
          param w[n]
          s = softmax(z)
          loss E = mean over data: w . s
    "
  `)
})
