import { badAttribute, wrongRank } from './messages.ts'
import type { TensorOperation } from './record.ts'
import { attributeText, isCount, productText } from './text.ts'

/** dense(x)_i = sum_j W_ij x_j + b_i. A map x[c,h,w] of three or more axes is flattened first; of one or two, the last axis is read. */
export const dense: TensorOperation = {
  kind: 'tensor',
  name: 'dense',
  aliases: ['linear'],
  doc: 'W x + b: along the last axis of a vector or a sequence x[t,d]; a map x[c,h,w] is flattened first (axes=all or axes=last decides).',
  signature: 'dense(x[..., inputs], units, bias=true, axes=auto)',
  definition: ({ units, bias, axes }, _, { x }) => {
    if (!isCount(units, 1)) throw badAttribute('dense', 'units', attributeText(units!), 'A layer has 1 unit or more.')
    if (axes !== 'auto' && axes !== 'all' && axes !== 'last') throw badAttribute('dense', 'axes', attributeText(axes!), 'It is all, last or auto.')
    if (x!.length === 0) throw wrongRank('dense', 'x', 0, 'A vector is wanted.')
    const plus = bias === false ? '' : ' + b[i]'
    const declared = bias === false ? '' : ', b[units]'
    if ((axes === 'all' && x!.length > 1) || (axes === 'auto' && x!.length > 2)) {
      return `f = flatten(x)\nparam W[units, ${productText(x!)}]${declared}\ny[i] = sum_j W[i, j] f[j]${plus}\nreturn y`
    }
    const lead = x!.length === 1 ? '' : '..., '
    return `param W[units, inputs]${declared}\ny[${lead}i] = sum_j W[i, j] x[${lead}j]${plus}\nreturn y`
  },
  unstated: { bias: [true, false] },
  samples: [
    'input x[3]\ntarget t[2]\nh = tanh(dense(x, 4))\ny = dense(h, 2, bias=false)\nloss E = mean over data: squared_error(y, t)',
    'dim d, u\ninput x[4, d]\ny = dense(x, u)\nloss E = sum over data: sum(y .* y)',
    'input x[2, 3, 4]\ntarget t\ny = dense(x, 5)\nloss E = mean over data: (sum(tanh(y)) - t)^2',
  ],
}
