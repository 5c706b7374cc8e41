/** Every runtime, and the interface they share. */
import { javascript } from './javascript.ts'
import { onnxruntimeNode } from './onnxruntime-node.ts'
import { onnxruntimeWeb } from './onnxruntime-web.ts'
import type { Runtime } from './session.ts'

export * from './session.ts'
export { javascript, onnxruntimeNode, onnxruntimeWeb }

export const runtimes: readonly Runtime[] = [onnxruntimeNode, onnxruntimeWeb, javascript]
export { chooser, type Choices, tune, type TuneCache, type TuneOptions } from './tune.ts'
export { type RuntimeTrainer, runtimeTrainer, type TrainerOptions, trainingStep } from './trainer.ts'
export { type Forward, forward, type ForwardOptions } from './forward.ts'
export { type Values, values, type ValuesOptions } from './values.ts'
export { classNumbers, drawnMask, masksOf } from './feeds.ts'
