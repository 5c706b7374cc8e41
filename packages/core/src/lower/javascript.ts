/** Programs as JavaScript: one function, plain loops over flat arrays. Runs as the exact reference in doubles, and is an export. */
import { LIBRARY } from './javascript-library.ts'
import { MAPS } from './maps.ts'
import type { Argument, Node, NodeOf, Operand, Place, Program } from './program.ts'

const volume = (shape: readonly number[]): number => shape.reduce((p, n) => p * n, 1)
export const stridesOf = (shape: readonly number[]): number[] => shape.map((_, k) => volume(shape.slice(k + 1)))

const number = (x: number): string => (Object.is(x, -0) ? '-0' : x < 0 ? `(${x})` : String(x))
/** sum of coefficient * variable + constant */
function linear(terms: readonly (readonly [string, number])[], constant: number): string {
  const parts = terms.filter(([, c]) => c !== 0).map(([v, c]) => (c === 1 ? v : `${number(c)}*${v}`))
  if (constant !== 0 || parts.length === 0) parts.push(number(constant))
  return parts.join(' + ')
}

/** The body of a function of `inputs` that returns the outputs by name; arrays are of the type `array`. */
export function javascriptOf(p: Program, array = 'Float64Array'): string {
  const lines = p.nodes.flatMap((n, k) => [...statements(p, n, k, array)])
  const outputs = p.outputs.map((o, k) => {
    const strides = stridesOf(p.nodes[o.node]!.shape)
    const loops = o.shape.map((n, j) => `for (let l${j} = 0; l${j} < ${n}; l${j}++) `).join('')
    const from = linear(o.axes.flatMap((a, j): [string, number][] => (a < 0 ? [] : [[`l${j}`, strides[a]!]])), 0)
    return `const o${k} = new ${array}(${volume(o.shape)}); { let to = 0; ${loops}o${k}[to++] = v${o.node}[${from}] }`
  })
  const result = p.outputs.map((o, k) => `${JSON.stringify(o.name)}: o${k}`).join(', ')
  return [...lines, ...outputs, `return { ${result} }`].join('\n')
}

function statements(p: Program, n: Node, k: number, array: string): readonly string[] {
  const fresh = (size = volume(n.shape)): string => `const v${k} = new ${array}(${size})`
  switch (n.kind) {
    case 'input': return [`const v${k} = inputs[${JSON.stringify(n.name)}]`]
    case 'one-hot': return [fresh(), `inputs[${JSON.stringify(n.name)}].forEach((c, r) => { v${k}[r * ${n.shape.at(-1)!} + Number(c)] = 1 })`]
    case 'number': return [`const v${k} = [${n.value}]`]
    case 'mask': {
      const test = `(${linear(n.coefficients.map((c, j): [string, number] => [`l${j}`, c]), n.constant)}) ${n.relation === 'eq' ? '===' : '<='} 0 ? 1 : 0`
      return [`${fresh()}; { let to = 0; ${forLoops(n.shape)}v${k}[to++] = ${test} }`]
    }
    case 'map': {
      const args = n.args.map((a, j) => `const x${j} = v${a.node}[${readArgument(p, a, n.shape)}]`)
      return [`${fresh()}; { let to = 0; ${forLoops(n.shape)}{ ${args.join('; ')}; v${k}[to++] = ${MAPS[n.fn].text(...n.args.map((_, j) => `x${j}`))} } }`]
    }
    case 'contract': return [fresh(), ...contraction(p, n, k)]
    case 'max': case 'winner': return [`${fresh()}${n.kind === 'max' ? `.fill(-Infinity)` : ''}`, ...extreme(p, n, k)]
    case 'softmax': case 'log-softmax': case 'logsumexp': return [fresh(), ...exponentials(p, n, k)]
    case 'inverse': case 'det': return [`const v${k} = ${n.kind}(v${n.arg}, ${p.nodes[n.arg]!.shape.at(-1)!}, ${array})`]
  }
}

const forLoops = (shape: readonly number[], name = 'l'): string => shape.map((n, j) => `for (let ${name}${j} = 0; ${name}${j} < ${n}; ${name}${j}++) `).join('')

/** The address of a map's argument at the positions l0, l1, ...; a plain counter where it runs along. */
function readArgument(p: Program, a: Argument, shape: readonly number[]): string {
  const own = p.nodes[a.node]!.shape
  if (own.length === shape.length && a.along.every((x, j) => x === j)) return 'to'
  return linear(a.along.map((x, j): [string, number] => [`l${x}`, stridesOf(own)[j]!]), 0)
}

/** The tests that places lie on their axes, and the address, of an operand or a result. */
function access(places: readonly Place[], shape: readonly number[], loops: readonly number[]): { readonly tests: { readonly depth: number; readonly text: string }[]; readonly address: string } {
  const strides = stridesOf(shape)
  const tests: { depth: number; text: string }[] = []
  const terms = new Map<number, number>()
  let constant = 0
  places.forEach((q, k) => {
    const low = q.terms.reduce((s, [l, c]) => s + Math.min(0, c * (loops[l]! - 1)), q.constant)
    const high = q.terms.reduce((s, [l, c]) => s + Math.max(0, c * (loops[l]! - 1)), q.constant)
    const depth = q.terms.reduce((d, [l]) => Math.max(d, l), -1)
    const at = linear(q.terms.map(([l, c]): [string, number] => [`l${l}`, c]), q.constant)
    if (low < 0) tests.push({ depth, text: `${at} < 0` })
    if (high >= shape[k]!) tests.push({ depth, text: `${at} >= ${shape[k]!}` })
    constant += strides[k]! * q.constant
    for (const [l, c] of q.terms) terms.set(l, (terms.get(l) ?? 0) + strides[k]! * c)
  })
  return { tests, address: linear([...terms].map(([l, c]): [string, number] => [`l${l}`, c]), constant) }
}

