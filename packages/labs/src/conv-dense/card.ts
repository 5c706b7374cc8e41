import type { LabCard } from '../card.ts'

export const convDenseCard: LabCard = {
  name: 'conv-dense',
  summary: 'convolutions as dense layers, dense layers as convolutions',
  description: 'Writes a convolution as a dense layer with its Toeplitz matrix, which is the derivative of the layer by its input, and a dense layer as a convolution whose filters are as large as the map. Shows equal outputs and equal gradients in whole numbers, and that sharing a weight adds up the gradients of all its places in the matrix.',
  options: [
    { name: 'size', kind: 'count', default: 4, most: 32, doc: 'side of the input' },
    { name: 'channels', kind: 'count', default: 1, most: 16, doc: 'channels of the input' },
    { name: 'filters', kind: 'count', default: 1, most: 16, doc: 'filters of the convolution, units of the dense layer' },
    { name: 'kernel', kind: 'count', default: 3, most: 32, doc: 'side of the filters' },
    { name: 'stride', kind: 'count', default: 1, most: 16, doc: 'step of the filters' },
    { name: 'padding', kind: 'whole', default: 0, most: 16, doc: 'zeros around the input' },
    { name: 'seed', kind: 'whole', default: 1, most: 999_999_999, doc: 'for the whole numbers of inputs and weights' },
  ],
}

export interface ConvDenseSettings {
  readonly size: number
  readonly channels: number
  readonly filters: number
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly seed: number
}
