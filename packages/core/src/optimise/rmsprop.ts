import { rational } from '../shape/index.ts'
import { epsilon, running, scaledStep, squared } from './moments.ts'
import type { Optimiser } from './record.ts'

/** v <- rho v + (1 - rho) g^2, w <- w - rate g / (sqrt(v) + epsilon) */
export const rmsprop: Optimiser = {
  name: 'rmsprop',
  doc: 'v <- rho v + (1 - rho) g^2, w <- w - rate g / (sqrt(v) + epsilon): each entry has a rate of its own.',
  hyperparameters: [{ name: 'rho', default: rational(99, 100), doc: 'How much of the mean square stays.' }, epsilon],
  state: [{ name: 'square', letters: ['v', 'u', 'r'] }],
  decay: 'l2',
  update: ({ parameter, gradient, state, hyper, rate }, assign) => {
    const v = assign('square', running(hyper.rho!, state.square!, squared(gradient)), 'mean of the squared gradient')
    return assign('parameter', scaledStep(parameter, rate, gradient, v, hyper.epsilon!), 'RMSProp, entry by entry')
  },
}
