import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pageFiles, readPageFile } from './page-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'chainrule-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const name of ['p10.md', 'p2.md', 'a.tex', 'notes.txt', 'deep/er/p1.markdown', 'none/x.txt']) {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), name)
}
symlinkSync(folder, join(folder, 'loop'))

test('folders with all that lies in them, in the order of numbers, without following links', () => {
  const { files, course } = pageFiles([folder])
  expect(files.map(f => f.name)).toEqual(['a.tex', join('deep', 'er', 'p1.markdown'), 'p2.md', 'p10.md'])
  expect(course).toBe(true)
})

test('one file is a page, several are a course, each once', () => {
  const file = join(folder, 'p2.md')
  expect(pageFiles([file])).toEqual({ files: [{ path: file, name: 'p2.md' }], course: false })
  expect(pageFiles([file, file]).course).toBe(false)
  expect(pageFiles([file, folder]).files).toHaveLength(4)
  expect(pageFiles(['-'])).toEqual({ files: [{ path: '-', name: 'stdin.md' }], course: false })
})

test('a folder without pages, a file that is not there', () => {
  expect(() => pageFiles([join(folder, 'none')])).toThrow('pages end in .md, .markdown, .tex or .latex')
  expect(() => readPageFile(join(folder, 'nowhere.md'))).toThrow('there is no such file')
})
