/** How near a point lies to a kink: where a max, a step, a sign or an absolute value changes its branch. */
import { type Field, floats } from './field.ts'

const STEPS = new Set(['step', 'heaviside', 'sign', 'abs', 'floor', 'ceil', 'round'])

/** Doubles that record the least distance to a change of branch. Composite functions are taken by their definition. */
export function watching(): { readonly field: Field<number>; readonly distance: () => number } {
  let least = Infinity
  const field: Field<number> = {
    ...floats,
    name: 'watching',
    apply: (fn, args) => {
      if (fn.definition) return undefined
      if (STEPS.has(fn.name)) least = Math.min(least, ...args.map(x => (fn.name === 'floor' || fn.name === 'ceil' ? Math.abs(x - Math.round(x)) : Math.abs(x))))
      else if (fn.name === 'max' || fn.name === 'min') least = Math.min(least, Math.abs(args[0]! - args[1]!))
      return floats.apply(fn, args)
    },
    // equal candidates, such as zeros of a ReLU, tie at every point; only near ties are kinks that a step can cross
    compare: (a, b) => {
      if (a !== b) least = Math.min(least, Math.abs(a - b))
      return floats.compare(a, b)
    },
  }
  return { field, distance: () => least }
}
