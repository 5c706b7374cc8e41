/** Every message of the surface language by its exact text; each case is a text and what it answers. */
import { describe, expect, test } from 'vitest'
import { ChainError } from '../errors.ts'
import { parseChain, parseExpression, parseName, parseReference } from './parse.ts'

function fault(parse: () => unknown): string {
  try {
    parse()
  } catch (error) {
    if (error instanceof ChainError) return error.render()
    throw error
  }
  return 'no error'
}

const cases: readonly (readonly [source: string, answer: string])[] = [
  ['imput x[n0]', `
net.chain:1:1
  imput x[n0]
  ^^^^^
  Expected = after imput, found x. Did you mean input?`],
  ['parm W[n, m]', `
net.chain:1:1
  parm W[n, m]
  ^^^^
  Expected = after parm, found W. Did you mean param?`],
  ['softmax z = 3', `
net.chain:1:1
  softmax z = 3
  ^^^^^^^
  Expected = after softmax, found z. A line declares (dim, input, target, param, given, function, rate, layers, loss, block, return) or defines (name = expression).`],
  ['param W[n0, n1', `
net.chain:1:8
  param W[n0, n1
         ^
  This [ is never closed.`],
  ['param W[n0 n1)', `
net.chain:1:14
  param W[n0 n1)
               ^
  Expected ] before this ).`],
  ['z = W x)', `
net.chain:1:8
  z = W x)
         ^
  This ) closes nothing.`],
  ['z = a +', `
net.chain:1:8
  z = a +
         ^
  Expected an expression, found the end of the text.`],
  ['dim n\nz = a + * b\n', `
net.chain:2:9
  z = a + * b
          ^
  Expected an expression, found *.`],
  ['z = a . . b', `
net.chain:1:9
  z = a . . b
          ^
  Expected an expression, found ".".`],
  ['z = W x $ b', `
net.chain:1:9
  z = W x $ b
          ^
  The character $ (U+0024) has no meaning here.`],
  ['z = ½ x', `
net.chain:1:5
  z = ½ x
      ^
  The character ½ (U+00BD) has no meaning here. Write 1/2.`],
  ['z = 2 x 3', `
net.chain:1:9
  z = 2 x 3
          ^
  The number 3 stands behind a factor. Write the number first, or put * between them.`],
  ['z = x .5', `
net.chain:1:7
  z = x .5
        ^^
  A number starts with a digit. Write 0.5 for .5.`],
  ['z = x^(a/b)', `
net.chain:1:6
  z = x^(a/b)
       ^^
  Behind a name, ^( ) and ^[ ] hold a layer label such as (2), [l-1]. Write a power as x^2 or x^{a/b}.`],
  ['z = x ^(2)', `
net.chain:1:8
  z = x ^(2)
         ^
  A name with ^( ) is ambiguous here. Write W^(1) without blanks for a layer label, x^{a+b} for a power.`],
  ['z = x^n[i]', `
net.chain:1:8
  z = x^n[i]
         ^
  It is unclear what these brackets belong to. Write (x^n)[i] or x^{n[i]}; a product has a blank: x^n (a+b).`],
  ['z = x^2[i]', `
net.chain:1:8
  z = x^2[i]
         ^
  It is unclear what these brackets belong to. Write (x^n)[i] or x^{n[i]}; a product has a blank: x^n (a+b).`],
  ['z = exp -x', `
net.chain:1:9
  z = exp -x
          ^
  It is unclear what exp applies to: - follows it. Write exp(x), or (exp x)^2 for a power.`],
  ['z = log^2 x', `
net.chain:1:8
  z = log^2 x
         ^
  It is unclear what log applies to: ^ follows it. Write log(x), or (log x)^2 for a power.`],
  ['z = x^log y', `
net.chain:1:7
  z = x^log y
        ^^^
  It is unclear what log applies to in this exponent. Write x^{log y} or x^{log(y)}.`],
  ['z = sum x', `
net.chain:1:5
  z = sum x
      ^^^
  sum has no index. Write sum_i x[i], sum_{i,j} x[i,j], sum(x) or sum over data: x.`],
  ['loss E = sum over dat: x', `
net.chain:1:19
  loss E = sum over dat: x
                    ^^^
  Expected data after sum over, found dat.`],
  ['loss E = mean over data x', `
net.chain:1:25
  loss E = mean over data x
                          ^
  Expected : after mean over data, found x.`],
  ['z = sum_{k=0..n} x[k]', `
net.chain:1:12
  z = sum_{k=0..n} x[k]
             ^
  An index runs from 1, found 0. Write i = 1..n, or i: n.`],
  ['z = sum_{k=1} x', `
net.chain:1:15
  z = sum_{k=1} x
                ^
  Expected ^{n} (the last value), found x.`],
  ['mean_x = a', `
net.chain:1:1
  mean_x = a
  ^^^^
  mean_ starts a mean over an index, so it cannot start a name. Choose another name.`],
  ['if = 3', `
net.chain:1:1
  if = 3
  ^^
  if is a word of the language and cannot be a name.`],
  ['z = g\' + 1', `
net.chain:1:5
  z = g' + 1
      ^^
  g' is a derivative and needs its argument. Write g'(z).`],
  ['z = a_{b_{c}}', `
net.chain:1:6
  z = a_{b_{c}}
       ^^
  This subscript is not a label. Write x_1, x_ab or x_{1,3}; an entry is x[i].`],
  ['z = w_{1}_2', `
net.chain:1:10
  z = w_{1}_2
           ^^
  A name has one subscript; this is a second one.`],
  ['z = W^(1)^(2)', `
net.chain:1:10
  z = W^(1)^(2)
           ^^^^
  A name has one layer label; this is a second one.`],
  ['z = [i = j = k]', `
net.chain:1:12
  z = [i = j = k]
             ^
  A relation has two sides. Write a <= b and b <= c.`],
  ['z = (i = j)', `
net.chain:1:8
  z = (i = j)
         ^
  Expected an operator or ), found =. A relation stands in square brackets: [i = j].`],
  ['z = f(a=1, b)', `
net.chain:1:12
  z = f(a=1, b)
             ^
  An argument without a name stands after one with a name. Put it before key=value.`],
  ['z = "open', `
net.chain:1:5
  z = "open
      ^
  This string has no closing " on its line, or an escape that is not known.`],
  ['dim n\n  z = n\n', `
net.chain:2:1
    z = n
  ^^
  This line is indented by 2 blanks, expected 0 blanks. Only the lines of a block are indented, all alike.`],
  ['block f(x):\ny = x', `
net.chain:1:7
  block f(x):
        ^
  The block f has no lines. Indent the lines that belong to it.`],
  ['block f(x)\n  y = x', `
net.chain:1:11
  block f(x)
            ^
  Expected : after the block header, found the end of the line.`],
  ['f(x) = x', `
net.chain:1:2
  f(x) = x
   ^
  Expected =, found (. A function with arguments is written as a block: block f(x):`],
  ['z = | |x| |', `
net.chain:1:7
  z = | |x| |
        ^
  A norm inside a norm needs round brackets. Write |(|x|) + y|.`],
  ['layers l = 1, L', `
net.chain:1:13
  layers l = 1, L
              ^
  Expected .. and the last layer, found ",".`],
  ['param b = 2 (a + 1)', `
net.chain:1:13
  param b = 2 (a + 1)
              ^
  Expected a comma, a fact or the end of the line, found (. Write the product of a declared value with *.`],
  ['z[2] = 3', `
net.chain:1:3
  z[2] = 3
    ^
  Expected the name of an index, found 2.`],
  ['z == 3', `
net.chain:1:3
  z == 3
    ^^
  Expected =, found ==.`],
  ['param 3', `
net.chain:1:7
  param 3
        ^
  Expected a name, found 3.`],
  ['z = x y = 3', `
net.chain:1:9
  z = x y = 3
          ^
  Expected the end of the line, found =.`],
  ['return', `
net.chain:1:7
  return
        ^
  Expected an expression, found the end of the text.`],
  ['out = conv(x, kernel=)', `
net.chain:1:22
  out = conv(x, kernel=)
                       ^
  Expected an expression, found ).`],
  ['# σ\n\ty = σ(ŷ + )', `
net.chain:2:12
   y = σ(ŷ + )
             ^
  Expected an expression, found ).`],
]

describe('a fault in a file', () => {
  test.each(cases)('%s', (source, answer) => expect(fault(() => parseChain(source, 'net.chain'))).toBe(answer.slice(1)))
})

describe('a fault in an argument', () => {
  test('a name', () => expect(fault(() => parseName('W^(1) x', '--wrt'))).toBe(`--wrt:1:7
  W^(1) x
        ^
  Expected the end of the text, found x.`))
  test('a reference', () => expect(fault(() => parseReference('a + b', '--of'))).toBe(`--of:1:1
  a + b
  ^
  Expected a name or an entry such as s[i], found a.`))
  test('nothing', () => expect(fault(() => parseExpression('', 'value'))).toBe(`value:1:1
  
  ^
  Expected an expression, found the end of the text.`))
})
