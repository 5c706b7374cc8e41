/** Where a value changes its branch: magnitudes, maxima, steps, even roots of powers. */
import { type Expr, somewhere } from '../../expression/index.ts'

const KINKS: ReadonlySet<string> = new Set(['abs', 'max', 'min', 'relu', 'relu6', 'leaky_relu', 'elu', 'sign', 'step', 'floor', 'ceil'])

const isEvenRoot = (e: Expr): boolean => e.kind === 'power' && e.exponent.kind === 'number' && e.exponent.value.d % 2n === 0n

/** Whether a few points may not tell an expression from one of its branches. */
export const hasKink = somewhere(e => (e.kind === 'apply' && KINKS.has(e.fn.name)) || e.kind === 'reduce' || isEvenRoot(e))
