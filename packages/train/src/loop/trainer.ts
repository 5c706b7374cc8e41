/** What the loop needs of whatever computes: a session of a runtime, or a few loops in a test. */
import { type Network, type NetworkNode, somewhere } from '@chainrule/core'
import type { Dense } from '../dense.ts'
import type { Batch } from '../data/index.ts'
import type { Random } from '../random/index.ts'

/** What a step is told besides its samples. */
export interface StepOptions {
  readonly rate: number
  /** The number of the step, from 1. */
  readonly step: number
  /** For dropout and whatever else is drawn in a step. Its state is saved after every step. */
  readonly random: Random
}

export interface StepResult {
  /** Over the batch, before the update. */
  readonly loss: number
  /** By parameter, when they are computed. */
  readonly gradientNorms?: Readonly<Record<string, number>>
}

export interface Evaluation {
  /** Over the batch. */
  readonly loss: number
  /** What the network says, [count, classes] where the target is a class. */
  readonly outputs?: Dense
}

export interface TrainerState {
  readonly parameters: ReadonlyMap<string, Dense>
  /** The optimiser's state, by `W#mean`. */
  readonly state: ReadonlyMap<string, Dense>
  /** Running averages of what a step computes from a whole batch, such as the mean of batch norm; for networks that have any. */
  readonly statistics?: ReadonlyMap<string, Dense>
}

export interface Trainer {
  /** How the loss goes over the data; the loss of an epoch is put together in the same way. */
  readonly overData: 'mean' | 'sum'
  readonly step: (batch: Batch, options: StepOptions) => Promise<StepResult>
  readonly evaluate: (batch: Batch) => Promise<Evaluation>
  /** Copies: later steps do not change them. */
  readonly state: () => Promise<TrainerState>
  readonly load: (state: TrainerState) => Promise<void>
  /** Goes back to the state before the last step; once for each step. */
  readonly undo?: () => void
}

/** Does the loss divide by the number of samples? */
export const isMean = (network: Network, loss: NetworkNode): boolean => loss.definition !== undefined && somewhere(e => e.kind === 'symbol' && e.tensor.size === network.samples)(loss.definition)
