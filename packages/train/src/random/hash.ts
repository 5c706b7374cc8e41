/** 128 bits from a text: four lanes of MurmurHash3's mixing, each with constants of its own, stirred together at the end. */

const lanes = [[0x9e3779b1, 0x85ebca6b], [0x85ebca77, 0xc2b2ae35], [0xc2b2ae3d, 0x27d4eb2f], [0x27d4eb2d, 0x165667b1]] as const

const finish = (h: number): number => {
  let z = h
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}

/** Four whole numbers of 32 bits, never all zero. Equal texts give equal numbers, on every machine. */
export function hash128(text: string): [number, number, number, number] {
  const h: [number, number, number, number] = [0x243f6a88, 0x85a308d3 | 0, 0x13198a2e, 0x03707344]
  for (let k = 0; k < text.length; k++) {
    const c = text.charCodeAt(k)
    for (let lane = 0; lane < 4; lane++) {
      const x = Math.imul(h[lane]! ^ c, lanes[lane]![0])
      h[lane] = Math.imul((x << 13) | (x >>> 19), lanes[lane]![1])
    }
  }
  const all = (h[0] ^ h[1] ^ h[2] ^ h[3] ^ text.length) | 0
  for (let lane = 0; lane < 4; lane++) h[lane] = finish((h[lane]! + Math.imul(all, lanes[lane]![0])) | 0)
  if (h.every(x => x === 0)) h[0] = 1
  return h
}
