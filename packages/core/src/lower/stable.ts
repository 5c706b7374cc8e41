/**
 * Sums of exponentials, recognised where they stand and computed without overflow:
 * exp(u_i) / sum_k exp(u_k) is a softmax, log sum_k exp(u_k) a log-sum-exp; terms may be masked.
 */
import type { Index } from '../expression/index.ts'
import { argumentsOf, asKind, type Builder, type Labelled, nodeOf, numberNode } from './builder.ts'
import { type Form, type Part, plainIndex, plain } from './forms.ts'
import type { MapFunction, NodeOf, Place } from './program.ts'

type Map_ = (b: Builder, fn: MapFunction, ...args: readonly Labelled[]) => Labelled

const loopOf = (p: Place): number | undefined => (p.constant === 0 && p.terms.length === 1 && p.terms[0]![1] === 1 ? p.terms[0]![0] : undefined)

/** sum over some loops of exp(u), or of mask * exp(u): which operand is the exponential, and the loops of every axis. */
interface SumOfExp { readonly coefficient: number; readonly operands: readonly { readonly node: number; readonly loops: readonly number[] }[]; readonly out: readonly number[]; readonly exp: number; readonly summed: readonly number[] }

function asSumOfExp(b: Builder, node: NodeOf<'contract'> | undefined): SumOfExp | undefined {
  if (!node || node.coefficient <= 0) return undefined
  const out = node.out.map(loopOf)
  const operands = node.operands.map(o => ({ node: o.node, loops: o.at.map(loopOf) }))
  if (out.includes(undefined) || operands.some(o => o.loops.includes(undefined) || new Set(o.loops).size < o.loops.length)) return undefined
  const exps = operands.flatMap((o, k) => (isExp(b, o.node) ? [k] : []))
  if (exps.length !== 1 || operands.some((o, k) => k !== exps[0] && b.nodes[o.node]!.kind !== 'mask')) return undefined
  const summed = node.loops.map((_, l) => l).filter(l => !out.includes(l))
  const all = operands[exps[0]!]!.loops as number[]
  if (summed.length === 0 || !node.loops.every((_, l) => all.includes(l))) return undefined
  return { coefficient: node.coefficient, operands: operands as SumOfExp['operands'], out: out as number[], exp: exps[0]!, summed }
}

const isExp = (b: Builder, node: number): boolean => { const n = b.nodes[node]!; return n.kind === 'map' && n.fn === 'exp' }

/** The node over the exponent: softmax with its axes, or their log-sum-exp. */
function overExponent(b: Builder, s: SumOfExp, kind: 'softmax' | 'logsumexp', label: (loop: number) => Index): Labelled {
  const { node, loops } = s.operands[s.exp]!
  const u = argumentsOf(b, { node, axes: loops.map(label) }, 'exp')![0]!
  const axes = loops.flatMap((l, k) => (s.summed.includes(l) ? [k] : []))
  const mask = s.operands.find((_, k) => k !== s.exp)
  const shape = b.nodes[u.node]!.shape
  const labels = kind === 'softmax' ? u.axes : u.axes.filter((_, k) => !axes.includes(k))
  return {
    axes: labels,
    node: nodeOf(b, {
      kind, arg: u.node, axes, shape: kind === 'softmax' ? shape : shape.filter((_, k) => !axes.includes(k)),
      ...(mask && { mask: { node: mask.node, along: mask.loops.map(l => loops.indexOf(l)) } }),
    }),
  }
}

/** log(c sum_k exp(u_k)) = log(c) + logsumexp(u) */
export function logOfSum(b: Builder, x: Labelled, map: Map_): Labelled | undefined {
  const s = asSumOfExp(b, asKind(b, x, 'contract'))
  if (!s) return undefined
  // summed loops have no label of their own: any will do, since they are gone in the result
  const none = {} as Index
  const made = overExponent(b, s, 'logsumexp', l => x.axes[s.out.indexOf(l)] ?? none)
  return map(b, 'add', numberNode(b, Math.log(s.coefficient)), made)
}

/** Factors exp(u_i) and 1/sum_k exp(u_k) put together as softmax(u)_i; undefined where there is none. */
export function softmaxAmong(b: Builder, parts: readonly Part[]): { readonly parts: readonly Part[]; readonly coefficient: number } | undefined {
  for (const below of parts) {
    const axes = below.at.map(plainIndex)
    if (axes.includes(undefined) || axes.some((i, k) => b.sizeOf(i!) !== b.nodes[below.node]!.shape[k])) continue
    const sum = argumentsOf(b, { node: below.node, axes: axes as Index[] }, 'reciprocal')?.[0]
    const s = sum && asSumOfExp(b, asKind(b, sum, 'contract'))
    if (!s) continue
    const chosen = match(b, s, sum, parts)
    if (!chosen) continue
    const made = overExponent(b, s, 'softmax', l => chosen.label.get(l)!)
    const rest = parts.filter(p => p !== below && !chosen.parts.includes(p))
    return { parts: [...rest, { node: made.node, at: made.axes.map(plain) }], coefficient: 1 / s.coefficient }
  }
  return undefined
}

/** The parts that are the operands of the sum, at some position of the summed loops. */
function match(b: Builder, s: SumOfExp, sum: Labelled, parts: readonly Part[]): { readonly parts: readonly Part[]; readonly label: ReadonlyMap<number, Index> } | undefined {
  const label = new Map(s.out.map((l, k) => [l, sum.axes[k]!]))
  const chosen: Part[] = []
  for (const o of [s.operands[s.exp]!, ...s.operands.filter((_, k) => k !== s.exp)]) {
    const found = parts.find(p => p.node === o.node && !chosen.includes(p) && p.at.every((f, k) => fits(f, o.loops[k]!, label) && b.sizeOf(plainIndex(f)!) === b.nodes[p.node]!.shape[k]))
    if (!found) return undefined
    found.at.forEach((f, k) => label.set(o.loops[k]!, plainIndex(f)!))
    chosen.push(found)
  }
  return { parts: chosen, label }
}

function fits(f: Form, loop: number, label: ReadonlyMap<number, Index>): boolean {
  const i = plainIndex(f)
  return i !== undefined && (label.get(loop) ?? i) === i
}
