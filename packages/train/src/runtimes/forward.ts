/** Values of nodes of a network, batch by batch, with parameters that stay. */
import { lower, type Network } from '@chainrule/core'
import { type Values, values, type ValuesOptions } from './values.ts'

export interface ForwardOptions extends Omit<ValuesOptions, 'program'> {
  readonly network: Network
  /** The nodes whose values are wanted. */
  readonly names: readonly string[]
}

/** The values of the nodes; what exists once per sample has the samples first. */
export type Forward = Values

/** Sessions are made when a batch size is met first. */
export const forward = ({ network, names, ...rest }: ForwardOptions): Forward =>
  values({ ...rest, program: sizes => lower.forwardProgram(network, sizes, names) })
