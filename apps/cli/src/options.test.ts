import { expect, test } from 'vitest'
import { collectAssignments, collectNames, collectSizes, positive, seed, splitNames, wholeNumber } from './options.ts'

test('commas inside brackets belong to the name', () => {
  expect(splitNames('W^(1), w_{1,3},s[i,j] ,(x_2)_d')).toEqual(['W^(1)', 'w_{1,3}', 's[i,j]', '(x_2)_d'])
  expect(collectNames('c', ['a', 'b'])).toEqual(['a', 'b', 'c'])
  expect(() => collectNames(' , ', undefined)).toThrow('Expected a name')
})

test('assignments are collected, the last one wins', () => {
  expect(collectAssignments('g=sigmoid,h=tanh', { g: 'relu' })).toEqual({ g: 'sigmoid', h: 'tanh' })
  expect(collectSizes('n0=7', { m: 2 })).toEqual({ m: 2, n0: 7 })
  for (const wrong of ['g', 'g=', '=f']) expect(() => collectAssignments(wrong, undefined)).toThrow('Expected NAME=VALUE')
  expect(() => collectSizes('n=0', undefined)).toThrow('positive whole number')
})

test('numbers are read strictly', () => {
  expect([wholeNumber('12'), seed('0'), positive('1e-6')]).toEqual([12, 0, 1e-6])
  for (const wrong of ['0', '-1', '1.5', '', 'x', '1e3']) expect(() => wholeNumber(wrong)).toThrow('Expected')
  for (const wrong of ['0', '-1', '', 'NaN', 'Infinity']) expect(() => positive(wrong)).toThrow('Expected')
  expect(() => seed('-1')).toThrow('Expected')
})
