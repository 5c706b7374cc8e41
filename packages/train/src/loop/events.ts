/** What happens in a run, as data. Times are not among it, so that equal runs give equal events; whoever listens has a clock. */
import type { Diagnosis, FirstWrong } from '../diagnostics/diagnosis.ts'
import type { Metrics } from './metrics.ts'

/** One epoch of the history. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number
  /** Steps done at its end. */
  readonly step: number
  /** Of the last step. */
  readonly rate: number
  /** Mean over the epoch's steps, each before its update. */
  readonly train: { readonly loss: number }
  readonly validation?: { readonly loss: number; readonly accuracy?: number }
}

export type StopReason = 'finished' | 'early' | 'interrupted' | 'not-finite'

export type TrainingEvent =
  | { readonly type: 'start'; readonly step: number; readonly steps: number; readonly epochs: number; readonly stepsPerEpoch: number; readonly resumed?: string; readonly skipped: readonly { readonly path: string; readonly reason: string }[] }
  | {
    readonly type: 'step'
    /** Steps done, from 1. */
    readonly step: number
    readonly epoch: number
    /** The number of samples. */
    readonly count: number
    readonly loss: number
    readonly rate: number
    readonly gradientNorms?: Readonly<Record<string, number>>
  }
  | { readonly type: 'epoch'; readonly record: EpochRecord; readonly metrics?: Metrics; readonly improved: boolean }
  | { readonly type: 'checkpoint'; readonly step: number; readonly path: string; readonly best: boolean }
  /** A look at the step before, where one was asked for. */
  | { readonly type: 'diagnosis'; readonly step: number } & Diagnosis
  /** The loss or a gradient norm is not finite. The parameters are those before this step, where the trainer can go back; `first` says where it began. */
  | { readonly type: 'not-finite'; readonly step: number; readonly what: string; readonly node?: string; readonly first?: FirstWrong }
  | { readonly type: 'stop'; readonly reason: StopReason; readonly step: number; readonly epoch: number }

export interface TrainingResult {
  readonly reason: StopReason
  readonly step: number
  readonly history: readonly EpochRecord[]
  readonly best: number | null
}
