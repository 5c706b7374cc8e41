import type { LabCard } from '../card.ts'

export const vanishingCard: LabCard = {
  name: 'vanishing',
  summary: 'how gradients vanish and explode with depth',
  description: 'Measures the norm of the gradient in every layer of deep networks, by activation and initialiser, and compares it with the bound that the derivation gives: each layer back multiplies it by at most |W| max|g\'|. Shows what depth does to the gradient of the first layer, and how many units pass a gradient on.',
  network: 'a network of your own with a loss; its functions declared with `function` become each activation in turn, its `layers l = 1..L` get each depth',
  options: [
    { name: 'depth', kind: 'counts', default: [5, 10, 20], most: 200, doc: 'numbers of layers' },
    { name: 'width', kind: 'count', default: 32, most: 512, doc: 'units in each layer of the default network' },
    { name: 'activations', kind: 'names', default: ['sigmoid', 'tanh', 'relu'], doc: 'activations' },
    { name: 'initialisers', kind: 'names', default: ['normal(std=0.1)', 'xavier', 'he', 'normal(std=0.5)'], doc: 'initialisers of the weights' },
    { name: 'samples', kind: 'count', default: 16, most: 10_000, doc: 'random samples' },
    { name: 'seed', kind: 'whole', default: 1, most: 999_999_999, doc: 'for the samples and the weights' },
  ],
}

export interface VanishingSettings {
  readonly depth: readonly number[]
  readonly width: number
  readonly activations: readonly string[]
  readonly initialisers: readonly string[]
  readonly samples: number
  readonly seed: number
}
