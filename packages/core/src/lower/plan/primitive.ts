/**
 * Planned programs: dense row-major tensors and operations that every runtime has, one for one. What a plan says is run as it stands.
 */
import type { MapFunction } from '../program.ts'

export type NumberType = 'float' | 'int64' | 'bool'

/** A window along each spatial axis. */
export interface Windows { readonly strides: readonly number[]; readonly dilations: readonly number[]; readonly before: readonly number[]; readonly after: readonly number[] }

export type Primitive = { readonly shape: readonly number[]; readonly type: NumberType; readonly args: readonly number[] } & (
  | { readonly op: 'input'; readonly name: string }
  | { readonly op: 'constant'; readonly data: readonly number[] }
  | { readonly op: 'map'; readonly fn: MapFunction }
  | { readonly op: 'transpose'; readonly perm: readonly number[] }
  /** reshape to `shape`; expand by broadcasting to `shape` */
  | { readonly op: 'reshape' | 'expand' }
  | { readonly op: 'slice'; readonly starts: readonly number[]; readonly ends: readonly number[]; readonly steps: readonly number[] }
  | { readonly op: 'pad'; readonly before: readonly number[]; readonly after: readonly number[]; readonly value: number }
  | { readonly op: 'concat'; readonly axis: number }
  /** Rows of args[0] along the axis, at the positions args[1]. */
  | { readonly op: 'gather'; readonly axis: number }
  /** args[0] with the entries of args[2] added along the axis at the positions args[1], which may repeat. */
  | { readonly op: 'scatter-add'; readonly axis: number }
  | { readonly op: 'matmul' }
  /** alpha A B (+ C = args[2]), A and B transposed where it says so. */
  | { readonly op: 'gemm'; readonly transA: boolean; readonly transB: boolean; readonly alpha: number }
  | { readonly op: 'conv'; readonly windows: Windows; readonly groups: number }
  | { readonly op: 'conv-transpose'; readonly windows: Windows; readonly groups: number; readonly more: readonly number[] }
  | { readonly op: 'maxpool'; readonly kernel: readonly number[]; readonly windows: Windows }
  /** Where the maxima of the maxpool args[0] are, as flat positions in its argument. */
  | { readonly op: 'maxpool-positions' }
  /** Zeros but for args[0] at the flat positions args[1]. */
  | { readonly op: 'maxunpool'; readonly kernel: readonly number[]; readonly strides: readonly number[] }
  | { readonly op: 'reduce'; readonly fn: 'sum' | 'max' | 'mean' | 'logsumexp' | 'sumsquare'; readonly axes: readonly number[] }
  | { readonly op: 'argmax'; readonly axis: number }
  | { readonly op: 'softmax' | 'log-softmax'; readonly axis: number }
  | { readonly op: 'equal' | 'less' }
  | { readonly op: 'where' }
  | { readonly op: 'to-float' }
  | { readonly op: 'one-hot' }
)
export type PrimitiveOp = Primitive['op']

/** A planned program: outputs are dense and row-major. */
export interface Plan { readonly nodes: readonly Primitive[]; readonly outputs: readonly { readonly name: string; readonly node: number; readonly shape: readonly number[] }[] }

/** The number of entries. */
export const volume = (shape: readonly number[]): number => shape.reduce((p, n) => p * n, 1)

/** Only what the outputs need, in order. */
export function livePlan(p: Plan): Plan {
  const alive = new Set<number>()
  const stack = p.outputs.map(o => o.node)
  while (stack.length > 0) {
    const n = stack.pop()!
    if (!alive.has(n)) { alive.add(n); stack.push(...p.nodes[n]!.args) }
  }
  const order = [...alive].sort((a, b) => a - b)
  const place = new Map(order.map((n, k) => [n, k]))
  const at = (n: number): number => place.get(n)!
  return { nodes: order.map(n => ({ ...p.nodes[n]!, args: p.nodes[n]!.args.map(at) })), outputs: p.outputs.map(o => ({ ...o, node: at(o.node) })) }
}
