/** PGM and PPM: P2 or P5 (grey), P3 or P6 (colour), width, height, greatest value, then numbers as text (P2, P3) or bytes. */

/** Pixels lying side by side, `step` numbers each, of which the first one or three are colour. */
export interface Pixels { readonly width: number; readonly height: number; readonly step: number; readonly data: ArrayLike<number>; readonly scale: number }

export const isPnm = (b: Uint8Array): boolean => b[0] === 0x50 && [0x32, 0x33, 0x35, 0x36].includes(b[1]!)

/** The pixels. Throws an Error that says what is missing. */
export function decodePnm(bytes: Uint8Array): Pixels {
  const kind = bytes[1]! - 0x30
  let at = 2
  const number = (): number => {
    for (;;) {
      const c = bytes[at]
      if (c === 0x23) while (at < bytes.length && bytes[at] !== 10) at++
      else if (c !== undefined && c <= 32) at++
      else break
    }
    let value = 0
    const start = at
    while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) value = value * 10 + bytes[at++]! - 0x30
    if (at === start) throw new Error(`a number is missing at byte ${at}`)
    return value
  }
  const [width, height, greatest] = [number(), number(), number()]
  const step = kind === 3 || kind === 6 ? 3 : 1
  const n = width * height * step
  if (greatest < 1 || greatest > 65535 || n === 0 || n > 3e8) throw new Error('its sizes are not sound')
  const scale = 255 / greatest
  if (kind <= 3) return { width, height, step, scale, data: Float64Array.from({ length: n }, number) }
  const wide = greatest > 255 ? 2 : 1
  const start = at + 1
  if (bytes.length < start + n * wide) throw new Error(`it ends at byte ${bytes.length}, its pixels go on to byte ${start + n * wide}`)
  if (wide === 1) return { width, height, step, scale, data: bytes.subarray(start, start + n) }
  return { width, height, step, scale, data: Float64Array.from({ length: n }, (_, k) => bytes[start + 2 * k]! * 256 + bytes[start + 2 * k + 1]!) }
}
