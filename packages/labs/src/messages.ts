/** Messages of the labs: one function each. */
import { ChainError, nearestName } from '@chainrule/core'

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value))

/** A lab that there is not. */
export const noLab = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `There is no lab ${name}.`, expected: `The labs are ${known.join(', ')}.`, nearest: nearestName(name, known) })

/** A setting that a lab does not have. */
export const noSetting = (lab: string, name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `The lab ${lab} has no setting ${name}.`, expected: `It has ${known.join(', ')}.`, nearest: nearestName(name, known) })

/** A setting with a value that it cannot have. */
export const badSetting = (name: string, value: unknown, expected: string): ChainError =>
  new ChainError({ problem: `${name} cannot be ${shown(value)}.`, expected })

/** A network for a lab that has its own. */
export const noNetworkWanted = (lab: string): ChainError =>
  new ChainError({ problem: `The lab ${lab} takes no network.`, expected: 'It makes its own from its settings.' })

/** An activation that is no function of one number. */
export const noActivation = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `There is no activation ${name}.`, expected: `A function of one number is one, such as ${known.join(', ')}.`, nearest: nearestName(name, known) })

/** A network without a loss. */
export const noLoss = (path: string): ChainError =>
  new ChainError({ problem: `${path || 'The network'} declares no loss, so there is no gradient to look at.`, expected: 'Add a line such as: loss E = mean over data: (y - t)^2.' })

/** A network without parameters. */
export const noParameters = (path: string): ChainError =>
  new ChainError({ problem: `${path || 'The network'} has no parameters.`, expected: 'A lab of training needs some, such as: param W[3, 2].' })

/** A size without a number. */
export const noSize = (names: readonly string[]): ChainError =>
  new ChainError({ problem: `The size${names.length > 1 ? 's' : ''} ${names.join(', ')} ${names.length > 1 ? 'have' : 'has'} no number.`, expected: `Give ${names.length > 1 ? 'them' : 'it'} with --dim ${names[0]}=8, or write it into the text.` })

/** A filter that does not fit on its input. */
export const kernelTooLarge = (kernel: number, room: number): ChainError =>
  new ChainError({ problem: `A filter of side ${kernel} does not fit on an input of side ${room}, padding included.`, expected: 'A smaller --kernel, a larger --size or more --padding fits.' })
