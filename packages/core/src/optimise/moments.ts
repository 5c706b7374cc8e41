/** Running means of the gradient and of its square, and the step that they scale. */
import { add, divide, type Expr, multiply, number, ONE_E, power, subtract } from '../expression/index.ts'
import { rational } from '../shape/index.ts'
import type { Hyperparameter } from './record.ts'

/** beta m + (1 - beta) x */
export const running = (beta: Expr, mean: Expr, x: Expr): Expr => add(multiply(beta, mean), multiply(subtract(ONE_E, beta), x))

/** m / (1 - beta^step): a running mean that started at zero, after `step` values. */
export const corrected = (mean: Expr, beta: Expr, step: Expr): Expr => divide(mean, subtract(ONE_E, power(beta, step)))

export const squared = (x: Expr): Expr => power(x, number(2))

/** w - rate m / (sqrt(v) + epsilon) */
export const scaledStep = (parameter: Expr, rate: Expr, mean: Expr, square: Expr, epsilon: Expr): Expr =>
  subtract(parameter, multiply(rate, divide(mean, add(power(square, number(rational(1, 2))), epsilon))))

export const epsilon: Hyperparameter = { name: 'epsilon', default: rational(1, 100_000_000), doc: 'Keeps the quotient finite.' }
