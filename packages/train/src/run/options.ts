/** What a training run may be asked for. */
import type { Network } from '@chainrule/core'
import type { Json, Store } from '../checkpoint/index.ts'
import type { Dataset, NormaliseKind, Opened } from '../data/index.ts'
import type { Dense } from '../dense.ts'
import type { FieldMap, ImageChanges } from '../fit/index.ts'
import type { InitialiserChoice } from '../init/index.ts'
import type { StoppingOptions } from '../loop/index.ts'
import type { Group } from '../optimisers/index.ts'
import type { Runtime, TuneOptions } from '../runtimes/index.ts'

/** How data go into a network. */
export interface InputOptions extends ImageChanges {
  /** Fields by the name of the input or target they are for; others are found by name, then in order. */
  readonly map?: FieldMap
  /** Numbers for sizes, before those of the text and of the data. */
  readonly dims?: Readonly<Record<string, number>>
  /** Numbers for what the text declares as `given` or `rate`. */
  readonly set?: Readonly<Record<string, number | Dense>>
}

/** What computes. */
export interface RuntimeOptions {
  readonly runtime: Runtime
  /** Threads of one step; 1 by default. */
  readonly threads?: number
}

export interface TrainOptions extends InputOptions, RuntimeOptions {
  /** A data set, or one with parts. Default: the samples that the text of the network gives. */
  readonly data?: Dataset | Opened
  /**
   * Validation data: a data set, a number of samples, or a share of them below 1, drawn by the seed. Default: the validation part of the data,
   * else a tenth of 100 samples or more.
   */
  readonly validation?: Dataset | number
  /** `auto`: every channel of images and every feature of vectors to mean 0 and variance 1; what the text gives stays. Default auto. */
  readonly normalise?: NormaliseKind | 'auto'

  /** By name: sgd, momentum, nesterov, rmsprop, adam, adamw. Default adam. */
  readonly optimiser?: string
  /** Numbers of the optimiser, such as `{ mu: 0.95 }`. */
  readonly hyper?: Readonly<Record<string, number>>
  /** Default: 0.001 for adam, adamw and rmsprop, 0.05 for momentum and nesterov, 0.1 for sgd. */
  readonly rate?: number
  /** `constant`, `step(every=10)`, `exponential`, `cosine(to=1e-5)`, `linear`. Default constant. */
  readonly schedule?: string
  /** Steps in which the rate rises. */
  readonly warmUp?: number
  /** Weight decay of all weights; biases and scales have none unless a group says so. */
  readonly decay?: number
  readonly groups?: readonly Group[]
  /** `norm`: all gradients together are no longer than the limit. `value`: no entry is greater. */
  readonly clip?: { readonly kind: 'norm' | 'value'; readonly limit: number }
  readonly initialisers?: readonly InitialiserChoice[]
  /** Parameters to start from, such as those of a file, and running averages that go with them. */
  readonly start?: { readonly parameters: ReadonlyMap<string, Dense>; readonly statistics?: ReadonlyMap<string, Dense> }

  /** Samples in a step. Default 64, or all where there are fewer. */
  readonly batch?: number
  /** Default 10, or as many as make 1,000 steps. */
  readonly epochs?: number
  /** The run ends after so many steps. */
  readonly steps?: number
  /** Of everything that is drawn. Default 1. */
  readonly seed?: number
  /** False: in the order of the data. */
  readonly shuffle?: boolean
  /** True: every batch is drawn from all samples. */
  readonly replacement?: boolean
  /** True: a last batch that is smaller is left out. */
  readonly whole?: boolean
  /** How much a batch counts in the running averages of batch statistics. Default 0.1. */
  readonly averaging?: number
  readonly stopping?: StoppingOptions

  /** What is predicted. Default: what the loss holds against the target. */
  readonly output?: string
  /** Samples at once in an evaluation. Default 256. */
  readonly evaluationBatch?: number
  /** True: steps give the norm of every gradient. */
  readonly norms?: boolean
  /** Steps between looks inside: gradients and updates by layer, dead and saturated units, as `diagnosis` events. They change nothing else. */
  readonly diagnose?: number

  /** Where checkpoints go. */
  readonly store?: Store
  /** Steps between checkpoints, and epochs between them. Default: after every epoch that ends 100 steps or more after the last. */
  readonly every?: number
  readonly everyEpochs?: number
  /** True: goes on from the newest whole checkpoint of the store, if there is one. */
  readonly resume?: boolean
  /** Kept in every checkpoint beside what belongs to the run. */
  readonly about?: Json

  /**
   * `off`: each part is computed in the first way that applies. `on`: the ways are measured before the first step. `auto` (default):
   * measured where the run is long enough to gain from it. Choices are kept in checkpoints.
   */
  readonly tune?: 'off' | 'on' | 'auto'
  readonly tuning?: Omit<TuneOptions, 'threads'>
  /** Ends the run after the step under way, and saves. */
  readonly signal?: AbortSignal
}

/** The network that is trained. */
export type { Network }
