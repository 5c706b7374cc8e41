/** Precedence: what is written, and how it is read; `shape` puts a bracket around every operation. */
import { expect, test } from 'vitest'
import type { Expression } from './ast.ts'
import { parseCondition, parseExpression } from './parse.ts'
import { printExpression } from './print-expression.ts'

function shape(e: Expression): string {
  switch (e.kind) {
    case 'binary': return `(${shape(e.left)} ${e.operator === 'juxtapose' ? '~' : e.operator} ${shape(e.right)})`
    case 'negate': return `(-${shape(e.operand)})`
    case 'transpose': return `T(${shape(e.operand)})`
    case 'group': return shape(e.inner)
    case 'entry': return `${shape(e.base)}[${e.indices.map((index) => index.kind === 'index' ? shape(index.value) : '...').join(',')}]`
    case 'call': return `${e.name.text}${"'".repeat(e.primes)}(${[...e.args.map(shape), ...e.named.map(({ key, value }) => `${key}=${shape(value)}`)].join(',')})`
    case 'reduction': return `${e.reduction}{${e.over.map(({ name, size }) => size === undefined ? name : `${name}:${shape(size)}`).join(',')}${e.where === undefined ? '' : ` where ${shape(e.where)}`}}<${shape(e.body)}>`
    case 'over-data': return `${e.reduction}{data}<${shape(e.body)}>`
    case 'indicator': return `1[${shape(e.relation)}]`
    case 'array': return `{${e.items.map(shape).join(',')}}`
    case 'norm': return `N${e.bars}<${shape(e.inner)}>`
    case 'number': case 'string': case 'name': return printExpression(e)
  }
}

