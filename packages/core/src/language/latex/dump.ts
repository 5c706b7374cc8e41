/**
 * A tree in one line, for tests and for looking at how a formula is read: `(= E (* \frac 1 2))`.
 *
 * `(_ w 2 5)` subscript, `(^ W (2) ᵀ)` above (labels in their brackets, ᵀ ᵗ ⊤ transpose, * star, anything else a power),
 * `(' g)` prime, `(@ g z)` name before a bracket, `(call log y)` function word without brackets, `(. W x)` juxtaposed,
 * `(· a b)` with operators where they are not all alike `(. 2 · a / b)`, `(d E w)` derivative, `(d! w y)` operator form.
 */
import type { Latex, Raised } from './ast.ts'

const signs = { juxtapose: '.', cdot: '·', times: '×', star: '*', odot: '⊙', otimes: '⊗', slash: '/', oslash: '⊘' } as const

/** The tree in brackets. */
export function dumpLatex(node: Latex | undefined): string {
  if (node === undefined) return '?'
  switch (node.kind) {
    case 'number': return node.text
    case 'symbol': return [node.font, node.accent].reduce<string>((text, mark) => mark === undefined ? text : `(${mark} ${text})`, node.name)
    case 'text': return JSON.stringify(node.text)
    case 'dots': return '...'
    case 'scripted': return scripts(dumpLatex(node.base), node)
    case 'applied': return scripts(call('@', [node.head, ...argumentsOf(node.group)], node.group.bracket), node)
    case 'group': return `${node.bracket}${node.items.map(dumpLatex).join(', ')}${{ '(': ')', '[': ']', '{': '}' }[node.bracket]}`
    case 'prefix': return call('call', [node.head, node.argument])
    case 'sum': return `(${node.terms.map(({ sign, body }, k) => (k === 0 && sign === '+' && node.terms.length > 1 ? '+ ' : `${k > 0 && sign === '+' ? '' : `${sign} `}`) + dumpLatex(body)).join(' ')})`
    case 'product': return product(node.factors, node.operators.map((operator) => signs[operator]))
    case 'fraction': return call('frac', [node.numerator, node.denominator])
    case 'derivative': return `(${node.style === 'd' ? 'd' : '∂'}${node.operator ? '!' : ''} ${dumpLatex(node.of)}${node.by.map(({ variable, order }) => ` ${dumpLatex(variable)}${order > 1 ? `×${order}` : ''}`).join('')})`
    case 'nabla': return call('∇', [...(node.by ? [node.by] : []), node.of])
    case 'differential': return call(node.partial ? 'δ∂' : 'δ', [node.of])
    case 'big': return `(${node.operator} [${node.under.map(dumpLatex).join(', ')}]${node.upper ? ` ^${dumpLatex(node.upper)}` : ''} ${dumpLatex(node.body)})`
    case 'norm': return `${'|'.repeat(node.bars)}${dumpLatex(node.inner)}${'|'.repeat(node.bars)}`
    case 'rounded': return call(node.direction, [node.inner])
    case 'root': return call('sqrt', [...(node.index ? [node.index] : []), node.inner])
    case 'cases': return `(cases ${node.rows.map(({ value, condition }) => `[${dumpLatex(value)}${condition ? ` if ${dumpLatex(condition)}` : ''}]`).join(' ')})`
    case 'matrix': return `(matrix ${node.rows.map((row) => `[${row.map(dumpLatex).join(' ')}]`).join(' ')})`
    case 'indicator': return call('1', [node.relation])
    case 'relation': return chain(node.parts.map(dumpLatex), node.relations)
    case 'list': return call('list', node.items)
  }
}

function call(name: string, parts: readonly Latex[], bracket = '('): string { return `(${[name + (bracket === '(' ? '' : bracket), ...parts.map(dumpLatex)].join(' ')})` }

function argumentsOf(group: Latex & { kind: 'group' }): readonly Latex[] { return group.items }

/** `(= a b c)` where all relations are alike, else `(a = b ≤ c)`. */
function chain(parts: readonly string[], relations: readonly string[]): string {
  if (relations.every((sign) => sign === relations[0])) return `(${[relations[0], ...parts].join(' ')})`
  return `(${parts.map((part, k) => k === 0 ? part : `${relations[k - 1]} ${part}`).join(' ')})`
}

function product(factors: readonly Latex[], operators: readonly string[]): string {
  const alike = operators.every((sign) => sign === operators[0])
  if (alike) return call(operators[0]!, factors)
  return `(. ${factors.map((factor, k) => k === 0 || operators[k - 1] === '.' ? dumpLatex(factor) : `${operators[k - 1]} ${dumpLatex(factor)}`).join(' ')})`
}

interface Scripted { readonly sub?: readonly Latex[]; readonly sup: readonly Raised[]; readonly primes: number }

function scripts(base: string, { sub, sup, primes }: Scripted): string {
  const below = sub === undefined ? base : `(_ ${base} ${sub.map(dumpLatex).join(' ')})`
  const above = sup.length === 0 ? below : `(^ ${below} ${sup.map(raised).join(' ')})`
  return primes === 0 ? above : `(${"'".repeat(primes)} ${above})`
}

function raised(part: Raised): string {
  switch (part.kind) {
    case 'label': return part.bracket === '(' ? `(${dumpLatex(part.inner)})` : `[${dumpLatex(part.inner)}]`
    case 'transpose': return part.letter === undefined ? '⊤' : part.letter === 'T' ? 'ᵀ' : 'ᵗ'
    case 'star': return '*'
    case 'power': return (part.entrywise ? '⊙' : '') + dumpLatex(part.exponent)
  }
}
