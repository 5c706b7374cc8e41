/** One model for each job: the forward pass, the gradients, a training step. */
import { lower, type Network } from '@chainrule/core'
import { modelOf, type ModelOptions, type Written } from './write.ts'

export interface JobOptions extends Partial<Omit<ModelOptions, 'name'>> {
  readonly name?: string
  /** Which of several equal ways each part is computed; the first that applies by default. */
  readonly choose?: (site: lower.Site) => string
}

const written = (program: lower.Program, name: string, { choose, ...rest }: JobOptions): Written =>
  modelOf(lower.planOf(program, choose ? { choose } : {}).plan, { name, ...rest })

/** The values of some nodes: `names`, or the last node of the text. With `weights`, the parameters are in the model or beside it. */
export const forwardModel = (network: Network, sizes: lower.Sizes, names?: readonly string[], options: JobOptions = {}): Written =>
  written(lower.forwardProgram(network, sizes, names), options.name ?? 'forward', options)

/** The loss and its gradients, `gradient of W` for every parameter W. */
export const gradientModel = (network: Network, sizes: lower.Sizes, by?: readonly string[], options: JobOptions = {}): Written =>
  written(lower.gradientProgram(network, sizes, by), options.name ?? 'gradients', options)

/**
 * Forward, backward and the optimiser's update in one graph: parameters and optimiser state in, `next W` out.
 * The numbers of a step that are no tensors are inputs too; `scalars` says how they follow from the rate and the number of the step.
 */
export function stepModel(network: Network, sizes: lower.Sizes, request: lower.StepRequest, options: JobOptions = {}): Written & { readonly scalars: lower.Program } {
  const { program, scalars } = lower.stepProgram(network, sizes, request)
  return { ...written(program, options.name ?? 'step', options), scalars }
}
