/** The messages of an ONNX file that are read and written here: field numbers and kinds, as the format defines them. */

/** How a field lies in the file. `message` and `messages` name the description of what is inside. */
export type Field =
  | { readonly number: number; readonly kind: 'int' | 'float' | 'text' | 'bytes' | 'ints' | 'floats' | 'doubles' | 'texts' | 'blobs' }
  | { readonly number: number; readonly kind: 'message' | 'messages'; readonly of: () => Description }
export type Description = Readonly<Record<string, Field>>

const field = (number: number, kind: 'int' | 'float' | 'text' | 'bytes' | 'ints' | 'floats' | 'doubles' | 'texts' | 'blobs'): Field => ({ number, kind })
const one = (number: number, of: () => Description): Field => ({ number, kind: 'message', of })
const many = (number: number, of: () => Description): Field => ({ number, kind: 'messages', of })

const entry: Description = { key: field(1, 'text'), value: field(2, 'text') }
const dimension: Description = { value: field(1, 'int'), symbol: field(2, 'text') }
const shape: Description = { dims: many(1, () => dimension) }
const tensorType: Description = { type: field(1, 'int'), shape: one(2, () => shape) }
const type: Description = { tensor: one(1, () => tensorType) }
const valueInfo: Description = { name: field(1, 'text'), type: one(2, () => type), doc: field(3, 'text') }
const tensor: Description = {
  dims: field(1, 'ints'), type: field(2, 'int'), floats: field(4, 'floats'), int32s: field(5, 'ints'), int64s: field(7, 'ints'), name: field(8, 'text'),
  raw: field(9, 'bytes'), doubles: field(10, 'doubles'), external: many(13, () => entry), location: field(14, 'int'),
}
const attribute: Description = {
  name: field(1, 'text'), float: field(2, 'float'), int: field(3, 'int'), text: field(4, 'text'), tensor: one(5, () => tensor), floats: field(7, 'floats'),
  ints: field(8, 'ints'), texts: field(9, 'texts'), type: field(20, 'int'),
}
const node: Description = {
  inputs: field(1, 'texts'), outputs: field(2, 'texts'), name: field(3, 'text'), op: field(4, 'text'), attributes: many(5, () => attribute), doc: field(6, 'text'), domain: field(7, 'text'),
}
const graph: Description = {
  nodes: many(1, () => node), name: field(2, 'text'), initializers: many(5, () => tensor), doc: field(10, 'text'), inputs: many(11, () => valueInfo),
  outputs: many(12, () => valueInfo), values: many(13, () => valueInfo),
}
const operatorSet: Description = { domain: field(1, 'text'), version: field(2, 'int') }

/** A whole file. */
export const MODEL: Description = {
  irVersion: field(1, 'int'), producer: field(2, 'text'), producerVersion: field(3, 'text'), domain: field(4, 'text'), version: field(5, 'int'), doc: field(6, 'text'),
  graph: one(7, () => graph), operatorSets: many(8, () => operatorSet), metadata: many(14, () => entry),
}

/** What the messages hold. Absent fields are left out of the file. */
export interface Entry { readonly key: string; readonly value: string }
export interface ValueInfo { readonly name: string; readonly type: { readonly tensor: { readonly type: number; readonly shape: { readonly dims: readonly { readonly value?: number; readonly symbol?: string }[] } } }; readonly doc?: string }
export interface TensorData {
  readonly dims: readonly number[]; readonly type: number; readonly name: string; readonly raw?: Uint8Array; readonly floats?: readonly number[]; readonly int32s?: readonly number[]
  readonly int64s?: readonly number[]; readonly doubles?: readonly number[]; readonly external?: readonly Entry[]; readonly location?: number
}
export interface Attribute { readonly name: string; readonly type: number; readonly float?: number; readonly int?: number; readonly text?: string; readonly ints?: readonly number[]; readonly floats?: readonly number[]; readonly texts?: readonly string[]; readonly tensor?: TensorData }
export interface OnnxNode { readonly inputs: readonly string[]; readonly outputs: readonly string[]; readonly name: string; readonly op: string; readonly attributes: readonly Attribute[]; readonly doc?: string; readonly domain?: string }
export interface Graph { readonly name: string; readonly nodes: readonly OnnxNode[]; readonly initializers: readonly TensorData[]; readonly inputs: readonly ValueInfo[]; readonly outputs: readonly ValueInfo[]; readonly values: readonly ValueInfo[]; readonly doc?: string }
export interface Model {
  readonly irVersion: number; readonly producer: string; readonly producerVersion?: string; readonly domain?: string; readonly version?: number; readonly doc?: string
  readonly graph: Graph; readonly operatorSets: readonly { readonly domain: string; readonly version: number }[]; readonly metadata: readonly Entry[]
}

/** The numbers of element types and attribute types. */
export const TYPES = { float: 1, int32: 6, int64: 7, bool: 9, double: 11 } as const
export const ATTRIBUTES = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7, texts: 8 } as const
/** Where the numbers of a tensor are: in the model, or in a file beside it. */
export const EXTERNAL = 1
