/** What is looked at while a network trains, as data. */
import type { Batch } from '../data/index.ts'
import type { GeneratorState } from '../random/index.ts'

/** A layer: the parameters that one node reads first. Norms run over all entries. */
export interface LayerDiagnosis {
  /** The node, such as c1 or z^(1). */
  readonly layer: string
  readonly parameters: readonly string[]
  /** ‖∂E/∂parameters‖, before clipping and decay. */
  readonly gradient: number
  /** ‖∂E/∂node‖ over samples and entries: how much of the gradient arrives here. */
  readonly arriving: number
  /** ‖parameters‖ before the step. */
  readonly size: number
  /** ‖change of the parameters‖ by the step. */
  readonly update: number
  /** update / size; null where the parameters were all 0. */
  readonly ratio: number | null
}

/** An activation g(z): what its slopes g'(z) let through on the samples of a batch. Shares are from 0 to 1. */
export interface ActivationDiagnosis {
  readonly node: string
  readonly function: string
  /** Units: the entries of a vector, the channels of a map. */
  readonly units: number
  /** Units whose slope is exactly 0 for every sample and place, so that nothing before them learns from this batch. */
  readonly dead: number
  /** Other units whose slope is less than a twentieth of the steepest for every sample and place. */
  readonly saturated: number
  /** Values whose slope is exactly 0. */
  readonly off: number
  /** Other values whose slope is less than a twentieth of the steepest. */
  readonly flat: number
}

/** One look at one step. */
export interface Diagnosis {
  readonly layers: readonly LayerDiagnosis[]
  readonly activations: readonly ActivationDiagnosis[]
}

/** The first number that is none, in the order of computation: what is given, values forwards, gradients backwards. */
export interface FirstWrong {
  readonly kind: 'input' | 'parameter' | 'value' | 'gradient'
  /** For a gradient, that by this node. */
  readonly node: string
  /** The first wrong entry. */
  readonly value: 'NaN' | 'Infinity' | '-Infinity'
  /** Its sample in the batch, from 1, where the node has one for each. */
  readonly sample?: number
  /** Its place, from 1. */
  readonly entry: readonly number[]
  /** Entries that are wrong, of how many. */
  readonly wrong: number
  readonly of: number
  /** How a value is computed, and the range of everything that it reads. */
  readonly definition?: string
  readonly reads: readonly { readonly node: string; readonly least: number; readonly greatest: number }[]
}

/** Looks at steps of a training run, and changes nothing of it. `drawn` is the state from which the step draws its masks. */
export interface Inspector {
  /** Looks before a step on this batch; what it returns looks again after the step. */
  readonly before: (batch: Batch, drawn: GeneratorState) => Promise<() => Promise<Diagnosis>>
  /** The first thing that is not finite on this batch, with the parameters as they are. */
  readonly firstWrong: (batch: Batch, drawn: GeneratorState) => Promise<FirstWrong | undefined>
  readonly close: () => Promise<void>
}
