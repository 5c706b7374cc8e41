/** Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019). */
import { rational } from '../shape/index.ts'
import { corrected, epsilon, running, scaledStep, squared } from './moments.ts'
import type { Optimiser } from './record.ts'

/** m <- beta_1 m + (1 - beta_1) g, v <- beta_2 v + (1 - beta_2) g^2, w <- w - rate (m / (1 - beta_1^k)) / (sqrt(v / (1 - beta_2^k)) + epsilon) */
export const adam: Optimiser = {
  name: 'adam',
  doc: 'w <- w - rate m / (sqrt(v) + epsilon), with m and v the running means of g and g^2, corrected for their start at zero.',
  hyperparameters: [
    { name: 'beta_1', default: rational(9, 10), doc: 'How much of the mean stays.' },
    { name: 'beta_2', default: rational(999, 1000), doc: 'How much of the mean square stays.' },
    epsilon,
  ],
  state: [{ name: 'mean', letters: ['m', 'p', 'q'] }, { name: 'square', letters: ['v', 'u', 'r'] }],
  decay: 'l2',
  update: ({ parameter, gradient, state, hyper, rate, step }, assign) => {
    const m = assign('mean', running(hyper.beta_1!, state.mean!, gradient), 'mean of the gradient')
    const v = assign('square', running(hyper.beta_2!, state.square!, squared(gradient)), 'mean of its square')
    const mean = assign('mean_hat', corrected(m, hyper.beta_1!, step), 'start-up correction')
    const square = assign('square_hat', corrected(v, hyper.beta_2!, step))
    return assign('parameter', scaledStep(parameter, rate, mean, square, hyper.epsilon!), 'Adam, entry by entry')
  },
}

/** Adam with w <- w - rate decay w beside the step */
export const adamw: Optimiser = {
  ...adam,
  name: 'adamw',
  doc: 'Adam whose weight decay acts on the parameter, rate decay w, and not through the gradient.',
  decay: 'decoupled',
}
