/** Every message of the reader by its exact text; each case is a formula and what it answers. */
import { expect, test } from 'vitest'
import { ChainError } from '../../errors.ts'
import { readLatex } from './index.ts'

const cases: readonly (readonly [source: string, answer: string])[] = [
  [String.raw`\sigmma(z)`, String.raw`
page.md:1:1
  \sigmma(z)
  ^^^^^^^
  The command \sigmma is not known. Did you mean \sigma?`],
  [String.raw`\begin{case} a \end{case}`, String.raw`
page.md:1:1
  \begin{case} a \end{case}
  ^^^^^^^^^^^^
  The environment case is not known. Did you mean cases?`],
  [String.raw`\newcommand{\R}{\mathbb{R}}`, String.raw`
page.md:1:1
  \newcommand{\R}{\mathbb{R}}
  ^^^^^^^^^^^
  A formula does not define commands; \newcommand is not read. Write out what the command stands for.`],
  [String.raw`\def\x{1}`, String.raw`
page.md:1:1
  \def\x{1}
  ^^^^
  A formula does not define commands; \def is not read. Write out what the command stands for.`],
  [String.raw`\frac{a}{b`, String.raw`
page.md:1:9
  \frac{a}{b
          ^
  This { is never closed.`],
  [String.raw`a + b)`, String.raw`
page.md:1:6
  a + b)
       ^
  This ) closes nothing.`],
  [String.raw`(a + b]`, String.raw`
page.md:1:7
  (a + b]
        ^
  Expected ) before this ].`],
  [String.raw`\left( a \right\}`, String.raw`
page.md:1:10
  \left( a \right\}
           ^^^^^^^^
  Expected ) before this \right\}.`],
  [String.raw`\begin{cases} a \end{align}`, String.raw`
page.md:1:17
  \begin{cases} a \end{align}
                  ^^^^^^^^^^^
  Expected \end{cases} before this \end{align}.`],
  [String.raw`\begin{align} a = b`, String.raw`
page.md:1:1
  \begin{align} a = b
  ^^^^^^^^^^^^^
  This \begin{align} is never closed.`],
  [String.raw`\frac{a}`, String.raw`
page.md:1:1
  \frac{a}
  ^^^^^
  \frac has no argument in braces.`],
  [String.raw`\sqrt`, String.raw`
page.md:1:1
  \sqrt
  ^^^^^
  \sqrt has no argument in braces.`],
  [String.raw`\hat`, String.raw`
page.md:1:1
  \hat
  ^^^^
  \hat has no argument in braces.`],
  [String.raw`\text{if`, String.raw`
page.md:1:1
  \text{if
  ^^^^^
  \text has no argument in braces.`],
  [String.raw`a + * b`, String.raw`
page.md:1:5
  a + * b
      ^
  Expected an expression, found *.`],
  [String.raw`a +`, String.raw`
page.md:1:4
  a +
     ^
  Expected an expression, found the end of the formula.`],
  [String.raw`x!`, String.raw`
page.md:1:2
  x!
   ^
  Expected an operator or the end of the formula, found !.`],
  [String.raw`a @ b`, String.raw`
page.md:1:3
  a @ b
    ^
  The character @ (U+0040) has no meaning here.`],
  [String.raw`x \pm y`, String.raw`
page.md:1:3
  x \pm y
    ^^^
  \pm is not read. Write both cases.`],
  [String.raw`\int x`, String.raw`
page.md:1:1
  \int x
  ^^^^
  An integral is not read.`],
  [String.raw`\lim_{n} x`, String.raw`
page.md:1:1
  \lim_{n} x
  ^^^^
  A limit is not read.`],
  [String.raw`\langle w, x \rangle`, String.raw`
page.md:1:1
  \langle w, x \rangle
  ^^^^^^^
  \langle is not read. Write an inner product as w^\top x.`],
  [String.raw`90\%`, String.raw`
page.md:1:3
  90\%
    ^^
  A per cent sign is not read. Write the number: 0.9 for 90\%.`],
  [String.raw`\frac{a}{b}\Big|_{x=1}`, String.raw`
page.md:1:12
  \frac{a}{b}\Big|_{x=1}
             ^^^^^
  A bar with a subscript, for a value at a point, is not read. Write the value in brackets: f(1).`],
  [String.raw`\left.a\right|_{x=1}`, String.raw`
page.md:1:8
  \left.a\right|_{x=1}
         ^^^^^^^
  A bar with a subscript, for a value at a point, is not read. Write the value in brackets: f(1).`],
  [String.raw`(a $ b)`, String.raw`
page.md:1:4
  (a $ b)
     ^
  $ inside a bracket is not read.`],
  [String.raw`\exp -x`, String.raw`
page.md:1:6
  \exp -x
       ^
  It is unclear what exp applies to: - follows it. Write exp(x), or (exp x)^2 for a power.`],
  [String.raw`\hat{a + b}`, String.raw`
page.md:1:5
  \hat{a + b}
      ^^^^^^^
  \hat stands on more than one symbol. Put it on one symbol, or name the expression.`],
  [String.raw`{a + b} c`, String.raw`
page.md:1:1
  {a + b} c
  ^^^^^^^
  These braces are not seen on the page, so it is unclear what belongs together. Write round brackets.`],
  [String.raw`{a b}^2`, String.raw`
page.md:1:1
  {a b}^2
  ^^^^^
  These braces are not seen on the page, so it is unclear what belongs together. Write round brackets.`],
  [String.raw`x_1_2`, String.raw`
page.md:1:4
  x_1_2
     ^
  This is a second subscript on one symbol. Write w_{i,j}, or (x_2)_d.`],
  [String.raw`x_{}`, String.raw`
page.md:1:4
  x_{}
     ^
  Expected a label, found }.`],
  [String.raw`x^{}`, String.raw`
page.md:1:4
  x^{}
     ^
  Expected an exponent or a label, found }.`],
  [String.raw`2 3`, String.raw`
page.md:1:3
  2 3
    ^
  The number 3 stands directly behind a number. Write \cdot between them, or 25\,262\,600 for one number.`],
  [String.raw`a = 0,4`, String.raw`
page.md:1:5
  a = 0,4
      ^^^
  0,4 is one number or two. Write 0.4, or 0, 4.`],
  [String.raw`1e999`, String.raw`
page.md:1:1
  1e999
  ^^^^^
  A number with this exponent is not read.`],
  [String.raw`\frac{\partial^2 E}{\partial w}`, String.raw`
page.md:1:7
  \frac{\partial^2 E}{\partial w}
        ^^^^^^^^^^
  This derivative is of order 2 above and 1 below the bar.`],
  [String.raw`\frac{\partial a + b}{\partial c}`, String.raw`
page.md:1:16
  \frac{\partial a + b}{\partial c}
                 ^^^^^
  It is unclear how much of this sum is differentiated. Write round brackets: \frac{\partial (a + b)}{\partial c}.`],
  [String.raw`\frac{\partial E}{\partial w \cdot v}`, String.raw`
page.md:1:30
  \frac{\partial E}{\partial w \cdot v}
                               ^^^^^
  Expected a variable with its \partial or d, found \cdot.`],
  [String.raw`\partial^2 E`, String.raw`
page.md:1:1
  \partial^2 E
  ^^^^^^^^^^^^
  A second derivative without its variable is not read.`],
  [String.raw`\partial_{a+b} E`, String.raw`
page.md:1:11
  \partial_{a+b} E
            ^^^
  A derivative by an expression is not read.`],
  [String.raw`\nabla^2 E`, String.raw`
page.md:1:7
  \nabla^2 E
        ^
  \nabla with a superscript is not read.`],
  [String.raw`\nabla dx`, String.raw`
page.md:1:1
  \nabla dx
  ^^^^^^
  A gradient of a number or a differential is not read.`],
  [String.raw`\sum_i`, String.raw`
page.md:1:7
  \sum_i
        ^
  Expected what \sum applies to, found the end of the formula.`],
  [String.raw`\sum_i + 1`, String.raw`
page.md:1:8
  \sum_i + 1
         ^
  Expected what \sum applies to, found +.`],
  [String.raw`\frac{\partial}{\partial x} = 1`, String.raw`
page.md:1:29
  \frac{\partial}{\partial x} = 1
                              ^
  Expected what this derivative applies to, found =.`],
  [String.raw`\max'_k z_k`, String.raw`
page.md:1:1
  \max'_k z_k
  ^^^^^^^
  max with these scripts is not read. Write \max_k z_k.`],
  [String.raw`|x`, String.raw`
page.md:1:3
  |x
    ^
  Expected an operator or |, found the end of the formula.`],
  [String.raw`\overset{a}{b} c`, String.raw`
page.md:1:1
  \overset{a}{b} c
  ^^^^^^^^
  \overset on anything but a relation is not read.`],
  [String.raw`\underset{k}{x} z`, String.raw`
page.md:1:14
  \underset{k}{x} z
               ^
  Expected \max, \min, \operatorname{argmax} or \sum, found x.`],
  [String.raw`a \over b`, String.raw`
page.md:1:3
  a \over b
    ^^^^^
  Expected an operator or the end of the formula, found \over.`],
  [String.raw`x_\sum`, String.raw`
page.md:1:3
  x_\sum
    ^^^^
  Expected a label, found \sum.`],
  [String.raw`\not a`, String.raw`
page.md:1:1
  \not a
  ^^^^
  \not with what follows is not read.`],
  [String.raw`½ x`, String.raw`
page.md:1:1
  ½ x
  ^
  The character ½ (U+00BD) has no meaning here. Write 1/2.`],
  [String.raw`a ☃ b`, String.raw`
page.md:1:3
  a ☃ b
    ^
  The character ☃ (U+2603) has no meaning here.`],
  [String.raw``, String.raw`
page.md:1:1
  
  ^
  Expected a formula, found the end of the formula.`],
]

test.each(cases)('%s', (source, answer) => {
  let fault = 'no error'
  try { readLatex(source, { path: 'page.md' }) } catch (error) { fault = error instanceof ChainError ? error.render() : String(error) }
  expect(fault).toBe(answer.trimStart())
})
