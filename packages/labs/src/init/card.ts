import type { LabCard } from '../card.ts'

export const initCard: LabCard = {
  name: 'init',
  summary: 'which units stay equal, which gradients are zero',
  description: 'Starts a network with all parameters 0, with all weights equal, and at random. Proves from the derived gradients which of them are exactly 0 and which units stay equal however long one trains, then trains and shows it. Shows what the size of random weights does to signals in a deep network.',
  network: 'a network of your own with a loss; default: one hidden layer of tanh units and a sigmoid output, without biases',
  options: [
    { name: 'hidden', kind: 'count', default: 2, most: 64, doc: 'hidden units of the default network' },
    { name: 'activation', kind: 'name', default: 'tanh', doc: 'activation of the hidden units of the default network' },
    { name: 'bias', kind: 'switch', default: false, doc: 'biases in the default network' },
    { name: 'value', kind: 'positive', default: 0.5, doc: 'the weight of the equal start' },
    { name: 'random', kind: 'name', default: 'lecun', doc: 'initialiser of the random start' },
    { name: 'steps', kind: 'count', default: 1000, most: 100_000, doc: 'training steps' },
    { name: 'rate', kind: 'positive', default: 1, doc: 'learning rate' },
    { name: 'samples', kind: 'count', default: 32, most: 10_000, doc: 'samples, all in every step' },
    { name: 'seed', kind: 'whole', default: 1, most: 999_999_999, doc: 'for the samples and the random start' },
    { name: 'proof', kind: 'switch', default: false, doc: 'every line of the proofs, also of a large network' },
  ],
}

export interface InitSettings {
  readonly hidden: number
  readonly activation: string
  readonly bias: boolean
  readonly value: number
  readonly random: string
  readonly steps: number
  readonly rate: number
  readonly samples: number
  readonly seed: number
  readonly proof: boolean
}
