/** What the lab trains: the two-layer network of the sheet, or one's own, with samples. */
import { type Network, readNetwork } from '@chainrule/core'
import type { Parameter } from '@chainrule/train'
import { type NetworkSource, networkOf } from '../lab.ts'
import { activationOf } from '../shared/activation.ts'
import { lossOf, parametersOf } from '../shared/parameters.ts'
import { randomSamples, type Samples } from '../shared/samples.ts'
import type { InitSettings } from './card.ts'

export interface Problem {
  readonly network: Network
  readonly parameters: readonly Parameter[]
  readonly samples: Samples
  /** The network and its data in words. */
  readonly words: string
}

const text = ({ hidden, activation, bias }: InitSettings): string => {
  const [first, second] = bias ? [' + b^[1]', ' + b^[2]'] : ['', '']
  return `dim    h = ${hidden}
input  x[2]
target y
param  W^[1][h, 2], W^[2][h]${bias ? ', b^[1][h], b^[2]' : ''}
z^[1] = W^[1] x${first}
a^[1] = ${activation}(z^[1])
z^[2] = W^[2] . a^[1]${second}
yhat = sigmoid(z^[2])
loss J = mean over data: (y - yhat)^2
`
}

/** The problem of the settings. */
export function problemOf(settings: InitSettings, source: NetworkSource | undefined): Problem {
  if (source) {
    const network = networkOf(source)
    lossOf(network)
    return { network, parameters: parametersOf(network), samples: randomSamples(network, settings.samples, settings.seed), words: `${source.path}; ${settings.samples} samples, inputs and targets drawn at random` }
  }
  activationOf(settings.activation)
  const network = readNetwork(text(settings))
  return { network, parameters: parametersOf(network), samples: taught(network, settings), words: `2 inputs, ${settings.hidden} hidden ${settings.activation} unit${settings.hidden > 1 ? 's' : ''}, a sigmoid output, ${settings.bias ? 'with' : 'no'} biases; ${settings.samples} samples with y = σ(4 tanh 3x_1 − 4 tanh 3x_2), which two tanh units can say and one cannot` }
}

/** y = σ(4 tanh(3 x_1) − 4 tanh(3 x_2)): two tanh units can say it, one cannot. */
function taught(network: Network, { samples, seed }: InitSettings): Samples {
  const drawn = randomSamples(network, samples, seed)
  const x = drawn['x']!
  return { ...drawn, y: Float64Array.from({ length: samples }, (_, k) => 1 / (1 + Math.exp(4 * (Math.tanh(3 * x[2 * k + 1]!) - Math.tanh(3 * x[2 * k]!))))) }
}