test.each([
  ['a + b c', '(a + (b ~ c))'],
  ['a b + c', '((a ~ b) + c)'],
  ['a - b - c', '((a - b) - c)'],
  ['a b c', '((a ~ b) ~ c)'],
  ['a * b c', '((a * b) ~ c)'],
  ['a .* b c', '((a .* b) ~ c)'],
  ['a ⊙ W x', '((a .* W) ~ x)'],
  ['v . x + b', '((v . x) + b)'],
  ['a . b c', '((a . b) ~ c)'],
  ['a / b c', '((a / b) ~ c)'],
  ['a / b * c', '((a / b) * c)'],
  ['1/2 x', '((1 / 2) ~ x)'],
  ['a ⊘ b', '(a ./ b)'],
  ['a × b', '(a * b)'],
  ['-a b', '(-(a ~ b))'],
  ['-a + b', '((-a) + b)'],
  ['a − b', '(a - b)'],
  ['a * -b c', '((a * (-b)) ~ c)'],
  ['--a', '(-(-a))'],
  ['-x^2', '(-(x ^ 2))'],
  ['2 x^2', '(2 ~ (x ^ 2))'],
  ['x^y^z', '(x ^ (y ^ z))'],
  ['x^2^T', 'T((x ^ 2))'],
  ['x^T^2', '(T(x) ^ 2)'],
  ['x^-1', '(x ^ (-1))'],
  ['x⁻¹', '(x ^ (-1))'],
  ['xⁿ⁺¹', '(x ^ (n + 1))'],
  ['x^{n+1} y', '((x ^ (n + 1)) ~ y)'],
  ['x[i]^2', '(x[i] ^ 2)'],
  ['2^(n)', '(2 ^ n)'],
  ['W^T x', '(T(W) ~ x)'],
  ['W^T(a - b)', '(T(W) ~ (a - b))'],
  ['W^T[i, j]', 'T(W)[i,j]'],
  ['W (a + b)', '(W ~ (a + b))'],
  ['W(a + b)', 'W((a + b))'],
  ['2(n_7 - y)', '(2 ~ (n_7 - y))'],
  ['(a)(b)', '(a ~ b)'],
  ['f(x)(y)', '(f(x) ~ y)'],
  ['W[i](a)', '(W[i] ~ a)'],
  ['log a b', '(log(a) ~ b)'],
  ['log y^(2)[c]', 'log(y^(2)[c])'],
  ['log x^2', 'log((x ^ 2))'],
  ['log (a + b) c', '(log((a + b)) ~ c)'],
  ['exp z[i] / s', '(exp(z[i]) / s)'],
  ['log log x', 'log(log(x))'],
  ['2 log x', '(2 ~ log(x))'],
  ['log sum_k exp z[k]', 'log(sum{k}<exp(z[k])>)'],
  ["tanh' z", "tanh'(z)"],
  ['sum_j t[j] log y[j] + b', '(sum{j}<(t[j] ~ log(y[j]))> + b)'],
  ['-sum_c t[c] log y[c]', '(-sum{c}<(t[c] ~ log(y[c]))>)'],
  ['sum_j -t[j] x', 'sum{j}<(-(t[j] ~ x))>'],
  ['a sum_j b c', '(a ~ sum{j}<(b ~ c)>)'],
  ['1/m sum_i x[i]', '((1 / m) ~ sum{i}<x[i]>)'],
  ['sum over data: a + b', 'sum{data}<(a + b)>'],
  ['(mean over data: a) + b', '(mean{data}<a> + b)'],
  ['1/2 mean over data: a + b', '((1 / 2) ~ mean{data}<(a + b)>)'],
  ['Σ over data: a', 'sum{data}<a>'],
  ['Σᵢ x[i]', 'sum{i}<x[i]>'],
  ['∑_{i,j} x[i,j]', 'sum{i,j}<x[i,j]>'],
  ['sum_{k=1}^{n} x[k]', 'sum{k:n}<x[k]>'],
  ['sum_{k=1}^n x[k]', 'sum{k:n}<x[k]>'],
  ['sum_{k=1..n, j: H+1} x[k,j]', 'sum{k:n,j:(H + 1)}<x[k,j]>'],
  ['max_{p,a where p = 2*i+a-1} x[p]', 'max{p,a where (p = (((2 * i) + a) - 1))}<x[p]>'],
  ['max(0, a)', 'max(0,a)'],
  ['x - mean', '(x - mean)'],
  ["g'(z) w", "(g'(z) ~ w)"],
  ["g''(z)", "g''(z)"],
  ["g^[l]'(z)", "g^[l]'(z)"],
  ["(g^[l])'(z)", "g^[l]'(z)"],
  ['g′(z)', "g'(z)"],
  ['[i = j] x[j]', '(1[(i = j)] ~ x[j])'],
  ['x[i][j = k]', '(x[i] ~ 1[(j = k)])'],
  ['[i = j][k ≤ l]', '(1[(i = j)] ~ 1[(k <= l)])'],
  ['[i = j and (k < l or k != m)]', '1[((i = j) and ((k < l) or (k != m)))]'],
  ['[1, 2]', '{1,2}'],
  ['[[1,2],[3,4]]', '{{1,2},{3,4}}'],
  ['(x_2)_d y', '(x_2[d] ~ y)'],
  ['|x| |y|', '(N1<x> ~ N1<y>)'],
  ['2 ||W||^2', '(2 ~ (N2<W> ^ 2))'],
  ['conv(x, filters=100, padding=same)', 'conv(x,filters=100,padding=same)'],
  ['x[..., c]', 'x[...,c]'],
  ['f(a,\n  b)', 'f(a,b)'],
])('%s', (source, expected) => {
  const read = parseExpression(source)
  expect(shape(read)).toBe(expected)
  expect(shape(parseExpression(printExpression(read)))).toBe(expected)
})

test.each([
  ['stride != 1 or C ≠ filters', '((stride != 1) or (C != filters))'],
  ['a = 1 and b = 2 or c', '(((a = 1) and (b = 2)) or c)'],
  ['a == b', '(a = b)'],
  ['bias', 'bias'],
])('the condition %s', (source, expected) => expect(shape(parseCondition(source))).toBe(expected))
