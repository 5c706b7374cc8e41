/** How large random weights should be: what becomes of a signal and of its gradient in a deep network, by the variance of the weights. */
import { lower, readNetwork } from '@chainrule/core'
import { drawn, parametersOf } from '../shared/parameters.ts'
import { randomSamples } from '../shared/samples.ts'

export interface Signal {
  readonly activation: string
  /** The variance of the weights is `factor`/n. */
  readonly factor: number
  /** The mean of a² over units and samples, for the inputs and for each layer. */
  readonly values: readonly number[]
  /** The mean of (∂E/∂a)², where E is the sum of r a over the units of the last layer with r normal. */
  readonly gradients: readonly number[]
}

export const signalShape = { width: 64, depth: 10, samples: 64 }

const text = (activation: string): string => `dim n = ${signalShape.width}
input a^[0][n]
target r[n]
layers l = 1..L
param W^[l][n, n]
z^[l] = W^[l] a^[l-1]
a^[l] = ${activation}(z^[l])
loss E = sum over data: r . a^[L]
`

/** The inputs are small, so that tanh is close to the identity. */
const INPUT = 0.1

/** Mean squares of activations and their gradients for each activation and factor. */
export function signals(seed: number, activations: readonly string[] = ['tanh', 'relu'], factors: readonly number[] = [0.5, 1, 2, 4]): readonly Signal[] {
  const { width, depth, samples } = signalShape
  return activations.flatMap(activation => {
    const network = readNetwork(text(activation), '', { depth })
    const names = Array.from({ length: depth + 1 }, (_, l) => `a^[${l}]`)
    const forward = lower.compile(lower.forwardProgram(network, { samples }, names.slice(1)))
    const backward = lower.compile(lower.gradientProgram(network, { samples }, names))
    const drawnSamples = randomSamples(network, samples, seed)
    const inputs = { ...drawnSamples, [names[0]!]: drawnSamples[names[0]!]!.map(x => INPUT * x) }
    return factors.map((factor): Signal => {
      const all = { ...inputs, ...drawn(parametersOf(network), seed, `normal(std=${Math.sqrt(factor / width)})`) }
      const [values, slopes] = [{ ...forward(all), ...inputs } as Readonly<Record<string, Float64Array>>, backward(all)]
      return { activation, factor, values: names.map(n => meanSquare(values[n]!)), gradients: names.map(n => meanSquare(slopes[lower.gradientName(n)] as Float64Array)) }
    })
  })
}

const meanSquare = (v: Float64Array): number => v.reduce((s, x) => s + x * x, 0) / v.length
