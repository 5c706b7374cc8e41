/**
 * Small programs written out entry by entry: every entry of every node is a local variable, so that a network of single neurons
 * runs as a few lines of arithmetic.
 */
import { LIBRARY } from './javascript-library.ts'
import { stridesOf } from './javascript.ts'
import { MAPS } from './maps.ts'
import type { Argument, Node, NodeOf, Operand, Place, Program } from './program.ts'
import { inputsOf } from './program.ts'

const volume = (shape: readonly number[]): number => shape.reduce((p, n) => p * n, 1)

/** How many multiplications and functions the written-out program has. */
export const scalarCost = (p: Program): number => p.nodes.reduce((s, n) => s + (n.kind === 'contract' ? volume(n.loops) : n.kind === 'max' || n.kind === 'winner' ? volume(n.over.loops) : volume(n.shape)), 0)

/** The entries of a node as JavaScript: variables or numbers. */
type Entries = readonly string[]

/**
 * The program as one function of its inputs and of arrays for its outputs; undefined where a node is not written out
 * (matrix functions) or where there are more than `most` operations.
 */
export function writtenOut(p: Program, most = 4000): ((inputs: Readonly<Record<string, ArrayLike<number>>>, outputs: Readonly<Record<string, Float64Array>>) => void) | undefined {
  if (scalarCost(p) > most || p.nodes.some(n => n.kind === 'inverse' || n.kind === 'det' || n.kind === 'one-hot')) return undefined
  const lines: string[] = inputsOf(p).map((i, k) => `const i${k} = inputs[${JSON.stringify(i.name)}]`)
  const held: Entries[] = []
  const number = new Map(inputsOf(p).map((i, k) => [i.name, k]))
  p.nodes.forEach((n, k) => held.push(entriesOf(p, n, k, held, number, lines)))
  p.outputs.forEach((o, k) => {
    const strides = stridesOf(p.nodes[o.node]!.shape)
    lines.push(`const o${k} = outputs[${JSON.stringify(o.name)}]`)
    positionsOf(o.shape).forEach((x, at) => lines.push(`o${k}[${at}] = ${held[o.node]![o.axes.reduce((s, a, j) => s + (a < 0 ? 0 : strides[a]! * x[j]!), 0)]!}`))
  })
  return (new Function(`${LIBRARY}\nreturn (inputs, outputs) => {\n${lines.join('\n')}\n}`) as () => ReturnType<typeof writtenOut>)()
}

function positionsOf(sizes: readonly number[]): number[][] {
  let all: number[][] = [[]]
  for (const n of sizes) all = all.flatMap(x => Array.from({ length: n }, (_, k) => [...x, k]))
  return all
}

const isNumber = (text: string): boolean => /^\(?-?[\d.e+-]+\)?$/.test(text)
const literal = (x: number): string => (Number.isFinite(x) ? (x < 0 ? `(${x})` : String(x)) : x > 0 ? 'Infinity' : '(-Infinity)')

function entriesOf(p: Program, n: Node, k: number, held: readonly Entries[], inputs: ReadonlyMap<string, number>, lines: string[]): Entries {
  const define = (values: Entries): Entries => values.map((v, j) => {
    if (isNumber(v) || /^v\d+_\d+$/.test(v)) return v
    lines.push(`const v${k}_${j} = ${v}`)
    return `v${k}_${j}`
  })
  switch (n.kind) {
    case 'input': return define(positionsOf(n.shape).map((_, j) => `i${inputs.get(n.name)!}[${j}]`))
    case 'number': return [literal(n.value)]
    case 'mask': return positionsOf(n.shape).map(x => {
      const value = x.reduce((s, v, j) => s + v * n.coefficients[j]!, n.constant)
      return (n.relation === 'eq' ? value === 0 : value <= 0) ? '1' : '0'
    })
    case 'map': return define(positionsOf(n.shape).map(x => MAPS[n.fn].text(...n.args.map(a => argument(p, a, x, held)))))
    case 'contract': return define(contraction(p, n, held))
    case 'max': return define(extreme(p, n, held).map(list => list.map(e => e.text).reduce((a, b) => `Math.max(${a}, ${b})`)))
    case 'winner': return define(winners(p, n, held))
    case 'softmax': case 'log-softmax': case 'logsumexp': return exponentials(p, n, k, held, lines)
    case 'inverse': case 'det': case 'one-hot': throw new TypeError(`${n.kind} is not written out`)
  }
}

function argument(p: Program, a: Argument, x: readonly number[], held: readonly Entries[]): string {
  const strides = stridesOf(p.nodes[a.node]!.shape)
  return held[a.node]![a.along.reduce((s, axis, j) => s + strides[j]! * x[axis]!, 0)]!
}

