/** Models read: what they ask for, give and hold. */
import { EXTERNAL, type Model, type TensorData, TYPES, type ValueInfo } from './messages.ts'
import { missingBeside } from './errors.ts'

/** The shape of a value; a text where a size is a symbol, undefined where it is open. */
export const shapeOf = (v: ValueInfo): readonly (number | string | undefined)[] => v.type.tensor.shape.dims.map(d => d.value ?? d.symbol)

/** The numbers of a tensor, wherever they are; `beside` are the bytes of the file that external data lie in. Throws a ChainError when they are not there. */
export function numbersOf(t: TensorData, beside?: Uint8Array): Float64Array {
  const size = t.dims.reduce((a, b) => a * b, 1)
  const raw = t.location === EXTERNAL ? external(t, beside) : t.raw
  if (raw) return Float64Array.from(decoded(raw, t.type, size), Number)
  return Float64Array.from(t.floats?.length ? t.floats : t.int64s?.length ? t.int64s : t.doubles?.length ? t.doubles : t.int32s ?? [])
}

function external(t: TensorData, beside: Uint8Array | undefined): Uint8Array {
  const at = (key: string): number => Number(t.external?.find(e => e.key === key)?.value ?? 0)
  const end = at('offset') + at('length')
  if (!beside || end > beside.length) throw missingBeside(t.name, t.external?.find(e => e.key === 'location')?.value ?? '')
  return beside.subarray(at('offset'), end)
}

function decoded(raw: Uint8Array, type: number, size: number): ArrayLike<number | bigint> {
  const bytes = raw.slice().buffer
  switch (type) {
    case TYPES.float: return new Float32Array(bytes, 0, size)
    case TYPES.double: return new Float64Array(bytes, 0, size)
    case TYPES.int64: return new BigInt64Array(bytes, 0, size)
    case TYPES.int32: return new Int32Array(bytes, 0, size)
    default: return new Uint8Array(bytes, 0, size)
  }
}

/** A model as a few lines: operators with their counts, inputs, outputs, weights. */
export function summaryOf(m: Model): { readonly operators: Readonly<Record<string, number>>; readonly inputs: readonly string[]; readonly outputs: readonly string[]; readonly weights: number } {
  const operators: Record<string, number> = {}
  for (const n of m.graph.nodes) operators[n.op] = (operators[n.op] ?? 0) + 1
  const text = (v: ValueInfo): string => `${v.name}[${shapeOf(v).map(s => s ?? '?').join(', ')}]`
  return {
    operators, inputs: m.graph.inputs.map(text), outputs: m.graph.outputs.map(text),
    weights: m.graph.initializers.filter(t => t.type === TYPES.float).reduce((s, t) => s + t.dims.reduce((a, b) => a * b, 1), 0),
  }
}
