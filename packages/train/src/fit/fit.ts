/** Data fitted to a network: which field goes where, in which shape, and which sizes follow. */
import { type Network, sizeSymbols } from '@chainrule/core'
import { type Batch, type Dataset, type Field, mapped } from '../data/index.ts'
import { alloc } from '../data/dataset.ts'
import { type Dense, volume } from '../dense.ts'
import { classNumbersIn, rowsAsClasses } from './classes.ts'
import { openSizes } from './messages.ts'
import { type FieldMap, paired } from './pair.ts'
import { type Conversion, fitShape } from './shape.ts'
import { axesOf, entriesOf, ownDims, samplesIn, sizeAt, type Wanted, wantedBy } from './wanted.ts'

export interface FitOptions {
  /** Fields by the name of the input or target they are for; others are found by name and order. */
  readonly map?: FieldMap
  /** Numbers for sizes, before those of the text and of the data. */
  readonly dims?: Readonly<Record<string, number>>
  /** Inputs alone, for predictions: targets are not asked for. */
  readonly only?: 'input'
}

/** One input or target, and what goes into it. */
export interface Leaf {
  readonly name: string
  readonly role: 'input' | 'target'
  /** The field; absent where the text gives the value. */
  readonly field?: string
  /** Of one sample of the field. */
  readonly given: readonly number[]
  readonly conversion: Conversion | 'text'
  /** Of one sample as it is fed. */
  readonly shape: readonly number[]
  /** Names of the classes, where class numbers are fed. */
  readonly classes?: readonly string[]
}

export interface Fit {
  /** Every size of the network. */
  readonly dims: Readonly<Record<string, number>>
  readonly leaves: readonly Leaf[]
  /** Fields that nothing reads. */
  readonly unused: readonly string[]
}

/** How data go into a network. Throws a ChainError where something does not fit or a size stays open. */
export function fit(network: Network, d: Pick<Dataset, 'name' | 'fields'>, { map, dims: asked = {}, only }: FitOptions = {}): Fit {
  const dims = new Map([...ownDims(network), ...Object.entries(asked)])
  const wanted = wantedBy(network).filter(w => only === undefined || w.role === only)
  const inText = new Set(wanted.filter(w => samplesIn(network.byName.get(w.name)!)?.length === 1).map(w => w.name))
  const pairs = paired(wanted, d.fields, d.name, map, inText)
  // the ones whose sizes are all known or of the same rank settle symbols for those that are flattened
  const order = [...wanted].sort((a, b) => Number(loose(a, pairs.get(a.name))) - Number(loose(b, pairs.get(b.name))))
  const found = new Map(order.flatMap(w => { const f = pairs.get(w.name); return f ? [[w.name, leafOf(w, f, dims)] as const] : [] }))
  const open = [...new Set(network.nodes.flatMap(n => axesOf(n).flatMap(a => [...sizeSymbols(a)])))].filter(s => !dims.has(s))
  if (open.length > 0) throw openSizes(open)
  const leaves = wanted.map(w => found.get(w.name) ?? textLeaf(w, dims))
  return { dims: Object.fromEntries(dims), leaves, unused: d.fields.filter(f => !leaves.some(l => l.field === f.name)).map(f => f.name) }
}

const loose = (w: Wanted, f: Field | undefined): boolean => f !== undefined && f.shape.length !== w.axes.length - (f.classes ? 1 : 0)

function leafOf(w: Wanted, f: Field, dims: Map<string, number>): Leaf {
  const { conversion, shape, room = f.classes?.length ?? 0 } = fitShape(w, f, dims)
  const numbered = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, k) => String(from + k))
  // classes that the data lack are called by their numbers
  const classes = f.classes ? [...f.classes, ...numbered(f.classes.length, room)] : conversion === 'rows' ? numbered(0, f.shape.at(-1)!) : undefined
  return { name: w.name, role: w.role, field: f.name, given: f.shape, conversion, shape, ...(classes ? { classes } : {}) }
}

function textLeaf(w: Wanted, dims: ReadonlyMap<string, number>): Leaf {
  const shape = w.axes.map(a => sizeAt(a, dims)!)
  return { name: w.name, role: w.role, given: shape, conversion: 'text', shape }
}

/** The inputs and targets that are fed as class numbers instead of rows. */
export const fedAsClasses = ({ leaves }: Fit): string[] => leaves.filter(l => l.conversion === 'classes' || l.conversion === 'rows').map(l => l.name)

/** The data set with the inputs and targets of the network as its fields. Throws a ChainError for a class that the fit does not know. */
export function fitted(network: Network, d: Dataset, { leaves }: Fit): Dataset {
  const readers = leaves.map(l => [l.name, readerOf(network, d, l)] as const)
  const fields = leaves.map((l): Field => ({ name: l.name, role: l.role, shape: l.shape, ...(l.classes ? { classes: l.classes } : {}) }))
  return mapped(d, batch => ({ count: batch.count, values: Object.fromEntries(readers.map(([name, read]) => [name, read(batch)])) }), fields)
}

type Reader = (batch: Batch) => Dense

function readerOf(network: Network, d: Dataset, l: Leaf): Reader {
  if (l.field === undefined) {
    const one = entriesOf(l.name, samplesIn(network.byName.get(l.name)!)![0]!, l.shape)
    return ({ count, values }) => {
      const like = Object.values(values).find(v => v.data instanceof Float64Array) ? 'float64' : 'float32'
      const data = alloc(like, count * one.length)
      for (let k = 0; k < count; k++) data.set(one, k * one.length)
      return { shape: [count, ...l.shape], data }
    }
  }
  const { field } = l
  if (l.conversion === 'rows') return rowsAsClasses(d.name, field, volume(l.shape), l.shape)
  if (l.classes) return classNumbersIn(d, field, l.classes, l.shape)
  return ({ count, values }) => ({ shape: [count, ...l.shape], data: values[field]!.data })
}
