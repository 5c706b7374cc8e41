import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { formatOf } from './formats.ts'
import { columnsOf, wantsColour } from './terminal.ts'
import { writeOut } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'chainrule-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a file is replaced whole, keeps its mode, and leaves nothing beside it', () => {
  const file = join(folder, 'a.txt')
  writeFileSync(file, 'old', { mode: 0o640 })
  writeOut('new', file)
  expect(readFileSync(file, 'utf8')).toBe('new')
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(readdirSync(folder)).toEqual(['a.txt'])
})

test('a link stays a link', () => {
  if (process.platform === 'win32') return
  writeFileSync(join(folder, 'target'), '')
  symlinkSync(join(folder, 'target'), join(folder, 'link'))
  writeOut('through', join(folder, 'link'))
  expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('through')
})

test('a folder that is not there is said in words', () => {
  expect(() => writeOut('x', join(folder, 'none', 'a.txt'))).toThrow('there is no such file')
  expect(() => writeOut('x', folder)).toThrow('it is a folder')
})

test('colours: only on a terminal, never with NO_COLOR', () => {
  expect(wantsColour({ isTTY: true }, {})).toBe(true)
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true)
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
  expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
  expect(wantsColour({}, { FORCE_COLOR: '1' })).toBe(false)
})

test('the width is that of the terminal within reason', () => {
  expect([columnsOf({}), columnsOf({ isTTY: true, columns: 100 }), columnsOf({ isTTY: true, columns: 20 }), columnsOf({ isTTY: true, columns: 999 })]).toEqual([120, 100, 60, 180])
})

test('the format is said, or guessed from the file, or text', () => {
  expect(formatOf({ json: true }, ['text', 'json'])).toBe('json')
  expect(formatOf({ format: 'latex', output: 'a.md' }, ['text', 'latex'])).toBe('latex')
  expect(formatOf({ output: 'a.TEX' }, ['text', 'latex'])).toBe('latex')
  expect(formatOf({ output: 'a.svg' }, ['text'])).toBe('text')
  expect(formatOf({}, ['text'])).toBe('text')
  expect(() => formatOf({ json: true, format: 'html' }, ['json', 'html'])).toThrow('contradict')
})
