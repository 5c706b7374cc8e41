/** The parts of the data of a run, normalised and fitted to the network. */
import type { Network } from '@chainrule/core'
import { type Dataset, normalisation, type Normalisation, normalised, type NormaliseKind, type Opened, split } from '../data/index.ts'
import { type Fit, fit, fitted, textData, withImages } from '../fit/index.ts'
import type { InputOptions, TrainOptions } from './options.ts'

/** How raw samples become what the network reads: what a checkpoint keeps. */
export interface Intake {
  readonly pad: number
  readonly channelsLast: boolean
  readonly normalisation: readonly Normalisation[]
  readonly fit: Fit
}

/** The parts of a run as the network reads them. */
export interface Parts { readonly intake: Intake; readonly train: Dataset; readonly validation?: Dataset; readonly name: string }

const isOpened = (d: Dataset | Opened): d is Opened => 'train' in d

/** Samples from which a tenth is kept for validation. */
const ENOUGH = 100

/** The parts of the data. Throws a ChainError where they do not fit the network. */
export async function partsOf(network: Network, o: TrainOptions): Promise<Parts> {
  const seed = o.seed ?? 1
  const given = o.data ?? textData(network, o.runtime.precision)
  const opened: Opened = isOpened(given) ? given : { train: given }
  const { train, validation } = partsFrom(opened, o, seed)
  const images = (d: Dataset): Dataset => withImages(d, o)
  const seen = images(train)
  const found = fit(network, seen, o)
  const moments = await normalisationOf(seen, o.data === undefined ? o.normalise ?? 'none' : o.normalise ?? 'auto')
  const intake: Intake = { pad: o.pad ?? 0, channelsLast: o.channelsLast ?? false, normalisation: moments, fit: found }
  return { intake, name: opened.train.name, train: taken(network, train, intake), ...(validation ? { validation: taken(network, validation, intake) } : {}) }
}

/** What is trained on, and what it is validated by, as a run with these options has them. */
export function partsFrom(opened: Opened, { validation, data }: Pick<TrainOptions, 'validation' | 'data'>, seed: number): { train: Dataset; validation?: Dataset } {
  if (typeof validation === 'object') return { train: opened.train, validation }
  if (validation === undefined && opened.validation) return { train: opened.train, validation: opened.validation }
  const share = validation ?? (data !== undefined && opened.train.count >= ENOUGH ? 0.1 : 0)
  return share === 0 ? { train: opened.train } : split(opened.train, { validation: share, seed })
}

/** The data set as the network reads it. */
export function taken(network: Network, d: Dataset, { pad, channelsLast, normalisation: list, fit: found }: Intake): Dataset {
  return fitted(network, normalised(withImages(d, { pad, channelsLast }), list), found)
}

/** Other data as the network reads them: fields are found anew by the same rules, sizes and classes are the network's. */
export function takenAnew(network: Network, d: Dataset, intake: Intake, o: Pick<InputOptions, 'map'>, only?: 'input'): Dataset {
  const found = fit(network, withImages(d, intake), { dims: intake.fit.dims, ...(o.map ? { map: o.map } : {}), ...(only ? { only } : {}) })
  const leaves = found.leaves.map(l => { const known = intake.fit.leaves.find(k => k.name === l.name); return known?.classes ? { ...l, classes: known.classes } : l })
  return taken(network, d, { ...intake, normalisation: renamed(intake, found), fit: { ...found, leaves } })
}

/** The normalisation of the fields that now go where the first ones went. */
function renamed(intake: Intake, found: Fit): readonly Normalisation[] {
  return intake.normalisation.flatMap(n => {
    const leaf = intake.fit.leaves.find(l => l.field === n.field)
    const field = leaf ? found.leaves.find(l => l.name === leaf.name)?.field : n.field
    return field === undefined ? [] : [{ ...n, field }]
  })
}

/** Each channel of images, each feature of vectors; class numbers stay. */
async function normalisationOf(d: Dataset, kind: NormaliseKind | 'auto'): Promise<readonly Normalisation[]> {
  if (kind === 'none') return []
  const inputs = d.fields.filter(f => f.role === 'input' && !f.classes)
  const of = async (k: NormaliseKind, fields: typeof inputs): Promise<readonly Normalisation[]> => (fields.length === 0 ? [] : normalisation({ ...d, fields }, k))
  if (kind !== 'auto') return of(kind, inputs)
  return [...await of('channel', inputs.filter(f => f.shape.length > 1)), ...await of('standard', inputs.filter(f => f.shape.length <= 1))]
}
