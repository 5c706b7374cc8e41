/** Images before they go into a network: zeros around them, channels first. */
import { allocLike, type Dataset, type Field } from '../data/dataset.ts'
import { mapped } from '../data/index.ts'
import { type Dense, volume } from '../dense.ts'
import { badPad, noImage } from './messages.ts'

export interface ImageChanges {
  /** Rows and columns of zeros around every image. */
  readonly pad?: number
  /** True: the data have height x width x channels. */
  readonly channelsLast?: boolean
}

/** The data set with its input images changed. Throws a ChainError where a field is none. */
export function withImages(d: Dataset, { pad = 0, channelsLast = false }: ImageChanges): Dataset {
  if (!Number.isInteger(pad) || pad < 0) throw badPad(pad)
  if (pad === 0 && !channelsLast) return d
  const steps = [...(channelsLast ? [channelsFirst] : []), ...(pad > 0 ? [padded(pad)] : [])]
  return steps.reduce((so, step) => {
    const inputs = so.fields.filter(f => f.role === 'input' && !f.classes)
    const fields = so.fields.map(f => (inputs.includes(f) ? { ...f, shape: step.shape(f) } : f))
    return mapped(so, batch => ({ ...batch, values: Object.fromEntries(Object.entries(batch.values).map(([n, v]) => [n, inputs.some(f => f.name === n) ? step.apply(v) : v])) }), fields)
  }, d)
}

interface Step { readonly shape: (f: Field) => readonly number[]; readonly apply: (v: Dense) => Dense }

/** [h, w, c] to [c, h, w] */
const channelsFirst: Step = {
  shape: f => { const [h, w, c, more] = f.shape; if (c === undefined || more !== undefined) throw noImage('--channels-last', f.name, f.shape); return [c, h!, w!] },
  apply: ({ shape: [n, h, w, c], data }) => {
    const out = allocLike(data, data.length)
    const area = h! * w!
    for (let k = 0; k < n!; k++) for (let p = 0; p < area; p++) for (let q = 0; q < c!; q++) out[(k * c! + q) * area + p] = data[(k * area + p) * c! + q]!
    return { shape: [n!, c!, h!, w!], data: out }
  },
}

/** [..., h, w] to [..., h + 2 p, w + 2 p] */
const padded = (p: number): Step => ({
  shape: f => { if (f.shape.length < 2) throw noImage('--pad', f.name, f.shape); return [...f.shape.slice(0, -2), f.shape.at(-2)! + 2 * p, f.shape.at(-1)! + 2 * p] },
  apply: ({ shape, data }) => {
    const [h, w] = [shape.at(-2)!, shape.at(-1)!]
    const images = volume(shape.slice(0, -2))
    const [H, W] = [h + 2 * p, w + 2 * p]
    const out = allocLike(data, images * H * W)
    for (let k = 0; k < images; k++) for (let i = 0; i < h; i++) out.set(data.subarray((k * h + i) * w, (k * h + i + 1) * w), (k * H + i + p) * W + p)
    return { shape: [...shape.slice(0, -2), H, W], data: out }
  },
})
