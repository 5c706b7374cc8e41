/** Files of every format, written for tests. */
import { encode as encodePng } from 'fast-png'
import { zipSync, zlibSync } from 'fflate'
import jpeg from 'jpeg-js'

export const text = (s: string): Uint8Array => new TextEncoder().encode(s)
export const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap(p => [...p]))

/** An IDX file of bytes. */
export function idx(shape: readonly number[], data: ArrayLike<number>): Uint8Array {
  const head = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  head.setUint8(2, 8)
  head.setUint8(3, shape.length)
  shape.forEach((n, k) => head.setUint32(4 + 4 * k, n))
  return joined(new Uint8Array(head.buffer), Uint8Array.from(data))
}

/** An NPY file; `data` is written as it lies in memory. */
export function npy(descr: string, shape: readonly number[], data: ArrayBufferView, version = 1): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`
  const start = version === 1 ? 10 : 12
  const header = text(dict.padEnd(Math.ceil((dict.length + start + 1) / 64) * 64 - start - 1) + '\n')
  const length = version === 1 ? [header.length & 255, header.length >> 8] : [header.length & 255, header.length >> 8, 0, 0]
  return joined(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length), header, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

export const npz = (arrays: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync(Object.fromEntries(Object.entries(arrays).map(([k, v]) => [`${k}.npy`, v])))

/** `n` CIFAR records with the given bytes of labels before pixels that count up from the sample's number. */
export const cifar = (labels: readonly (readonly number[])[]): Uint8Array =>
  joined(...labels.map((l, k) => joined(Uint8Array.from(l), Uint8Array.from({ length: 3072 }, (_, e) => (e + k) & 255))))

export const png = (width: number, height: number, channels: number, data: Uint8Array): Uint8Array => encodePng({ width, height, channels, depth: 8, data })

export const pgm = (width: number, height: number, data: Uint8Array): Uint8Array => joined(text(`P5\n# a comment\n${width} ${height}\n255\n`), data)

export function jpg(width: number, height: number, grey: Uint8Array): Uint8Array {
  const data = new Uint8Array(width * height * 4)
  grey.forEach((g, k) => data.set([g, g, g, 255], 4 * k))
  return new Uint8Array(jpeg.encode({ width, height, data }, 100).data)
}

/** A PNG of any depth and kind from its rows, each with a filter byte before it. */
export function rawPng(width: number, height: number, depth: number, kind: number, rows: readonly number[], palette?: readonly number[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  header.setUint8(8, depth)
  header.setUint8(9, kind)
  const chunk = (name: string, data: Uint8Array): Uint8Array => {
    const body = joined(text(name), data)
    const [length, crc] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))]
    length.setUint32(0, data.length)
    crc.setUint32(0, crc32(body))
    return joined(new Uint8Array(length.buffer), body, new Uint8Array(crc.buffer))
  }
  return joined(Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10), chunk('IHDR', new Uint8Array(header.buffer)), ...(palette ? [chunk('PLTE', Uint8Array.from(palette))] : []),
    chunk('IDAT', zlibSync(Uint8Array.from(rows))), chunk('IEND', new Uint8Array(0)))
}

function crc32(bytes: Uint8Array): number {
  let c = -1
  for (const b of bytes) { c ^= b; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1 }
  return ~c >>> 0
}
