/** The same entries in another shape, row by row. */
import { badAttribute, wrongCount, wrongRank } from './messages.ts'
import type { Attribute, TensorOperation } from './record.ts'
import { attributeText, indexNames, isCount, over, productText, rowMajor, wholeNumber } from './text.ts'

/** flatten(x)_p = x[i,j,k] where p = ((i - 1) B + j - 1) C + k */
export const flatten: TensorOperation = {
  kind: 'tensor',
  name: 'flatten',
  doc: 'All entries in one vector, row by row: p = ((i-1)B + j-1)C + k for x[i: A, j: B, k: C].',
  signature: 'flatten(x[...])',
  definition: (_, __, { x }) => {
    if (x!.length === 0) throw wrongRank('flatten', 'x', 0, 'It is one number already.')
    if (x!.length === 1) return 'y[i] = x[i]\nreturn y'
    const names = indexNames(x!.length)
    return `y[a: ${productText(x!)}] = ${over('sum', names, `[a = ${rowMajor(names, x!)}] x[${names.join(', ')}]`)}\nreturn y`
  },
  samples: [
    'input x[2, 3]\nparam W[4, 6]\nf = flatten(x)\nloss E = mean over data: sum(tanh(W f))',
    'dim n\ninput x[2, n, 3]\nf = flatten(x)\nloss E = sum over data: sum(f .* f .* f)',
  ],
}

/** The sizes of the new shape; -1 once for what is left over. */
function newShape(shape: Attribute, x: readonly string[]): readonly string[] {
  const list = Array.isArray(shape) ? (shape as readonly Attribute[]) : [shape]
  const open = list.indexOf(-1)
  if (list.length === 0 || list.some((s, k) => k !== open && !isCount(s, 1))) {
    throw badAttribute('reshape', 'shape', attributeText(shape), 'A list of sizes is wanted, -1 once for what is left over.')
  }
  const count = (sizes: readonly string[]) => sizes.reduce((n, s) => n * (wholeNumber(s) ?? NaN), 1)
  const texts = list.map(attributeText)
  const [have, wanted] = [count(x), count(texts.filter((_, k) => k !== open))]
  if (have % wanted > 0 || (open < 0 && have !== wanted && !Number.isNaN(have + wanted))) throw wrongCount('reshape', have, wanted)
  if (open < 0) return texts
  const rest = Number.isNaN(have / wanted) ? `(${productText(x)})/(${productText(texts.filter((_, k) => k !== open))})` : String(have / wanted)
  return texts.map((s, k) => (k === open ? rest : s))
}

/** reshape(x, shape): the entries in the same order, row by row */
export const reshape: TensorOperation = {
  kind: 'tensor',
  name: 'reshape',
  doc: 'The same entries, row by row, in the given shape; -1 once for what is left over.',
  signature: 'reshape(x[...], shape)',
  definition: ({ shape }, _, { x }) => {
    const sizes = newShape(shape!, x!)
    const names = indexNames(x!.length + sizes.length)
    const [from, to] = [names.slice(0, x!.length), names.slice(x!.length)]
    const left = `y[${to.map((n, k) => `${n}: ${sizes[k]}`).join(', ')}]`
    if (x!.length === 0) return `${left} = x\nreturn y`
    return `${left} = ${over('sum', from, `[${rowMajor(to, sizes)} = ${rowMajor(from, x!)}] x[${from.join(', ')}]`)}\nreturn y`
  },
  samples: [
    'input x[6]\nparam W[4, 3]\ny = reshape(x, [2, 3])\nloss E = mean over data: sum(tanh(W transpose(y)))',
    'input x[4, 3]\nparam w[2, 6]\ny = reshape(x, [2, -1])\nloss E = sum over data: sum(w .* y .* y)',
  ],
}
