/** Every operation, listed. To add one: a record in a file of its own, and its line here. */
import { absOperation } from './abs.ts'
import { attention, multiheadAttention } from './attention.ts'
import { binaryCrossEntropy, binaryCrossEntropyLogits } from './binary-cross-entropy.ts'
import { conv, conv1d } from './conv.ts'
import { crossEntropy, crossEntropyLogits } from './cross-entropy.ts'
import { dense } from './dense.ts'
import { detOperation } from './det.ts'
import { dropout } from './dropout.ts'
import { eluOperation } from './elu.ts'
import { embedding } from './embedding.ts'
import { erfOperation } from './erf.ts'
import { expOperation } from './exp.ts'
import { geluOperation } from './gelu.ts'
import { geluTanhOperation } from './gelu-tanh.ts'
import { hinge } from './hinge.ts'
import { huber } from './huber.ts'
import { inverseOperation } from './inverse.ts'
import { kl, reverseKl } from './kl.ts'
import { leakyReluOperation } from './leaky-relu.ts'
import { logDet } from './log-det.ts'
import { logOperation } from './log.ts'
import { diag, trace, transpose } from './matrices.ts'
import { maxOperation } from './max.ts'
import { minOperation } from './min.ts'
import { norm } from './norm.ts'
import { batchnorm, layernorm, rmsnorm } from './normalisation.ts'
import { concat, pad, slice } from './pieces.ts'
import { avgpool, avgpool1d, globalAvgpool, maxpool, maxpool1d } from './pool.ts'
import { dot, matmul, outer } from './products.ts'
import type { Operation } from './record.ts'
import { gruCell, lstmCell, rnnCell } from './recurrent.ts'
import { mean, sum } from './reductions.ts'
import { reluOperation } from './relu.ts'
import { relu6Operation } from './relu6.ts'
import { flatten, reshape } from './reshape.ts'
import { sigmoidOperation } from './sigmoid.ts'
import { signOperation } from './sign.ts'
import { siluOperation } from './silu.ts'
import { cosOperation, sinOperation } from './sin-cos.ts'
import { logSoftmax, logsumexp, softmax } from './softmax.ts'
import { softplusOperation } from './softplus.ts'
import { sqrtOperation } from './sqrt.ts'
import { halfSquaredError, squaredError } from './squared-error.ts'
import { stepOperation } from './step.ts'
import { tanhOperation } from './tanh.ts'
import { variance } from './var.ts'

export * from './record.ts'
export { constants, findConstant, pi } from './constants.ts'

export const operations: readonly Operation[] = Object.freeze([
  // scalar functions
  expOperation, logOperation, sqrtOperation, absOperation, signOperation, stepOperation, maxOperation, minOperation,
  reluOperation, relu6Operation, leakyReluOperation, eluOperation, softplusOperation, sigmoidOperation, tanhOperation,
  siluOperation, geluOperation, geluTanhOperation, erfOperation, sinOperation, cosOperation,
  // vectors and matrices
  sum, mean, variance, norm, dot, outer, matmul, transpose, diag, trace, inverseOperation, detOperation, logDet,
  softmax, logSoftmax, logsumexp,
  // losses of one sample
  squaredError, halfSquaredError, crossEntropy, crossEntropyLogits, binaryCrossEntropy, binaryCrossEntropyLogits,
  hinge, kl, reverseKl, huber,
  // layers and what stands between them
  dense, conv, conv1d, maxpool, avgpool, maxpool1d, avgpool1d, globalAvgpool, flatten, reshape, concat, slice, pad,
  batchnorm, layernorm, rmsnorm, dropout, embedding, attention, multiheadAttention, rnnCell, lstmCell, gruCell,
])

const byName: ReadonlyMap<string, Operation> = new Map(operations.flatMap(o => [o.name, ...(o.aliases ?? [])].map(name => [name, o] as const)))

/** The operation of this name or alias. */
export const findOperation = (name: string): Operation | undefined => byName.get(name)

/** All names and aliases, for messages. */
export const operationNames: readonly string[] = Object.freeze([...byName.keys()])
