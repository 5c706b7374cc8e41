/** What pooling saves: the weights of the layers that follow, and how far a later entry sees. */
import { readNetwork, summaryData } from '@chainrule/core'
import type { PoolingSettings } from './card.ts'

export interface LayerCount { readonly name: string; readonly operation: string; readonly output: string; readonly weights: number }
export interface NetworkCount {
  readonly window: number
  readonly layers: readonly LayerCount[]
  readonly weights: number
  /** Of an entry of a 3 x 3 convolution after the pooling, on the image. */
  readonly receptiveField: number
}

const network = (window: number, s: PoolingSettings): string => `input x[1, ${s.size}, ${s.size}]
c1  = conv(x, filters=${s.channels}, kernel=5, padding=same, bias=false)
c2  = conv(c1, filters=${s.channels}, kernel=5, padding=same, bias=false)
${window === 1 ? '' : `p   = maxpool(c2, window=${window})\n`}d1  = dense(${window === 1 ? 'c2' : 'p'}, ${s.channels}, bias=false)
d2  = dense(d1, ${s.channels}, bias=false)
out = dense(d2, 1, bias=false)
`

const seen = (window: number): string => `input x[1, 64, 64]
c1 = conv(x, filters=1, kernel=3)
${window === 1 ? '' : `p = maxpool(c1, window=${window})\n`}c2 = conv(${window === 1 ? 'c1' : 'p'}, filters=1, kernel=3)
`

/** The network of sheet A2 without pooling and with each window. */
export const weightCounts = (s: PoolingSettings): readonly NetworkCount[] => [...new Set([1, ...s.window])].filter(w => w <= s.size).map(window => {
  const { layers, total } = summaryData(readNetwork(network(window, s)))
  const field = summaryData(readNetwork(seen(window))).layers.at(-1)!.receptiveField
  return {
    window, weights: Number(total!.weights), receptiveField: Number(field),
    layers: layers.map(l => ({ name: l.name, operation: l.operation, output: l.output.join(' x '), weights: Number(l.weights) })),
  }
})
