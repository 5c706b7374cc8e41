/** Element types of safetensors, and the numbers they are read as. */
import type { Numbers } from '../dense.ts'

export interface SafeType {
  readonly bytes: number
  /** The entries at the beginning of a block of bytes, copied. */
  readonly read: (view: DataView, n: number) => Numbers
}

const each = <N extends Numbers>(make: (n: number) => N, bytes: number, at: (v: DataView, offset: number) => number): SafeType => ({
  bytes, read: (view, n) => { const out = make(n); for (let k = 0; k < n; k++) out[k] = at(view, k * bytes); return out },
})

const f32 = (n: number): Float32Array => new Float32Array(n)
const f64 = (n: number): Float64Array => new Float64Array(n)
const i32 = (n: number): Int32Array => new Int32Array(n)
const u8 = (n: number): Uint8Array => new Uint8Array(n)
const scratch = new DataView(new ArrayBuffer(4))
const brain = (bits: number): number => { scratch.setUint32(0, bits << 16); return scratch.getFloat32(0) }
const half = (bits: number): number => {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

/** Every type that is read. Whole numbers of 32 bits without sign and of 64 bits become doubles, exact below 2^53. */
export const safeTypes: Readonly<Record<string, SafeType>> = {
  F64: each(f64, 8, (v, k) => v.getFloat64(k, true)),
  F32: each(f32, 4, (v, k) => v.getFloat32(k, true)),
  F16: each(f32, 2, (v, k) => half(v.getUint16(k, true))),
  BF16: each(f32, 2, (v, k) => brain(v.getUint16(k, true))),
  I64: each(f64, 8, (v, k) => Number(v.getBigInt64(k, true))),
  U64: each(f64, 8, (v, k) => Number(v.getBigUint64(k, true))),
  I32: each(i32, 4, (v, k) => v.getInt32(k, true)),
  U32: each(f64, 4, (v, k) => v.getUint32(k, true)),
  I16: each(i32, 2, (v, k) => v.getInt16(k, true)),
  U16: each(i32, 2, (v, k) => v.getUint16(k, true)),
  I8: each(i32, 1, (v, k) => v.getInt8(k)),
  U8: each(u8, 1, (v, k) => v.getUint8(k)),
  BOOL: each(u8, 1, (v, k) => v.getUint8(k)),
}

/** The type that numbers are written as. */
export function typeName(data: Numbers): 'F64' | 'F32' | 'I32' | 'U8' {
  return data instanceof Float64Array ? 'F64' : data instanceof Float32Array ? 'F32' : data instanceof Int32Array ? 'I32' : 'U8'
}
