/** Planned operations as ONNX nodes: one closed table for the operations, one for the functions of entries. Standard operators of version 17. */
import type { lower } from '@chainrule/core'
import { type Attribute, ATTRIBUTES, type OnnxNode } from './messages.ts'

export const OPERATOR_SET = 17
/** The file format that goes with it. */
export const IR_VERSION = 8

type Primitive = lower.Primitive
type Of<K extends lower.PrimitiveOp> = Primitive extends infer P ? (P extends { op: infer J } ? (K extends J ? P : never) : never) : never

/** Where nodes go, and names for what they read. */
export interface Sink {
  readonly node: (op: string, inputs: readonly string[], outputs: readonly string[], attributes?: readonly Attribute[]) => void
  readonly ints: (values: readonly number[]) => string
  readonly float: (value: number) => string
  /** A new name for a value between. */
  readonly fresh: (shape: readonly number[], type: lower.NumberType) => string
  readonly shapeOf: (n: number) => readonly number[]
}

export const int = (name: string, value: number): Attribute => ({ name, type: ATTRIBUTES.int, int: value })
export const ints = (name: string, values: readonly number[]): Attribute => ({ name, type: ATTRIBUTES.ints, ints: values })
const float = (name: string, value: number): Attribute => ({ name, type: ATTRIBUTES.float, float: value })
const text = (name: string, value: string): Attribute => ({ name, type: ATTRIBUTES.text, text: value })

const NAMES: Readonly<Record<Exclude<lower.MapFunction, 'square' | 'step' | 'gate'>, string>> = {
  add: 'Add', sub: 'Sub', mul: 'Mul', div: 'Div', pow: 'Pow', max: 'Max', min: 'Min', neg: 'Neg', reciprocal: 'Reciprocal', exp: 'Exp', log: 'Log', sqrt: 'Sqrt',
  abs: 'Abs', sign: 'Sign', relu: 'Relu', sigmoid: 'Sigmoid', tanh: 'Tanh', softplus: 'Softplus', erf: 'Erf', sin: 'Sin', cos: 'Cos',
}

type Emit<K extends lower.PrimitiveOp> = (s: Sink, n: Of<K>, args: readonly string[], out: string) => void

function mapped(s: Sink, n: Of<'map'>, args: readonly string[], out: string): void {
  switch (n.fn) {
    case 'square': s.node('Mul', [args[0]!, args[0]!], [out]); break
    case 'step': case 'gate': {
      const positive = s.fresh(s.shapeOf(n.args[0]!), 'bool')
      s.node('Greater', [args[0]!, s.float(0)], [positive])
      if (n.fn === 'step') s.node('Cast', [positive], [out], [int('to', 1)])
      else s.node('Where', [positive, args[1]!, s.float(0)], [out])
      break
    }
    default: s.node(NAMES[n.fn], args, [out])
  }
}

const windowed = (w: lower.Windows): Attribute[] => [ints('strides', w.strides), ints('dilations', w.dilations), ints('pads', [...w.before, ...w.after])]

const REDUCTIONS = { sum: 'ReduceSum', max: 'ReduceMax', mean: 'ReduceMean', logsumexp: 'ReduceLogSumExp', sumsquare: 'ReduceSumSquare' } as const

/** Inputs, constants and the positions of a max-pool are written elsewhere. */
export const OPERATORS: { readonly [K in Exclude<lower.PrimitiveOp, 'input' | 'constant' | 'maxpool' | 'maxpool-positions'>]: Emit<K> } = {
  map: mapped,
  transpose: (s, n, a, out) => s.node('Transpose', a, [out], [ints('perm', n.perm)]),
  reshape: (s, n, a, out) => s.node('Reshape', [a[0]!, s.ints(n.shape)], [out]),
  expand: (s, n, a, out) => s.node('Expand', [a[0]!, s.ints(n.shape)], [out]),
  slice: (s, n, a, out) => {
    const moved = n.shape.flatMap((size, k) => (size === s.shapeOf(n.args[0]!)[k] ? [] : [k]))
    const of = (list: readonly number[]): string => s.ints(moved.map(k => list[k]!))
    s.node('Slice', [a[0]!, of(n.starts), of(n.ends), s.ints(moved), of(n.steps)], [out])
  },
  pad: (s, n, a, out) => s.node('Pad', [a[0]!, s.ints([...n.before, ...n.after]), s.float(n.value)], [out]),
  concat: (s, n, a, out) => s.node('Concat', a, [out], [int('axis', n.axis)]),
  gather: (s, n, a, out) => s.node('Gather', a, [out], [int('axis', n.axis)]),
  // of the two operators that scatter, this one adds in order, so that a sum has one value whatever the threads
  'scatter-add': (s, n, a, out) => s.node('ScatterElements', a, [out], [int('axis', n.axis), text('reduction', 'add')]),
  matmul: (s, _, a, out) => s.node('MatMul', a, [out]),
  gemm: (s, n, a, out) => s.node('Gemm', a, [out], [float('alpha', n.alpha), int('transA', Number(n.transA)), int('transB', Number(n.transB))]),
  conv: (s, n, a, out) => s.node('Conv', a, [out], [...windowed(n.windows), int('group', n.groups)]),
  'conv-transpose': (s, n, a, out) => s.node('ConvTranspose', a, [out], [...windowed(n.windows), int('group', n.groups), ints('output_padding', n.more)]),
  maxunpool: (s, n, a, out) => s.node('MaxUnpool', [...a, s.ints(n.shape)], [out], [ints('kernel_shape', n.kernel), ints('strides', n.strides)]),
  // the axes of a sum are an input, those of other reductions an attribute
  reduce: (s, n, a, out) => (n.fn === 'sum' ? s.node('ReduceSum', [a[0]!, s.ints(n.axes)], [out], [int('keepdims', 0)]) : s.node(REDUCTIONS[n.fn], [a[0]!], [out], [int('keepdims', 0), ints('axes', n.axes)])),
  argmax: (s, n, a, out) => s.node('ArgMax', a, [out], [int('axis', n.axis), int('keepdims', 0)]),
  softmax: (s, n, a, out) => s.node('Softmax', a, [out], [int('axis', n.axis)]),
  'log-softmax': (s, n, a, out) => s.node('LogSoftmax', a, [out], [int('axis', n.axis)]),
  equal: (s, _, a, out) => s.node('Equal', a, [out]),
  less: (s, _, a, out) => s.node('Less', a, [out]),
  where: (s, _, a, out) => s.node('Where', a, [out]),
  'to-float': (s, _, a, out) => s.node('Cast', a, [out], [int('to', 1)]),
  'one-hot': (s, n, a, out) => s.node('OneHot', [a[0]!, s.ints([n.shape.at(-1)!]), s.float(NaN)], [out]),
}

export const pool = (n: Of<'maxpool'>): Attribute[] => [ints('kernel_shape', n.kernel), ...windowed(n.windows)]
export type { OnnxNode, Primitive }
