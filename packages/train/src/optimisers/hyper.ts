import { type Optimiser, toNumber } from '@chainrule/core'
import { noHyperparameter } from './messages.ts'

/** The hyper-parameters of an optimiser: its defaults with those put in that are given. Throws a ChainError for one it does not have. */
export function hyperOf(o: Optimiser, given: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const known = o.hyperparameters.map(h => h.name)
  for (const name of Object.keys(given)) if (!known.includes(name)) throw noHyperparameter(o.name, name, known)
  return { ...Object.fromEntries(o.hyperparameters.map(h => [h.name, toNumber(h.default)])), ...given }
}
