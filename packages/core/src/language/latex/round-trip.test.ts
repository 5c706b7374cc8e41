/** Whatever is read is covered, and its print reads back to the same tree. */
import fc from 'fast-check'
import katex from 'katex'
import { describe, expect, test } from 'vitest'
import type { Lexicon } from './ast.ts'
import { readingOf } from './reading.ts'

const seed = Number((globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env['SEED'] ?? 261_120)
const lexicon: Lexicon = { words: new Set(['xw', 'xwb', 'Loss', 'data']), letters: new Set(['x', 'w', 'b', 'W', 'y', 'E']) }

const pieces = ['x', 'W', 'd', 'e', 'T', 'xw', 'Loss', 'max', 'log', 'I', '\\sigma', '\\log', '\\max', '\\operatorname{diag}', '\\mathrm{d}', '\\mathrm{Loss}', '\\mathbf{W}', '\\mathbb{1}', '\\mathbb{E}', '\\hat{y}', '\\hat', '\\mathbf',
  '2', '12', '0.5', '1', '786,528', '+', '-', '\\cdot', '*', '/', '\\odot', '.*', '\\times', '=', '\\ne', ':', '\\in', ':=', '\\mid', '<', ',', ', ', ';', '.', '!', '\\dots',
  '(', ')', '[', ']', '\\{', '\\}', '{', '}', '|', '||', '\\|', '\\left(', '\\right)', '\\left.', '\\lfloor', '\\rfloor', '\\left\\{',
  '^', '_', "'", '^2', '^T', '^{(2)}', '^{[l]\\prime}', '^{-1}', '^{-T}', '^*', '_i', '_{2,5}', '_{ij}', '_{i=1}^{n}', '²', '⁽²⁾', '₁', '^{(2)T}', '{}',
  '\\frac', '\\frac12', '\\frac{a}{b}', '\\frac{\\partial E}{\\partial w}', '\\frac{\\partial}{\\partial x}', '\\frac{d x}{d y}', '\\partial', '\\partial^2', '\\nabla', '\\nabla_W', '\\sqrt', '\\over', '\\top',
  '\\sum', '\\sum_{i}', '\\sum_{i=1}^n', '\\prod', '\\begin{cases}', '\\end{cases}', '\\begin{pmatrix}', '\\end{pmatrix}', '\\begin{align}', '\\end{align}', '\\begin{array}{cc}', '\\end{array}', '&', '\\\\',
  '\\text{if }', '\\text{ReLU}', '\\text{a b}', 'if', 'otherwise', ' ', ' ', '\\,', '\\quad', '\\displaystyle', '$', '%\n', '\\label{a}', '\\mathbb{1}\\{', '\\substack{', '\\underset{k}{\\max}', '\\underbrace{x}_{\\text{a}}']
/** Sequences that are likely to be read. */
const phrases = ['x_i', "g'(z)", '(1 - y)', '\\sum_{i=1}^n x_i', 'a = b', '\\log y_c', '\\frac{a+b}{c}', '|x|', '[i = j]', '-x', 'dx', 'd x', '\\mathrm{d}x', 'W^{(2)T}', '{y^{(2)}}^T', '(x_2)_d', 'f(x)^2', '\\max_k z_k', '\\nabla_W E', '\\text{if } i = j',
  '\\begin{cases} a & b = c \\\\ d & \\text{otherwise} \\end{cases}', '\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}', '\\lVert x \\rVert_2^2', '\\partial W', 'dE/dw', '\\partial E/\\partial w', '{a b}', '{a + b}', '\\tanh W x', '\\mathbb{1}_{x > 0}', '(a, b)', '\\sqrt{x}', '\\frac{\\partial^2 E}{\\partial v \\partial w^2}']

const anyPieces = fc.array(fc.constantFrom(...pieces, ...phrases), { maxLength: 9 })
const likely = fc.array(fc.tuple(fc.constantFrom(...phrases, 'x', '2', 'y', '\\sigma', '(a)'), fc.constantFrom(' ', ' ', '', '\\,', ' + ', ' - ', ' * ', ' / ', ' \\cdot ', ' = ', ', ', '^', '_', "'", '(', ')', '\\\\', '\\quad ', ' \\text{ and } ')), { maxLength: 6 }).map((pairs) => pairs.flat())

describe(`any sequence of pieces is read or refused with a place (seed ${seed})`, { timeout: 120_000 }, () => {
  for (const [name, words, runs] of [['any pieces', anyPieces, 15_000], ['likely pieces', likely, 15_000]] as const) {
    test(`${name}: what is read is covered and reads back from its print`, () => {
      fc.assert(fc.property(words, fc.boolean(), (list, declared) => {
        const source = list.join('')
        const reading = readingOf(source, declared ? lexicon : undefined)
        expect(reading.faults, source).toEqual([])
        for (const print of reading.prints) katex.renderToString(print, { strict: false })
      }), { seed, numRuns: runs })
    })
  }

  test('any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (source) => { expect(readingOf(source).faults, source).toEqual([]) }), { seed, numRuns: 5_000 })
  })
})
