import { expect, test } from 'vitest'
import { chainBlocks, fencedBlocks } from './fences.ts'

const markdown = [
  '# Sheet', '', '```chain first', 'input x', 'y = x^2', '```', '', 'text `chain`', '',
  '~~~~chain {#second .wide}', 'input z', '```', 'w = z', '~~~~', '', '```python', 'chain = 1', '```', '',
  '- item', '', '  ```chain', '  input u', '    v = u', '  ```', '', '``` {.chain #last}', 'input q',
].join('\n')

test('blocks of every spelling are found, other languages are not', () => {
  expect(chainBlocks(markdown).map(b => [b.name, b.line])).toEqual([['first', 3], ['second', 10], [undefined, 22], ['last', 27]])
})

test('a block stands at its own lines, so that errors name lines of the file', () => {
  const lines = markdown.split('\n')
  const [first, second, third] = chainBlocks(markdown)
  expect(first!.source.split('\n').slice(3, 5)).toEqual([lines[3], lines[4]])
  expect(first!.source.trimStart()).toBe('input x\ny = x^2\n')
  expect(second!.source.trim()).toBe('input z\n```\nw = z')
  expect(third!.source.trimStart()).toBe('input u\n  v = u\n')
})

test('Windows line ends are line ends', () => {
  expect(chainBlocks('```chain a\r\ninput x\r\n```\r\n')[0]!.source).toBe('\ninput x\n')
})

test('an inline code span is no fence', () => {
  expect(chainBlocks('```chain``` is the language\ninput x\n')).toEqual([])
})

test('blocks of every language have their language and name', () => {
  const { blocks, lines } = fencedBlocks('text\n```Question B1\nx\n```\n~~~{.notation #n}\n~~~\n```\n```\nend')
  expect(blocks.map(b => [b.language, b.name, b.line])).toEqual([['question', 'B1', 2], ['notation', 'n', 5], ['', undefined, 7]])
  expect(lines).toEqual([{ text: 'text', line: 1 }, { text: 'end', line: 9 }])
})
