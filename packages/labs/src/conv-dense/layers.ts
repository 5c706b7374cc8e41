/** A convolution and a dense layer with the same loss: values and derived gradients. */
import { lower, type Network, readNetwork } from '@chainrule/core'
import type { ConvDenseSettings } from './card.ts'

/** E = 1/2 |y - t|² of one sample. */
const loss = 'loss E = sum over data: 1/2 sum((y - t) .* (y - t))\n'

/** A layer at work: its output and the gradients of E by its input, weights and biases. */
export interface Worked { readonly y: Float64Array; readonly dx: Float64Array; readonly dW: Float64Array; readonly db: Float64Array }

/** The convolution of the settings; `shape` is that of its output. */
export function convolution({ size, channels, filters, stride, padding }: ConvDenseSettings, kernel: readonly [number, number], height = size, width = size): { readonly network: Network; readonly shape: readonly [number, number, number] } {
  const places = (n: number, k: number): number => Math.floor((n + 2 * padding - k) / stride) + 1
  const shape = [filters, places(height, kernel[0]), places(width, kernel[1])] as const
  const text = `input x[${channels}, ${height}, ${width}]\ntarget t[${shape.join(', ')}]\ny = conv(x, filters=${filters}, kernel=[${kernel.join(', ')}], stride=${stride}, padding=${padding}, bias=true)\n${loss}`
  return { network: readNetwork(text), shape }
}

/** y = W x + b */
export const dense = (inputs: number, outputs: number): Network =>
  readNetwork(`input x[${inputs}]\ntarget t[${outputs}]\nparam y.W[${outputs}, ${inputs}], y.b[${outputs}]\ny = y.W x + y.b\n${loss}`)

/** Forward and backward with these numbers. */
export function work(network: Network, given: { readonly x: Float64Array; readonly t: Float64Array; readonly W: Float64Array; readonly b: Float64Array }): Worked {
  const feeds = { x: given.x, t: given.t, 'y.W': given.W, 'y.b': given.b }
  const y = lower.compile(lower.forwardProgram(network, { samples: 1 }, ['y']))(feeds)['y']!
  const made = lower.compile(lower.gradientProgram(network, { samples: 1 }, ['x', 'y.W', 'y.b']))(feeds)
  const by = (name: string): Float64Array => made[lower.gradientName(name)]!
  return { y, dx: by('x'), dW: by('y.W'), db: by('y.b') }
}
