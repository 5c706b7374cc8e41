import type { TensorOperation } from './record.ts'

/** embedding(ids)_d = sum_v ids_v W_vd: the row of W that the one-hot ids select */
export const embedding: TensorOperation = {
  kind: 'tensor',
  name: 'embedding',
  doc: 'sum_v ids[t,v] W[v,d]: the row of W for each id; ids are one-hot along the last axis.',
  signature: 'embedding(ids[..., tokens], vocabulary, width)',
  definition: (_, __, { ids }) => {
    const lead = ids!.length === 1 ? '' : '..., '
    return `param W[vocabulary, width]\ny[${lead}d] = sum_v ids[${lead}v] W[v, d]\nreturn y`
  },
  samples: ['input ids[3, 5] one-hot\nparam w[3, 2]\ny = embedding(ids, vocabulary=5, width=2)\nloss E = mean over data: sum(w .* tanh(y))'],
}
