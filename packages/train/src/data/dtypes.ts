/** Element types as files hold them. */

export interface DType {
  readonly name: string
  readonly bytes: number
  readonly whole: boolean
  readonly read: (view: DataView, at: number, little: boolean) => number
}

/** Half precision: a sign, 5 bits of exponent, 10 of fraction. */
function half(view: DataView, at: number, little: boolean): number {
  const bits = view.getUint16(at, little)
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

const type = (name: string, bytes: number, whole: boolean, read: DType['read']): DType => ({ name, bytes, whole, read })

export const u8 = type('unsigned 8-bit numbers', 1, true, (v, at) => v.getUint8(at))
export const i8 = type('signed 8-bit numbers', 1, true, (v, at) => v.getInt8(at))
export const u16 = type('unsigned 16-bit numbers', 2, true, (v, at, little) => v.getUint16(at, little))
export const i16 = type('signed 16-bit numbers', 2, true, (v, at, little) => v.getInt16(at, little))
export const u32 = type('unsigned 32-bit numbers', 4, true, (v, at, little) => v.getUint32(at, little))
export const i32 = type('signed 32-bit numbers', 4, true, (v, at, little) => v.getInt32(at, little))
export const u64 = type('unsigned 64-bit numbers', 8, true, (v, at, little) => Number(v.getBigUint64(at, little)))
export const i64 = type('signed 64-bit numbers', 8, true, (v, at, little) => Number(v.getBigInt64(at, little)))
export const f16 = type('16-bit floats', 2, false, half)
export const f32 = type('32-bit floats', 4, false, (v, at, little) => v.getFloat32(at, little))
export const f64 = type('64-bit floats', 8, false, (v, at, little) => v.getFloat64(at, little))

/** The types of NPY files, by their letter and size. */
export const npyTypes: Readonly<Record<string, DType>> = { b1: u8, u1: u8, i1: i8, u2: u16, i2: i16, u4: u32, i4: i32, u8: u64, i8: i64, f2: f16, f4: f32, f8: f64 }

/** The types of IDX files, by the third byte of the magic number. */
export const idxTypes: Readonly<Record<number, DType>> = { 0x08: u8, 0x09: i8, 0x0b: i16, 0x0c: i32, 0x0d: f32, 0x0e: f64 }
