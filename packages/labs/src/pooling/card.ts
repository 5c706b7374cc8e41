import type { LabCard } from '../card.ts'

export const poolingCard: LabCard = {
  name: 'pooling',
  summary: 'what pooling is for: shifts, weights, receptive fields',
  description: 'Shifts images by pixels and compares maps without pooling, with max pooling, with average pooling, and with entries merely left out. Derives where each pooling sends its gradient. Counts the weights that follow, and the receptive field, with and without.',
  options: [
    { name: 'window', kind: 'counts', default: [2, 4], most: 8, doc: 'sides of the pooling windows' },
    { name: 'shift', kind: 'count', default: 4, most: 8, doc: 'pixels by which images are shifted, at most' },
    { name: 'images', kind: 'count', default: 40, most: 500, doc: 'generated digits, 28 x 28' },
    { name: 'size', kind: 'count', default: 100, most: 1024, doc: 'side of the image of the network whose weights are counted' },
    { name: 'channels', kind: 'count', default: 100, most: 4096, doc: 'filters of its two convolutions, and units of its dense layers' },
    { name: 'seed', kind: 'whole', default: 1, most: 999_999_999, doc: 'for the digits' },
  ],
}

export interface PoolingSettings {
  readonly window: readonly number[]
  readonly shift: number
  readonly images: number
  readonly size: number
  readonly channels: number
  readonly seed: number
}
