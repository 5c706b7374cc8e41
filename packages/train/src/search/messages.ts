import { ChainError } from '@chainrule/core'

/** A choice among nothing. */
export const emptyChoice = (name: string): ChainError => new ChainError({ problem: `${name} has no values to choose from.` })

/** A range that has no points, or no logarithm. */
export const badRange = (name: string, kind: string, from: number, to: number): ChainError =>
  new ChainError({ problem: `${name} cannot go from ${from} to ${to} on a ${kind === 'log' ? 'logarithmic' : 'linear'} scale.`, expected: kind === 'log' ? '0 < from <= to is wanted.' : 'from <= to is wanted.' })

/** A text that describes no axis. */
export const badAxis = (text: string): ChainError =>
  new ChainError({ problem: `${text} cannot be read as a range to search.`, expected: 'It is written rate=1e-4..1e-1:log, hidden=32..128:whole, or optimiser=sgd,adam.' })
