import { expect, test } from 'vitest'
import { exerciseSource } from './exercise-source.ts'

const file = `# Sheet B

\`\`\`chain graph-1
input x
\`\`\`

\`\`\`python
print(1)
\`\`\`

## The derivative by *n_4* ##

\`\`\`question B1
marks 2
\`\`\`

By w
----

\`\`\`notation
# no heading
\`\`\`
~~~ question B2
~~~
`

test('chain, notation and question blocks in order, with the heading above them', () => {
  const { path, blocks } = exerciseSource(file, 'sheet-b.md')
  expect(path).toBe('sheet-b.md')
  expect(blocks.map(({ kind, name, line, title }) => ({ kind, name, line, title }))).toEqual([
    { kind: 'chain', name: 'graph-1', line: 3, title: 'Sheet B' },
    { kind: 'question', name: 'B1', line: 13, title: 'The derivative by n_4' },
    { kind: 'notation', name: undefined, line: 20, title: 'By w' },
    { kind: 'question', name: 'B2', line: 23, title: 'By w' },
  ])
})

test('a block stands at its own lines', () => {
  const lines = exerciseSource(file, 'a.md').blocks[1]!.source.split('\n')
  expect(lines[13]).toBe('marks 2')
})

test('a file without blocks has none', () => {
  expect(exerciseSource('# Nothing\n', 'a.md').blocks).toEqual([])
})
