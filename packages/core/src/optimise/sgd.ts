import { multiply, subtract } from '../expression/index.ts'
import type { Optimiser } from './record.ts'

/** w <- w - rate g */
export const sgd: Optimiser = {
  name: 'sgd',
  doc: 'w <- w - rate g: gradient descent.',
  hyperparameters: [],
  state: [],
  decay: 'l2',
  update: ({ parameter, gradient, rate }, assign) => assign('parameter', subtract(parameter, multiply(rate, gradient)), 'gradient descent'),
}
