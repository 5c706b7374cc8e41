/** Fixed irrational numbers: symbols that carry their value. */
import { type Expr, entry, type Tensor } from '../expression/index.ts'

const constant = (name: string, value: number): Tensor => Object.freeze({ key: `constant:${name}`, name, axes: [], sample: false, rank: -1, constant: value })

/** The ratio of a circle's circumference to its diameter. */
export const PI = constant('pi', Math.PI)

/** The constants that a text may use by name when it does not declare the name itself. */
export const constants: readonly Tensor[] = [PI]

export const findConstant = (name: string): Tensor | undefined => constants.find(c => c.name === name)

/** pi as an expression. */
export const pi: Expr = entry(PI)
