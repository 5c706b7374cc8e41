/** Planned programs as ONNX models. */
import type { lower } from '@chainrule/core'
import { weightShape } from './errors.ts'
import { EXTERNAL, type Graph, type Model, type OnnxNode, type TensorData, TYPES, type ValueInfo } from './messages.ts'
import { IR_VERSION, OPERATOR_SET, OPERATORS, pool, type Primitive, type Sink } from './operators.ts'

export interface ModelOptions {
  /** Name of the graph. */
  readonly name: string
  readonly doc?: string
  /** Inputs that are held in the model. An input of the same name is then not asked for. */
  readonly weights?: ReadonlyMap<string, ArrayLike<number>>
  /** The file beside the model for weights of 1024 numbers or more; in the model when absent. */
  readonly beside?: string
}

/** A model and, with `beside`, the bytes of the file beside it. */
export interface Written { readonly model: Model; readonly beside?: Uint8Array }

/** An output that has the name of an input is the input's next value. */
export const nextName = (name: string): string => `next ${name}`

const LEAST_BESIDE = 1024
/** Offsets of external data are multiples of this, so that files can be mapped. */
const PAGE = 4096

/** The ONNX model of a plan: float32, fixed shapes, standard operators. */
export function modelOf(plan: lower.Plan, options: ModelOptions): Written {
  const names = plan.nodes.map((n, k) => (n.op === 'input' ? n.name : `t${k}`))
  const given = new Set(plan.nodes.flatMap(n => (n.op === 'input' ? [n.name] : [])))
  const nodes: OnnxNode[] = []
  const initializers = new Map<string, TensorData>()
  const values: ValueInfo[] = []
  const sink = sinkOf(plan, nodes, initializers, values)
  const inputs: ValueInfo[] = []
  const blobs: Uint8Array[] = []
  let offset = 0
  plan.nodes.forEach((n, k) => {
    if (n.op === 'input') {
      const weights = options.weights?.get(n.name)
      if (!weights) { inputs.push(infoOf(n.name, n.shape, n.type)); return }
      const raw = bytesOf(weights, n)
      if (options.beside === undefined || weights.length < LEAST_BESIDE) { initializers.set(n.name, { dims: n.shape, type: TYPES.float, name: n.name, raw }); return }
      const external = [{ key: 'location', value: options.beside }, { key: 'offset', value: String(offset) }, { key: 'length', value: String(raw.length) }]
      initializers.set(n.name, { dims: n.shape, type: TYPES.float, name: n.name, external, location: EXTERNAL })
      const filled = new Uint8Array(Math.ceil(raw.length / PAGE) * PAGE)
      filled.set(raw)
      blobs.push(filled)
      offset += filled.length
    } else if (n.op === 'constant') {
      initializers.set(names[k]!, tensorOf(names[k]!, n.shape, n.data, n.type))
    } else {
      writeNode(plan, k, names, sink)
      values.push(infoOf(names[k]!, n.shape, n.type))
    }
  })
  const outputs = plan.outputs.map(o => {
    const name = given.has(o.name) ? nextName(o.name) : o.name
    nodes.push({ inputs: [names[o.node]!], outputs: [name], name: `output ${name}`, op: 'Identity', attributes: [] })
    return infoOf(name, o.shape, 'float')
  })
  const graph: Graph = { name: options.name, nodes: withoutIdentities(nodes, new Set(outputs.map(o => o.name))), initializers: [...initializers.values()], inputs, outputs, values, ...(options.doc && { doc: options.doc }) }
  const produced = new Set(graph.nodes.flatMap(n => n.outputs))
  const model: Model = {
    irVersion: IR_VERSION, producer: 'chainrule', graph: { ...graph, values: values.filter(v => produced.has(v.name)) }, operatorSets: [{ domain: '', version: OPERATOR_SET }], metadata: [],
  }
  return blobs.length > 0 ? { model, beside: joined(blobs) } : { model }
}

function writeNode(plan: lower.Plan, k: number, names: readonly string[], sink: Sink): void {
  const n = plan.nodes[k]!
  const args = n.args.map(a => names[a]!)
  switch (n.op) {
    case 'input': case 'constant': break
    case 'maxpool': {
      const at = plan.nodes.findIndex(m => m.op === 'maxpool-positions' && m.args[0] === k)
      sink.node('MaxPool', args, at < 0 ? [names[k]!] : [names[k]!, names[at]!], pool(n))
      break
    }
    case 'maxpool-positions': break
    default: (OPERATORS[n.op] as (s: Sink, n: Primitive, args: readonly string[], out: string) => void)(sink, n, args, names[k]!)
  }
}

function sinkOf(plan: lower.Plan, nodes: OnnxNode[], initializers: Map<string, TensorData>, values: ValueInfo[]): Sink {
  let fresh = 0
  const held = (name: string, make: () => TensorData): string => { if (!initializers.has(name)) initializers.set(name, make()); return name }
  return {
    node: (op, inputs, outputs, attributes = []) => nodes.push({ inputs, outputs, name: `${op} ${outputs[0]!}`, op, attributes }),
    ints: list => held(`ints ${list.join(',')}`, () => tensorOf(`ints ${list.join(',')}`, [list.length], list, 'int64')),
    float: x => (Number.isNaN(x) ? held('off and on', () => tensorOf('off and on', [2], [0, 1], 'float')) : held(`float ${x}`, () => tensorOf(`float ${x}`, [], [x], 'float'))),
    fresh: (shape, type) => { const name = `b${fresh++}`; values.push(infoOf(name, shape, type)); return name },
    shapeOf: n => plan.nodes[n]!.shape,
  }
}

/** Output names are given to the nodes that make the values, where one output has the value alone. */
function withoutIdentities(nodes: readonly OnnxNode[], outputs: ReadonlySet<string>): OnnxNode[] {
  const made = new Set(nodes.flatMap(n => (n.op === 'Identity' ? [] : n.outputs)))
  const rename = new Map<string, string>()
  for (const n of nodes) if (n.op === 'Identity' && outputs.has(n.outputs[0]!) && made.has(n.inputs[0]!) && !rename.has(n.inputs[0]!)) rename.set(n.inputs[0]!, n.outputs[0]!)
  const to = (name: string): string => rename.get(name) ?? name
  return nodes.flatMap(n => (n.op === 'Identity' && rename.get(n.inputs[0]!) === n.outputs[0] ? [] : [{ ...n, inputs: n.inputs.map(to), outputs: n.outputs.map(to) }]))
}

function infoOf(name: string, shape: readonly number[], type: lower.NumberType): ValueInfo {
  return { name, type: { tensor: { type: TYPES[type], shape: { dims: shape.map(value => ({ value })) } } } }
}

function tensorOf(name: string, dims: readonly number[], data: ArrayLike<number>, type: lower.NumberType): TensorData {
  const raw = type === 'int64' ? new Uint8Array(BigInt64Array.from(Array.from(data, x => BigInt(x))).buffer)
    : type === 'bool' ? Uint8Array.from(data) : new Uint8Array(Float32Array.from(data).buffer)
  return { dims, type: TYPES[type], name, raw }
}

function bytesOf(weights: ArrayLike<number>, n: Primitive & { name: string }): Uint8Array {
  const wanted = n.shape.reduce((p, x) => p * x, 1)
  if (weights.length !== wanted) throw weightShape(n.name, weights.length, wanted)
  return new Uint8Array(Float32Array.from(weights).buffer)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((s, p) => s + p.length, 0))
  let at = 0
  for (const p of parts) { all.set(p, at); at += p.length }
  return all
}
