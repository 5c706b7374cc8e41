/** The training loop over any trainer. */
export { training, type TrainingOptions } from './train.ts'
export type { EpochRecord, StopReason, TrainingEvent, TrainingResult } from './events.ts'
export { evaluateOn, type Reading } from './evaluate.ts'
export { accuracyOf, confusion, type Confusion, meanLoss, type Metrics, predictions, type Reducer, type Seen } from './metrics.ts'
export { type Stopping, type StoppingOptions, stoppingStart, stoppingStep } from './early-stopping.ts'
export { type Evaluation, isMean, type StepOptions, type StepResult, type Trainer, type TrainerState } from './trainer.ts'
export { checkpointWith, trainerStateIn } from './saved.ts'
export type { Progress } from './progress.ts'
