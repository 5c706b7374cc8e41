/** Gradient descent with a velocity, as PyTorch writes it: the rate stands outside the velocity. */
import { add, type Expr, multiply, subtract } from '../expression/index.ts'
import { rational } from '../shape/index.ts'
import type { Assign, Hyperparameter, Optimiser, StateTensor, UpdateSymbols } from './record.ts'

const mu: Hyperparameter = { name: 'mu', default: rational(9, 10), doc: 'How much of the velocity stays.' }
const velocity: StateTensor = { name: 'velocity', letters: ['v', 'u', 'r'] }

const accelerate = ({ gradient, hyper, state }: UpdateSymbols, assign: Assign): Expr =>
  assign('velocity', add(multiply(hyper.mu!, state.velocity!), gradient), 'velocity')

/** v <- mu v + g, w <- w - rate v */
export const momentum: Optimiser = {
  name: 'momentum',
  doc: 'v <- mu v + g, w <- w - rate v: the gradient is averaged over the last steps.',
  hyperparameters: [mu],
  state: [velocity],
  decay: 'l2',
  update: (s, assign) => {
    const v = accelerate(s, assign)
    return assign('parameter', subtract(s.parameter, multiply(s.rate, v)), 'momentum')
  },
}

/** v <- mu v + g, w <- w - rate (mu v + g) */
export const nesterov: Optimiser = {
  name: 'nesterov',
  doc: 'v <- mu v + g, w <- w - rate (mu v + g): momentum that looks one step ahead.',
  hyperparameters: [mu],
  state: [velocity],
  decay: 'l2',
  update: (s, assign) => {
    const v = accelerate(s, assign)
    const ahead = add(multiply(s.hyper.mu!, v), s.gradient)
    return assign('parameter', subtract(s.parameter, multiply(s.rate, ahead)), 'Nesterov momentum: looks one step ahead')
  },
}