const at = (q: Place, x: readonly number[]): number => q.terms.reduce((s, [l, c]) => s + c * x[l]!, q.constant)

/** The flat position of places on axes, undefined outside. */
function flat(places: readonly Place[], shape: readonly number[], x: readonly number[]): number | undefined {
  let address = 0
  for (const [k, q] of places.entries()) {
    const v = at(q, x)
    if (v < 0 || v >= shape[k]!) return undefined
    address = address * shape[k]! + v
  }
  return address
}

const readEntry = (p: Program, o: Operand, x: readonly number[], held: readonly Entries[]): string | undefined => {
  const address = flat(o.at, p.nodes[o.node]!.shape, x)
  return address === undefined ? undefined : held[o.node]![address]
}

function contraction(p: Program, n: NodeOf<'contract'>, held: readonly Entries[]): string[] {
  const terms: string[][] = Array.from({ length: volume(n.shape) }, () => [])
  for (const x of positionsOf(n.loops)) {
    const to = flat(n.out, n.shape, x)
    const factors = n.operands.map(o => readEntry(p, o, x, held))
    if (to === undefined || factors.some(f => f === undefined || f === '0')) continue
    const product = (factors as string[]).filter(f => f !== '1').join(' * ') || '1'
    terms[to]!.push(product)
  }
  return terms.map(list => {
    if (list.length === 0) return '0'
    const sum = list.join(' + ')
    return n.coefficient === 1 ? (list.length === 1 && isNumber(sum) ? sum : `(${sum})`) : `${literal(n.coefficient)} * (${sum})`
  })
}

interface Candidate { readonly text: string; readonly position: number }

/** The entries that each maximum looks at, in the order of the search. */
function extreme(p: Program, n: NodeOf<'max' | 'winner'>, held: readonly Entries[]): Candidate[][] {
  const { loops, outer, operand, masks } = n.over
  const found: Candidate[][] = Array.from({ length: volume(loops.slice(0, outer)) }, () => [])
  positionsOf(loops).forEach((x, position) => {
    const text = readEntry(p, operand, x, held)
    if (text === undefined || masks.some(m => { const v = readEntry(p, m, x, held); return v === undefined || v === '0' })) return
    found[Math.floor(position / volume(loops.slice(outer)))]!.push({ text, position })
  })
  return found
}

function winners(p: Program, n: NodeOf<'winner'>, held: readonly Entries[]): string[] {
  const all = Array.from({ length: volume(n.over.loops) }, () => '0')
  for (const list of extreme(p, n, held)) list.forEach((e, k) => {
    const tests = list.flatMap((f, j) => (j === k ? [] : [`${e.text} ${j < k ? '>' : '>='} ${f.text}`]))
    all[e.position] = tests.length === 0 ? '1' : `(${tests.join(' && ')}) ? 1 : 0`
  })
  return all
}

function exponentials(p: Program, n: NodeOf<'softmax' | 'log-softmax' | 'logsumexp'>, k: number, held: readonly Entries[], lines: string[]): string[] {
  const { shape } = p.nodes[n.arg]!
  const kept = shape.map((_, j) => j).filter(j => !n.axes.includes(j))
  const out = Array.from({ length: volume(n.shape) }, () => '0')
  const groups = new Map<number, { readonly text: string; readonly position: number }[]>()
  positionsOf(shape).forEach((x, position) => {
    if (n.mask && argument(p, n.mask, x, held) === '0') return
    const cell = kept.reduce((s, j) => s * shape[j]! + x[j]!, 0)
    groups.set(cell, [...(groups.get(cell) ?? []), { text: held[n.arg]![position]!, position }])
  })
  for (const [cell, list] of groups) {
    lines.push(`const m${k}_${cell} = Math.max(${list.map(e => e.text).join(', ')})`)
    list.forEach((e, j) => lines.push(`const e${k}_${cell}_${j} = Math.exp(${e.text} - m${k}_${cell})`))
    lines.push(`const s${k}_${cell} = ${list.map((_, j) => `e${k}_${cell}_${j}`).join(' + ')}`)
    if (n.kind === 'logsumexp') out[cell] = `m${k}_${cell} + Math.log(s${k}_${cell})`
    else list.forEach((e, j) => { out[e.position] = n.kind === 'softmax' ? `e${k}_${cell}_${j} / s${k}_${cell}` : `${e.text} - m${k}_${cell} - Math.log(s${k}_${cell})` })
  }
  return out.map((v, j) => {
    if (v === '0') return v
    lines.push(`const v${k}_${j} = ${v}`)
    return `v${k}_${j}`
  })
}
