/** Sheet D6: convolution and dense layer, both ways. */
import { lab } from '../lab.ts'
import { kernelTooLarge } from '../messages.ts'
import { convDenseCard, type ConvDenseSettings } from './card.ts'
import { asConvolution, asConvolutionHolds, asDense, asDenseHolds } from './convert.ts'
import { convDenseFigure } from './figure.ts'
import { convDensePage } from './page.ts'

export const convDense = lab<ConvDenseSettings>(convDenseCard, settings => {
  const { size, padding, kernel } = settings
  if (kernel > size + 2 * padding) throw kernelTooLarge(kernel, size + 2 * padding)
  const [a, b] = [asDense(settings), asConvolution(settings)]
  const rows = (data: Float64Array, columns: number): number[][] => Array.from({ length: data.length / columns }, (_, r) => [...data.subarray(r * columns, (r + 1) * columns)])
  const flat = (w: object): object => Object.fromEntries(Object.entries(w).map(([k, v]) => [k, [...(v as Float64Array)]]))
  const data = {
    lab: 'conv-dense', settings,
    convolutionAsDense: {
      numbers: flat(a.numbers), outputShape: a.shape, toeplitz: rows(a.T, a.inputs), weightAt: rows(a.labels, a.inputs), convolution: flat(a.convolution), dense: flat(a.dense), tied: flat(a.tied),
      equal: asDenseHolds(a), zerosWithGradient: a.filled, weightsUntied: a.untied,
    },
    denseAsConvolution: { numbers: flat(b.numbers), dense: flat(b.dense), convolution: flat(b.convolution), larger: flat(b.larger), equal: asConvolutionHolds(b) },
  }
  return Promise.resolve({ page: { ...convDensePage(a, b, settings), data }, figure: convDenseFigure(a, b, settings) })
})
