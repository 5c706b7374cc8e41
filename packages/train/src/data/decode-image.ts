/** Images as bytes, channel by channel: [channels, height, width] with 1 channel (grey) or 3 (red, green, blue). */
import { decode as decodePng, hasPngSignature } from 'fast-png'
import { badImage } from './messages.ts'
import { decodePnm, isPnm, type Pixels } from './pnm.ts'

export interface Image { readonly channels: 1 | 3; readonly height: number; readonly width: number; readonly data: Uint8Array }

/** Most pixels of one image; a larger one is refused before memory is taken for it. */
const MOST_PIXELS = 100e6

/** File names that are taken for images. */
export const imageName = /\.(png|jpe?g|pgm|ppm|pnm)$/i

/** The image in a file. Throws a ChainError that names the file when it cannot be decoded. */
export async function decodeImage(path: string, bytes: Uint8Array): Promise<Image> {
  try {
    if (isPnm(bytes)) return planes(decodePnm(bytes))
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return planes(await jpeg(bytes))
    if (hasPngSignature(bytes)) return planes(png(bytes))
  } catch (error) { throw badImage(path, (error as Error).message) }
  throw badImage(path, 'it is no PNG, JPEG, PGM or PPM file')
}

async function jpeg(bytes: Uint8Array): Promise<Pixels> {
  const { decode } = (await import('jpeg-js')).default
  const { width, height, data } = decode(bytes, { useTArray: true, tolerantDecoding: false, maxResolutionInMP: MOST_PIXELS / 1e6 })
  return jpegComponents(bytes) === 1 ? { width, height, data: data.filter((_, k) => k % 4 === 0), step: 1, scale: 1 } : { width, height, data, step: 4, scale: 1 }
}

/** The number of components that the frame header names: 1 for grey. */
function jpegComponents(bytes: Uint8Array): number | undefined {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return bytes[at + 9]
    at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!
  }
  return undefined
}

function png(bytes: Uint8Array): Pixels {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (size.getUint32(16) * size.getUint32(20) > MOST_PIXELS) throw new Error('it is too large')
  const { width, height, data, channels, depth, palette } = decodePng(bytes, { checkCrc: true })
  if (palette) {
    const flat = new Uint8Array(width * height * 3)
    for (let k = 0; k < width * height; k++) flat.set(palette[entryAt(data, k, depth, width)]!.slice(0, 3), 3 * k)
    return { width, height, data: flat, step: 3, scale: 1 }
  }
  if (depth < 8) return { width, height, data: Uint8Array.from({ length: width * height }, (_, k) => entryAt(data, k, depth, width)), step: 1, scale: 255 / (2 ** depth - 1) }
  return { width, height, data, step: channels, scale: depth === 16 ? 255 / 65535 : 1 }
}

/** Entry k of rows packed with `depth` bits each, every row beginning at a byte. */
function entryAt(data: ArrayLike<number>, k: number, depth: number, width: number): number {
  if (depth >= 8) return data[k]!
  const [row, column] = [Math.floor(k / width), k % width]
  const bit = column * depth
  const byte = data[row * Math.ceil(width * depth / 8) + (bit >> 3)]!
  return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
}

/** Opacity is left out. */
function planes({ width, height, step, data, scale }: Pixels): Image {
  const n = width * height
  const channels = step >= 3 ? 3 : 1
  const out = new Uint8Array(channels * n)
  for (let c = 0; c < channels; c++) for (let k = 0; k < n; k++) out[c * n + k] = Math.round(data[k * step + c]! * scale)
  return { channels, height, width, data: out }
}

/** The image with this many channels: grey is repeated, colour becomes its luma (ITU-R BT.601). */
export function withChannels(image: Image, channels: 1 | 3): Image {
  if (image.channels === channels) return image
  const n = image.width * image.height
  const out = new Uint8Array(channels * n)
  if (channels === 3) for (let c = 0; c < 3; c++) out.set(image.data, c * n)
  else for (let k = 0; k < n; k++) out[k] = Math.round(0.299 * image.data[k]! + 0.587 * image.data[n + k]! + 0.114 * image.data[2 * n + k]!)
  return { ...image, channels, data: out }
}