/** Nested loops with their tests as early as they can be decided. */
function nest(loops: readonly number[], tests: readonly { readonly depth: number; readonly text: string }[], body: string): string {
  let text = body
  const at = (depth: number): string => tests.filter(t => t.depth === depth).map(t => t.text).join(' || ')
  for (let d = loops.length - 1; d >= 0; d--) text = `for (let l${d} = 0; l${d} < ${loops[d]!}; l${d}++) { ${at(d) ? `if (${at(d)}) continue; ` : ''}${text} }`
  return at(-1) ? `if (!(${at(-1)})) ${text}` : text
}

function contraction(p: Program, n: NodeOf<'contract'>, k: number): readonly string[] {
  const out = access(n.out, n.shape, n.loops)
  const reads = n.operands.map((o: Operand) => ({ o, ...access(o.at, p.nodes[o.node]!.shape, n.loops) }))
  const product = [...(n.coefficient === 1 ? [] : [number(n.coefficient)]), ...reads.map(r => `v${r.o.node}[${r.address}]`)].join(' * ')
  return [nest(n.loops, [...out.tests, ...reads.flatMap(r => r.tests)], `v${k}[${out.address}] += ${product || '1'}`)]
}

function extreme(p: Program, n: NodeOf<'max' | 'winner'>, k: number): readonly string[] {
  const { loops, outer, operand, masks } = n.over
  const read = access(operand.at, p.nodes[operand.node]!.shape, loops)
  const others = masks.map(m => ({ m, ...access(m.at, p.nodes[m.node]!.shape, loops) }))
  const tests = [...read.tests, ...others.flatMap(r => [...r.tests, { depth: loops.length - 1, text: `v${r.m.node}[${r.address}] === 0` }])]
  const inner = loops.slice(outer)
  const strides = stridesOf(loops)
  const rank = linear(inner.map((_, j): [string, number] => [`l${outer + j}`, strides[outer + j]!]), 0)
  const cell = linear(loops.slice(0, outer).map((_, j): [string, number] => [`l${j}`, strides[j]! / volume(inner)]), 0)
  const body = `const x = v${operand.node}[${read.address}]; if (b${k}[${cell}] < 0 || x > m${k}[${cell}]) { m${k}[${cell}] = x; b${k}[${cell}] = ${rank} }`
  const cells = volume(loops.slice(0, outer))
  const end = n.kind === 'max' ? `v${k}.set(m${k})` : `b${k}.forEach((r, c) => { if (r >= 0) v${k}[c * ${volume(inner)} + r] = 1 })`
  return [`const m${k} = new Float64Array(${cells}).fill(-Infinity), b${k} = new Int32Array(${cells}).fill(-1)`, nest(loops, tests, body), end]
}

function exponentials(p: Program, n: NodeOf<'softmax' | 'log-softmax' | 'logsumexp'>, k: number): readonly string[] {
  const { shape } = p.nodes[n.arg]!
  const strides = stridesOf(shape)
  const kept = shape.map((_, j) => j).filter(j => !n.axes.includes(j))
  const variable = (j: number): string => (n.axes.includes(j) ? `s${n.axes.indexOf(j)}` : `l${kept.indexOf(j)}`)
  const at = linear(shape.map((_, j): [string, number] => [variable(j), strides[j]!]), 0)
  const over = forLoops(n.axes.map(a => shape[a]!), 's')
  const mask = n.mask && `v${n.mask.node}[${linear(n.mask.along.map((a, j): [string, number] => [variable(a), stridesOf(p.nodes[n.mask!.node]!.shape)[j]!]), 0)}]`
  const when = mask ? `if (${mask} !== 0) ` : ''
  const write = { softmax: `v${k}[${at}] = Math.exp(v${n.arg}[${at}] - m) / t`, 'log-softmax': `v${k}[${at}] = v${n.arg}[${at}] - m - Math.log(t)`, logsumexp: '' }[n.kind]
  const cell = linear(kept.map((_, j): [string, number] => [`l${j}`, stridesOf(kept.map(x => shape[x]!))[j]!]), 0)
  const end = n.kind === 'logsumexp' ? `v${k}[${cell}] = m + Math.log(t)` : `${over}${when}${write}`
  return [`${forLoops(kept.map(j => shape[j]!))}{ let m = -Infinity, t = 0; ${over}${when}m = Math.max(m, v${n.arg}[${at}]); ${over}${when}t += Math.exp(v${n.arg}[${at}] - m); ${end} }`]
}

export type Numbers = Float64Array | Float32Array | BigInt64Array
export type Run = (inputs: Readonly<Record<string, Numbers>>) => Record<string, Float64Array>

/** The program as a function of its inputs. */
export function compile(p: Program): Run {
  return (new Function(`${LIBRARY}\nreturn inputs => {\n${javascriptOf(p)}\n}`) as () => Run)()
}
