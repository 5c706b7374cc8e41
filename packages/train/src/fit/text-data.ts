/** The samples that a network's own text gives, as a data set. */
import type { Network } from '@chainrule/core'
import { alloc, checkPositions, type Dataset, type Field, gather, type Precision, randomAccess } from '../data/dataset.ts'
import { volume } from '../dense.ts'
import { noData, samplesDiffer } from './messages.ts'
import { entriesOf, ownDims, samplesIn, sizeAt, wantedBy } from './wanted.ts'

/** `input x[2] = [[0, 0], [0, 1]]`: two samples. Throws a ChainError when an input or target has no value, or when their numbers differ. */
export function textData(network: Network, precision: Precision): Dataset {
  const dims = ownDims(network)
  const wanted = wantedBy(network).map(w => ({ ...w, samples: samplesIn(network.byName.get(w.name)!) }))
  const without = wanted.filter(w => !w.samples || w.axes.some(a => sizeAt(a, dims) === undefined))
  if (without.length > 0 || wanted.length === 0) throw noData(without.map(w => w.name))
  const longest = wanted.reduce((a, b) => (b.samples!.length > a.samples!.length ? b : a))
  const count = longest.samples!.length
  for (const w of wanted) if (w.samples!.length !== 1 && w.samples!.length !== count) throw samplesDiffer(longest.name, count, w.name, w.samples!.length)
  const fields = wanted.map((w): Field => ({ name: w.name, role: w.role, shape: w.axes.map(a => sizeAt(a, dims)!) }))
  const all = {
    count, values: Object.fromEntries(wanted.map((w, j) => {
      const { shape } = fields[j]!
      const data = alloc(precision, count * volume(shape))
      for (let k = 0; k < count; k++) data.set(entriesOf(w.name, w.samples![w.samples!.length === 1 ? 0 : k]!, shape), k * volume(shape))
      return [w.name, { shape: [count, ...shape], data }]
    })),
  }
  const name = 'the samples of the text'
  return { name, fields, count, access: randomAccess, close: () => Promise.resolve(), read: at => { checkPositions(name, count, at); return Promise.resolve(gather(all, at)) } }
}
