import { badAttribute } from './messages.ts'
import type { TensorOperation } from './record.ts'
import { attributeText, entryText, indexNames, over } from './text.ts'

/** norm(x) = (sum_i |x_i|^p)^(1/p), p = 2 when it is left out */
export const norm: TensorOperation = {
  kind: 'tensor',
  name: 'norm',
  doc: '(sum_i |x_i|^p)^{1/p} over all entries; p = 2 is the Euclidean (Frobenius) norm, p = inf the greatest absolute value.',
  signature: 'norm(x[...], p=2)',
  definition: ({ p }, _, { x }) => {
    const names = indexNames(x!.length)
    const entry = entryText('x', names)
    if (p === 'inf') return `return ${over('max', names, `abs(${entry})`)}`
    if (typeof p !== 'number' || p <= 0) throw badAttribute('norm', 'p', attributeText(p!), 'p is a positive number or inf.')
    if (p === 1) return `return ${over('sum', names, `abs(${entry})`)}`
    if (p === 2) return `return sqrt(${over('sum', names, `${entry}^2`)})`
    return `return (${over('sum', names, `abs(${entry})^${p}`)})^{1/${p}}`
  },
  inline: true,
  samples: [
    'input x[3]\nparam W[4, 3]\nloss E = mean over data: norm(W x)',
    'input x[3]\nparam W[4, 3]\nloss E = mean over data: norm(W x, p=1) + norm(W x, p=3)',
  ],
}
