/** An optimiser's update with weight decay, as new values or as a list of equations. */
import { add, type Expr, multiply, subtract, ZERO } from '../expression/index.ts'
import type { Assign, DecayKind, Optimiser, UpdateSymbols } from './record.ts'

/** The values after a step, each an expression of the values before it. */
export interface Updated { readonly parameter: Expr; readonly state: Readonly<Record<string, Expr>> }

/** One equation in order: `name <- value` for the parameter and the state, `name = value` for an abbreviation. */
export interface Equation { readonly name: string; readonly value: Expr; readonly note?: string }

/** Weight decay: the coefficient, zero for none, and how it acts. */
export interface Decay { readonly coefficient: Expr; readonly kind: DecayKind }

/** The update with decay; `assign` sees every equation. */
function withDecay(o: Optimiser, s: UpdateSymbols, decay: Decay | undefined, assign: Assign): Expr {
  const { coefficient, kind } = decay ?? { coefficient: ZERO, kind: o.decay }
  const pull = multiply(coefficient, s.parameter)
  if (kind === 'l2') return o.update({ ...s, gradient: add(s.gradient, pull) }, assign)
  return o.update(s, (name, value, note) => (name === 'parameter'
    ? assign(name, subtract(value, multiply(s.rate, pull)), [note, 'the decay acts on the weight, not through the gradient'].filter(Boolean).join('; ')) : assign(name, value, note)))
}

/**
 * The new parameter and state. With entries of tensors in `symbols` these are what a training graph computes. Scalars given as
 * symbols keep the form of the equations and can be hoisted; numbers are folded into coefficients.
 */
export function updated(o: Optimiser, symbols: UpdateSymbols, decay?: Decay): Updated {
  const values = new Map<string, Expr>()
  const parameter = withDecay(o, symbols, decay, (name, value) => { values.set(name, value); return value })
  return { parameter, state: Object.fromEntries(o.state.map(t => [t.name, values.get(t.name)!])) }
}

/** The equations in order, later ones speaking of earlier ones by `named(name)`. */
export function updateEquations(o: Optimiser, symbols: UpdateSymbols, named: (name: string) => Expr, decay?: Decay): readonly Equation[] {
  const list: Equation[] = []
  withDecay(o, symbols, decay, (name, value, note) => {
    list.push({ name, value, ...(note === undefined ? {} : { note }) })
    return named(name)
  })
  return list
}
