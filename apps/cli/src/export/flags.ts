/** What an export may be asked for. */
import type { lower, Network } from '@chainrule/core'
import type { NetworkOptions } from '../commands/common.ts'
import type { Clip } from '../train/values.ts'

export interface ExportFlags extends NetworkOptions {
  readonly to: 'onnx' | 'numpy' | 'pytorch' | 'javascript' | 'safetensors'
  readonly part?: 'forward' | 'gradients' | 'step'
  readonly batch?: number
  readonly of?: string
  readonly classNumbers?: boolean
  readonly weights?: string
  readonly checkpoint?: 'best' | 'latest'
  readonly external?: boolean
  readonly optimiser?: string
  readonly decay?: number
  readonly clip?: Clip
  readonly loss?: string
  readonly output?: string
}

/** Inputs and targets that are rows with a single 1. */
export const hotOf = (network: Network): string[] => network.nodes.filter(n => (n.kind === 'input' || n.kind === 'target') && n.facts.includes('one-hot')).map(n => n.name)

/** Samples at once in a step, as in training. */
export const BATCH = 64

/** The sizes of the program that is written. */
export const sizesFor = (s: { readonly network: Network; readonly dims: Readonly<Record<string, number>> }, f: ExportFlags, samples: number): lower.Sizes =>
  ({ samples: f.batch ?? samples, dims: s.dims, ...(f.classNumbers ? { classes: hotOf(s.network) } : {}) })
