/** What an error adds to its message: the nearest name, and the place in the text. */
import { describe, expect, test } from 'vitest'
import { ChainError, lineAndColumn, nearestName } from '../errors.ts'
import { listed, notDeclared } from './messages.ts'
import { parseChain } from './parse.ts'

/** The error that a text is answered with. */
function rendered(source: string): string {
  try {
    parseChain(source)
  } catch (error) {
    if (error instanceof ChainError) return error.render()
  }
  throw new Error('the text was read')
}

describe('a name that is not declared', () => {
  const source = 'dim n\n\nz^(2) = W^(2) y^(l)\n'
  const place = { path: 'two-layer.chain', source, span: { start: source.indexOf('y^(l)'), end: source.indexOf('y^(l)') + 5 } }
  test('has the nearest name', () => {
    expect(notDeclared(place, 'y^(l)', ['x', 't', 'W^(1)', 'W^(2)', 'z^(1)', 'y^(1)']).render()).toBe(`two-layer.chain:3:15
  z^(2) = W^(2) y^(l)
                ^^^^^
  y^(l) is not declared. Declared so far: x, t, W^(1), W^(2), z^(1), y^(1). Did you mean y^(1)?`)
  })
  test('a long list is cut', () => expect(listed(Array.from({ length: 20 }, (_, i) => `x_${i}`))).toBe('x_0, x_1, x_2, x_3, x_4, x_5, x_6, x_7, x_8, x_9, x_10, x_11 and 8 more'))
  test('nothing is declared', () => expect(notDeclared(place, 'q', []).message).toBe('q is not declared. Nothing is declared so far.'))
})

test.each([
  ['imput', ['dim', 'input', 'param'], 'input'],
  ['sotfmax', ['softmax', 'maxpool'], 'softmax'],
  ['y_1', ['W^(1)', 'y^(1)', 'x_1'], 'y^(1)'],
  ['w_{2,5}', ['w_{1,3}', 'w_{5,2}', 'w_{2,4}'], 'w_{2,4}'],
  ['X', ['y', 'x'], 'x'],
  ['q', ['x', 'y'], undefined],
  ['h', ['n_1', 'w_{1,3}'], undefined],
  ['lamda', ['lambda', 'sigma'], 'lambda'],
  ['convolution', ['dense', 'relu'], undefined],
])('nearest to %s', (name, candidates, nearest) => expect(nearestName(name, candidates)).toBe(nearest))

describe('the place of a fault', () => {
  test('columns count characters', () => expect(lineAndColumn('a\r\n𝜎𝜎x', 7)).toEqual({ line: 2, column: 3 }))
  test('a long line is cut around it', () => {
    const shown = rendered(`z = ${'x + '.repeat(200)}$${' + x'.repeat(200)}`).split('\n')
    expect(shown[0]).toBe('text.chain:1:805')
    expect(shown[1]).toHaveLength(122)
    expect(shown[1]![shown[2]!.indexOf('^')]).toBe('$')
  })
})
