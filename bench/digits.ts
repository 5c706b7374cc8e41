/**
 * `npm run bench -- digits [--count 12000] [--epochs 12] [--hidden 128] [--sheet digits.png]`: how hard the generated digits are.
 * Trains a linear classifier and a network with one hidden layer, in loops of its own, and prints the share of held-out digits that
 * each gets right. With --sheet it draws the first digits of each class instead.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { encode } from 'fast-png'
import { type Dataset, openData } from '../packages/train/src/data/index.ts'
import { memoryFiles } from '../packages/train/src/files/index.ts'
import { permutation, stream } from '../packages/train/src/random/index.ts'

const pixels = 784
const classes = 10
const held = 2000

interface Layer { readonly inputs: number; readonly outputs: number; readonly w: Float32Array; readonly b: Float32Array; readonly velocity: Float32Array; readonly drift: Float32Array }

/** Layers of these widths, He-initialised. */
const layers = (widths: readonly number[]): Layer[] => widths.slice(1).map((outputs, l) => {
  const inputs = widths[l]!
  const random = stream(1, 'init', l)
  return { inputs, outputs, w: Float32Array.from({ length: inputs * outputs }, () => random.normal() * Math.sqrt(2 / inputs)), b: new Float32Array(outputs), velocity: new Float32Array(inputs * outputs), drift: new Float32Array(outputs) }
})

/** The values after every layer, ReLU between them. */
function forward(net: readonly Layer[], x: Float32Array): Float32Array[] {
  const values = [x]
  net.forEach((l, depth) => {
    const [from, to] = [values[depth]!, l.b.slice()]
    for (let i = 0; i < l.outputs; i++) {
      let s = to[i]!
      for (let j = 0; j < l.inputs; j++) s += l.w[i * l.inputs + j]! * from[j]!
      to[i] = depth < net.length - 1 ? Math.max(0, s) : s
    }
    values.push(to)
  })
  return values
}

/** Adds the gradients of -log softmax(z)_t of one sample. */
function backward(net: readonly Layer[], values: readonly Float32Array[], label: number, gradients: readonly { readonly w: Float32Array; readonly b: Float32Array }[]): void {
  const z = values.at(-1)!
  const top = Math.max(...z)
  const e = z.map(v => Math.exp(v - top))
  const all = e.reduce((a, b) => a + b)
  let delta = e.map((v, c) => v / all - (c === label ? 1 : 0))
  for (let d = net.length - 1; d >= 0; d--) {
    const [l, from, g] = [net[d]!, values[d]!, gradients[d]!]
    const below = new Float32Array(l.inputs)
    for (let i = 0; i < l.outputs; i++) {
      const di = delta[i]!
      g.b[i]! += di
      for (let j = 0; j < l.inputs; j++) { g.w[i * l.inputs + j]! += di * from[j]!; below[j]! += di * l.w[i * l.inputs + j]! }
    }
    delta = below.map((v, j) => (from[j]! > 0 ? v : 0))
  }
}

function descend(value: Float32Array, velocity: Float32Array, gradient: Float32Array, rate: number, n: number): void {
  for (let k = 0; k < value.length; k++) { velocity[k] = 0.9 * velocity[k]! + gradient[k]! / n; value[k]! -= rate * velocity[k]! }
}

/** The share of held-out digits that a network of these widths gets right after so many epochs of momentum, batch 64. */
function accuracy(widths: readonly number[], x: Float32Array, t: ArrayLike<number>, epochs: number): number {
  const net = layers(widths)
  const sample = (k: number): Float32Array => x.subarray(k * pixels, (k + 1) * pixels)
  const count = t.length - held
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation(count, stream(1, 'order', epoch))
    for (let at = 0; at < count; at += 64) {
      const gradients = net.map(l => ({ w: new Float32Array(l.w.length), b: new Float32Array(l.b.length) }))
      const batch = order.subarray(at, at + 64)
      for (const k of batch) backward(net, forward(net, sample(k)), t[k]!, gradients)
      net.forEach((l, d) => { descend(l.w, l.velocity, gradients[d]!.w, 0.05 * 0.9 ** epoch, batch.length); descend(l.b, l.drift, gradients[d]!.b, 0.05 * 0.9 ** epoch, batch.length) })
    }
  }
  let right = 0
  for (let k = count; k < t.length; k++) { const z = forward(net, sample(k)).at(-1)!; if (z.indexOf(Math.max(...z)) === t[k]) right++ }
  return right / held
}

/** An image with the first digits of each class in a row. */
async function sheet(d: Dataset, path: string): Promise<void> {
  const [columns, cell] = [24, 30]
  const data = new Uint8Array(columns * cell * classes * cell).fill(60)
  const placed = new Array<number>(classes).fill(0)
  for (let k = 0; k < d.count && placed.some(n => n < columns); k++) {
    const { x, t } = (await d.read([k])).values
    const row = t!.data[0]!
    const column = placed[row]!++
    if (column < columns) for (let y = 0; y < 28; y++) for (let q = 0; q < 28; q++) data[(row * cell + y + 1) * columns * cell + column * cell + q + 1] = x!.data[y * 28 + q]!
  }
  writeFileSync(path, encode({ width: columns * cell, height: classes * cell, data, channels: 1, depth: 8 }))
}

const { values: asked } = parseArgs({ options: { count: { type: 'string', default: '12000' }, epochs: { type: 'string', default: '12' }, hidden: { type: 'string', default: '128' }, sheet: { type: 'string' } } })
const { train: d } = await openData(`digits?count=${asked.count}`, memoryFiles())
if (asked.sheet !== undefined) await sheet(d, asked.sheet)
else {
  const { x, t } = (await d.read(Array.from({ length: d.count }, (_, k) => k))).values
  const scaled = Float32Array.from(x!.data, v => v / 255)
  for (const widths of [[pixels, classes], [pixels, Number(asked.hidden), classes]]) console.log(`${widths.join('-').padEnd(12)} ${(100 * accuracy(widths, scaled, t!.data, Number(asked.epochs))).toFixed(2)} % of ${held} held-out digits`)
}
