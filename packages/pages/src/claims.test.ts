import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readPage } from './page.ts'

const read = (source: string, path = 'page.md') => {
  const { claims, remarks } = readPage(source, path)
  for (const c of claims) expect(source.slice(c.offset, c.offset + c.latex.length).replace(/[\r\n]([ \t]*>[ \t>]*)/g, m => m[0]! + ' '.repeat(m.length - 1))).toBe(c.latex)
  return { claims, remarks, latex: claims.map(c => c.latex), ids: claims.map(c => c.id), conditions: claims.map(c => c.conditions), headings: claims.map(c => c.headings) }
}

describe('what is a formula', () => {
  test.each<[string, string, string[]]>([
    ['on one line', '$$a=b$$\n', ['a=b']],
    ['on lines of its own', '$$\na=b\n$$\n', ['a=b']],
    ['on several lines, begun and ended in the middle of one', 'so $$a\n=b$$ and\n', ['a\n=b']],
    ['with empty lines inside of the dollars', '$$\n\na=b\n\n$$\n\n$$c=d$$\n', ['a=b', 'c=d']],
    ['one after the other', '$$a=b$$ $$c=d$$\n$$e=f$$\n', ['a=b', 'c=d', 'e=f']],
    ['in square brackets', '\\[a_b*c*=d_e\\]\n', ['a_b*c*=d_e']],
    ['in an environment', '\\begin{align}\na&=b\\\\\n&=c\n\\end{align}\n', ['\\begin{align}\na&=b\\\\\n&=c\n\\end{align}']],
    ['in an environment that says nothing', '\\begin{equation*}\na=b\n\\end{equation*}\n', ['a=b']],
    ['in a math fence', 'x\n```math\na=b\n```\ny\n', ['a=b']],
    ['in a math fence of tildes, in a list', '- x\n  ~~~math\n  a=b\n  ~~~\n', ['a=b']],
    ['with * and _ inside', '$$a_1*b_2*c_3=*d*$$\n', ['a_1*b_2*c_3=*d*']],
    ['with dollars inside of text', '$$a=b\\text{ if $i=j$}$$\n', ['a=b\\text{ if $i=j$}']],
    ['with an escaped dollar', '$$a=\\$5$$\n', ['a=\\$5']],
    ['with lines that look like a list', '$$\na\n- b\n+ c\n= d\n$$\n', ['a\n- b\n+ c\n= d']],
    ['in a quotation', '> text\n> $$\n> a\n> =b\n> $$\n', ['a\n  =b']],
    ['in a list', '- item\n  $$a=b$$\n  1. $$c=d$$\n', ['a=b', 'c=d']],
    ['behind four blanks, where Markdown sees code', 'text\n\n    $$a=b$$\n', ['a=b']],
    ['in a table', '| a | b |\n|---|---|\n| $x=1$ | $$y=2$$ |\n', ['x=1', 'y=2']],
    ['with Windows line ends', '$$\r\na=b\r\n$$\r\n\r\n$$c=d$$\r\n', ['a=b', 'c=d']],
  ])('%s', (_, source, latex) => {
    const found = read(source)
    expect(found.latex).toEqual(latex)
    expect(found.remarks).toEqual([])
  })

  test.each([
    ['prices', 'It costs $5 and $6, or \\$7.\n'],
    ['code', '`$$a=b$$` and ``$a`=b$`` and\n\n```\n$$a=b$$\n```\n\n~~~tex\n$$a=b$$\n~~~\n'],
    ['comments', '<!-- $$a=b$$ -->\n\n<!--\n$$c=d$$\n-->\n'],
    ['escaped brackets of the text', '\\[see below\\] and \\[ \\]\n'],
    ['empty formulas', '$$$$ and $$ $$ and\n\n$$\n\n$$\n'],
  ])('not a formula: %s', (_, source) => {
    expect(read(source)).toMatchObject({ latex: [], remarks: [] })
  })

  test('one that is not closed ends with its paragraph, and this is said', () => {
    const { latex, remarks } = read('$$a=b\n\ntext\n\n$$c=d$$\n\n\\begin{align}\ne&=f\n\n# heading\n')
    expect(latex).toEqual(['a=b', 'c=d', '\\begin{align}\ne&=f'])
    expect(remarks).toEqual([
      { line: 1, message: '$$ is not closed by $$; the formula was read up to the end of its paragraph' },
      { line: 7, message: '\\begin is not closed by \\end{align}; the formula was read up to the end of its paragraph' },
    ])
  })

  test('one that is not closed does not run into the next id', () => {
    expect(read('$$a=b\n<!-- id: X -->\n$$c=d$$\n')).toMatchObject({ latex: ['a=b', 'c=d'], ids: [undefined, 'X'] })
  })
})

