/** What is exported: a network as its text has it, or with the parameters of a run or of a file. */
import type { Network } from '@chainrule/core'
import { type Dense, modelIn, type Normalisation, startFrom } from '@chainrule/train'
import { loadNetwork } from '../commands/common.ts'
import { checkpointAt } from '../train/model.ts'
import { lossed, tensorsIn } from '../train/request.ts'
import type { ExportFlags } from './flags.ts'

export interface Subject {
  readonly network: Network
  readonly dims: Readonly<Record<string, number>>
  /** Parameters, constants and statistics, by name; none for a text alone. */
  readonly weights: ReadonlyMap<string, Dense>
  /** True: running averages of batch statistics are among the weights. */
  readonly statistics: boolean
  /** What is done to raw data before they go in. */
  readonly notes: readonly string[]
}

/** Throws a UsageError or a ChainError where it cannot be read. */
export async function subjectOf(net: string, f: ExportFlags): Promise<Subject> {
  const found = await checkpointAt(net, f.checkpoint)
  if (found) {
    const m = modelIn(found.path, found.checkpoint)
    return { network: m.network, dims: { ...m.intake.fit.dims, ...f.dim }, weights: new Map([...m.parameters, ...m.constants, ...m.statistics]), statistics: m.statistics.size > 0, notes: m.intake.normalisation.map(n => normalised(m.intake.fit.leaves.find(l => l.field === n.field)?.name ?? n.field, n, found.path)) }
  }
  const network = lossed(await loadNetwork(net, f), f)
  if (f.weights === undefined) return { network, dims: f.dim ?? {}, weights: new Map(), statistics: false, notes: [] }
  const { parameters, statistics } = startFrom(network, (await tensorsIn(f.weights)).tensors)
  return { network, dims: f.dim ?? {}, weights: new Map([...parameters, ...statistics ?? []]), statistics: statistics !== undefined, notes: [] }
}

/** Numbers that are shown in a line. */
const FEW = 4

function normalised(name: string, { field, mean, scale }: Normalisation, path: string): string {
  const shown = (what: string, x: Float64Array): string => (x.length <= FEW ? [...x].join(', ') : `${x.length} numbers, extra/normalise/${field}/${what} in ${path}`)
  return `${name} is (raw - mean) scale; mean ${shown('mean', mean)}; scale ${shown('scale', scale)}`
}
