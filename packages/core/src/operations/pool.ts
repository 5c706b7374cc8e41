/** Pooling: the greatest entry, or the mean, of each window of each channel. */
import type { TensorOperation } from './record.ts'
import { productText, wholeNumber } from './text.ts'
import { positionText, slides } from './window.ts'

const places = ['i', 'j']
const offsets = ['u', 'v']

function pooling(name: string, kind: 'max' | 'mean', axes: readonly string[]): TensorOperation['definition'] {
  return (attributes, sizes) => {
    const along = slides(name, attributes, axes.map(axis => ({ name: axis, value: wholeNumber(sizes[axis]) })), 'window')
    const windows = along.map((s, k) => `${offsets[k]}: ${s.window}`).join(',')
    const entry = `x[..., c, ${along.map((s, k) => positionText(s, places[k]!, offsets[k]!)).join(', ')}]`
    const value = kind === 'max' ? `max_{${windows}} ${entry}` : `1/(${productText(along.map(s => s.window))}) sum_{${windows}} ${entry}`
    return `y[..., c, ${along.map((s, k) => `${places[k]}: ${s.places}`).join(', ')}] = ${value}\nreturn y`
  }
}

/** y[c,i,j] = max_{u,v} x[c, S(i-1) + u - P, S(j-1) + v - P]; places outside x are left out, and the first wins a tie */
export const maxpool: TensorOperation = {
  kind: 'tensor',
  name: 'maxpool',
  aliases: ['max_pool', 'maxpool2d'],
  doc: 'max_{u,v} x[c, S(i-1)+u-P, S(j-1)+v-P]; the stride S is the window unless given; places outside x are left out.',
  signature: 'maxpool(x[..., channels, height, width], window, stride=window, padding=0)',
  definition: pooling('maxpool', 'max', ['height', 'width']),
  samples: [
    'input x[2, 5, 4]\nparam w[2, 2, 2]\np = maxpool(x, 2)\nloss E = mean over data: sum(w .* p)',
    'input x[2]\nparam W[1, 3, 4, 2]\nz[c, i, j] = sum_a W[c, i, j, a] x[a]\np = maxpool(z, window=[3, 2], stride=2, padding=1)\nloss E = sum over data: sum(p .* p)',
  ],
}

/** y[c,i,j] = 1/(K L) sum_{u,v} x[c, S(i-1) + u - P, S(j-1) + v - P]; places outside x count as zeros */
export const avgpool: TensorOperation = {
  kind: 'tensor',
  name: 'avgpool',
  aliases: ['avg_pool', 'avgpool2d'],
  doc: '1/(K L) sum_{u,v} x[c, S(i-1)+u-P, S(j-1)+v-P] for a K x L window; the stride S is the window unless given; places outside x count as zeros.',
  signature: 'avgpool(x[..., channels, height, width], window, stride=window, padding=0)',
  definition: pooling('avgpool', 'mean', ['height', 'width']),
  samples: [
    'input x[2, 5, 4]\nparam w[2, 2, 2]\np = avgpool(x, 2)\nloss E = mean over data: sum(tanh(w .* p))',
    'input x[1, 5, 4]\np = avgpool(x, window=3, stride=2, padding=1)\nparam w[1, 3, 2]\nloss E = sum over data: sum(w .* p .* p)',
  ],
}

/** y[c,i] = max_u x[c, S(i-1) + u - P] */
export const maxpool1d: TensorOperation = {
  kind: 'tensor',
  name: 'maxpool1d',
  doc: 'max_u x[c, S(i-1)+u-P]; the stride S is the window unless given; places outside x are left out.',
  signature: 'maxpool1d(x[..., channels, length], window, stride=window, padding=0)',
  definition: pooling('maxpool1d', 'max', ['length']),
  samples: ['input x[2, 7]\nparam w[2, 3]\np = maxpool1d(x, 3, stride=2)\nloss E = mean over data: sum(w .* p)'],
}

/** y[c,i] = 1/K sum_u x[c, S(i-1) + u - P] */
export const avgpool1d: TensorOperation = {
  kind: 'tensor',
  name: 'avgpool1d',
  doc: '1/K sum_u x[c, S(i-1)+u-P] for a window of K; the stride S is the window unless given; places outside x count as zeros.',
  signature: 'avgpool1d(x[..., channels, length], window, stride=window, padding=0)',
  definition: pooling('avgpool1d', 'mean', ['length']),
  samples: ['dim L\ninput x[2, L]\np = avgpool1d(x, 3)\nloss E = mean over data: sum(tanh(p))'],
}

/** y[c] = mean_{i,j} x[c,i,j] */
export const globalAvgpool: TensorOperation = {
  kind: 'tensor',
  name: 'global_avgpool',
  doc: 'mean_{i,j} x[c,i,j]: one number for each channel.',
  signature: 'global_avgpool(x[..., channels, height, width])',
  definition: () => 'y[..., c] = mean_{i,j} x[..., c, i, j]\nreturn y',
  samples: ['input x[2, 3, 4]\nparam w[2]\ny = global_avgpool(x)\nloss E = mean over data: tanh(w . y)'],
}