describe('which formulas of the text are claims', () => {
  test.each<[string, string[]]>([
    ['$a=b$\n', ['a=b']],
    ['Thus $a=b$.\n', ['a=b']],
    ['a) $a=b$\n', ['a=b']],
    ['Layer 1: $L_1=2500$ (no biases)\n', ['L_1=2500']],
    ['- $a=b$\n- $c\\le d$;\n1. $w:=w-g$\n', ['a=b', 'c\\le d', 'w:=w-g']],
    ['$a=b$, $c=d$ and $e=f$.\n', ['a=b', 'c=d', 'e=f']],
    ['$s=t$ if $i=j$\n', ['s=t']],
    ['$`a=b`$\n', ['a=b']],
    ['\\(a=b\\)\n', ['a=b']],
    ['<!-- id: X --> $a=b$ holds because of the chain rule, as we know.\n', ['a=b']],
  ])('%j', (source, latex) => {
    expect(read(source).latex).toEqual(latex)
  })

  test.each(['We know that $a=b$ from the lecture.\n', '$i=j$:\n', '$i \\neq j$\n', '$x$\n', '- for $i=j$ nothing happens here\n'])('not %j', source => {
    expect(read(source).latex).toEqual([])
  })

  test('how many were passed over is said', () => {
    expect(read('We know that $a=b$ and that $c=d$ for $x$, from the lecture.\n').remarks).toEqual([
      { line: 1, message: '2 formulas with = stand inside a sentence and are read as a condition, not judged; put it on a line of its own, or an id before it, to have it judged' },
    ])
  })
})

describe('ids, conditions and headings', () => {
  test('an id goes to the next formula, with or without an empty line', () => {
    const { ids, remarks } = read('<!-- id: A -->\n$$a=b$$\n<!-- id: B -->\n\nwhen $i\\neq j$,\n\n$$c=d$$\n$$e=f$$ <!-- id: C -->\n<!-- id: A -->\n')
    expect(ids).toEqual(['A', 'B', undefined])
    expect(remarks.map(r => r.message)).toEqual(['the id C has no formula behind it', 'the id A was given before, at line 1', 'the id A has no formula behind it'])
  })

  test('formulas of the text are conditions of the next claim, behind a claim on its line of that claim', () => {
    expect(read('when $i\\neq j$ and $n>1$,\n\n$$a=b$$ for $k=1$,\n$$c=d$$\n\nFor $q$:\n\n# New\n\n$$e=f$$\n').conditions).toEqual([['i\\neq j', 'n>1', 'k=1'], [], []])
  })

  test('headings by level, bold lines, short paragraphs, list numbers, what stands before the formula', () => {
    const page = '# Sheet\n\n## Part *one*\n\nFigure 1\n\n**2**\n\n$$a=b$$\n\nwhen $i\\neq j$,\n\n$$c=d$$\n\n$$e=f$$\n\nPart two\n--------\n\n3. b) $$g=h$$\n'
    expect(read(page).headings).toEqual([
      ['Sheet', 'Part one', '2'],
      ['Sheet', 'Part one', '2', 'when i\\neq j,'],
      ['Sheet', 'Part one', '2'],
      ['Sheet', 'Part two', '3', 'b)'],
    ])
  })

  test('a long paragraph is no label', () => {
    expect(read(`${'word '.repeat(40)}\n\n$$a=b$$\n`).headings).toEqual([[]])
  })

  test('lines are counted from 1, over every kind of line end', () => {
    expect(read('a\r\nb\r\n\r\n$$\r\na=b\r\n$$\n\n$$c=d$$').claims.map(c => c.line)).toEqual([5, 8])
  })
})

test.each([['a', 21], ['b', 10], ['c', 14]])('every formula of sheet %s is found with its id', (sheet, count) => {
  const path = new URL(`../../../../shared/answers/sheet-${sheet}.md`, import.meta.url)
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch {
    return // the sheets are not part of the repository
  }
  const { claims, remarks } = readPage(source, `sheet-${sheet}.md`)
  expect(remarks).toEqual([])
  expect(claims.map(c => c.id)).toEqual([...source.matchAll(/<!-- id: (\S+) -->/g)].map(m => m[1]))
  expect(claims).toHaveLength(count)
})
