/** Messages about runs: one function each. */
import { ChainError, nearestName } from '@chainrule/core'

const some = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : `${names.slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''}`)

/** A name that is no output. */
export const noSuchOutput = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${name} is nothing that the network computes for each sample.`, expected: `It computes ${some(known)}.`, nearest: nearestName(name, known) })

/** A network whose output has no name. */
export const noOutput = (known: readonly string[]): ChainError =>
  new ChainError({ problem: 'What this network predicts has no name: no node has the shape of its target.', expected: `Write y = ... for it, or choose one of ${some(known)} with --of.` })

/** A network without a loss. */
export const noLoss = (): ChainError =>
  new ChainError({ problem: 'This network has no loss, so there is nothing to train it by.', expected: 'Write one, such as loss E = mean over data: cross_entropy_logits(y, t), or let --loss cross-entropy or --loss squared-error add it.' })

/** A network without parameters. */
export const nothingToTrain = (): ChainError => new ChainError({ problem: 'This network has no parameters, so there is nothing to train.' })

/** A loss that does not go over the data. */
export const lossPerSample = (name: string): ChainError =>
  new ChainError({ problem: `The loss ${name} is one for each sample.`, expected: `Say how it goes over the data: loss ${name} = mean over data: ...; or let --loss mean say it.` })

/** A loss that is asked for besides the one of the text. */
export const lossDeclared = (name: string): ChainError =>
  new ChainError({ problem: `The network declares its loss ${name}.`, expected: 'Leave --loss out, or take the loss out of the text.' })

/** A name that is no loss. */
export const noSuchLoss = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${name} is no loss.`, expected: `Known: ${known.join(', ')}; the name of a node that is one number for each sample makes it the loss.`, nearest: nearestName(name, known) })

/** Parameters from elsewhere that have another shape, or are missing. */
export const startLacks = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `There are no numbers for the parameter ${name}.`, expected: `There are some for ${some(known)}.`, nearest: nearestName(name, known) })
export const startShape = (name: string, given: readonly number[], wanted: readonly number[]): ChainError =>
  new ChainError({ problem: `The numbers for ${name} are ${given.join(' x ') || 'one'}.`, expected: `The network has ${wanted.join(' x ') || 'one'}.` })

/** A checkpoint that was not written by train. */
export const noModel = (path: string): ChainError =>
  new ChainError({ problem: `${path} does not say which network it belongs to.`, expected: 'Checkpoints of chainrule train do. For parameters alone, give the network, and the file with --weights.' })

/** A metric that needs classes. */
export const noAccuracy = (): ChainError =>
  new ChainError({ problem: 'There is no accuracy here: the target is not a class, or what the network predicts has no name.', expected: 'Use the loss.' })

/** Validation data and a validation share at once, or a part that does not exist. */
export const noPart = (part: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `The data have no part ${part}.`, expected: `They have ${some(known)}.`, nearest: nearestName(part, known) })

/** A search over nothing. */
export const nothingToSearch = (known: readonly string[]): ChainError =>
  new ChainError({ problem: 'There is nothing to search over.', expected: `Say what varies, such as --over rate=1e-4..1e-1:log. It may be ${known.join(', ')}.` })

/** A name that no option, optimiser or size has. */
export const noSuchAxis = (name: string, known: readonly string[]): ChainError =>
  new ChainError({ problem: `${name} cannot be searched over: it is no option, no number of the optimiser and no size of the network.`, expected: `It may be ${known.join(', ')}.`, nearest: nearestName(name, known) })

/** A value that fits no option. */
export const badPointValue = (name: string, given: number | string | boolean, wanted: string): ChainError => new ChainError({ problem: `${name} cannot be ${String(given)}.`, expected: `It is ${wanted}.` })

/** A grid that nobody means. */
export const tooManyTrials = (most: number): ChainError => new ChainError({ problem: `The grid has more than ${most} points.`, expected: 'Draw some of them: --random 50.' })
