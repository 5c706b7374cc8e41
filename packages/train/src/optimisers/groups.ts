/** Parameter groups: which parameters have a weight decay, a rate of their own, or stay as they are. */
import { fits } from '../patterns.ts'
import type { Parameter } from '../init/index.ts'
import { badDecay, noParameterFits } from './messages.ts'

/** Settings of some parameters, chosen by name (`c1.*`) or role (`weight`, `bias`, `scale`). The last group that says something counts. */
export interface Group {
  readonly parameters: string
  /** Coefficient of the weight decay, 0 or more. */
  readonly decay?: number
  /** Factor of the learning rate. */
  readonly rate?: number
  /** True: not trained. */
  readonly frozen?: boolean
}

/** What holds for one parameter. */
export interface GroupSettings { readonly decay: number; readonly rate: number; readonly frozen: boolean }

/** The settings of every parameter. `decay` is that of weights in no group; biases and scales have none. Throws a ChainError for a group without parameters. */
export function groupSettings(parameters: readonly Parameter[], groups: readonly Group[], decay = 0): ReadonlyMap<string, GroupSettings> {
  const belongs = (p: Parameter, g: Group): boolean => g.parameters === p.role.kind || fits(g.parameters, p.name)
  for (const d of [decay, ...groups.map(g => g.decay ?? 0)]) if (!(d >= 0 && Number.isFinite(d))) throw badDecay(d)
  for (const g of groups) if (!parameters.some(p => belongs(p, g))) throw noParameterFits(g.parameters, parameters.map(p => p.name))
  return new Map(parameters.map(p => {
    const own = groups.filter(g => belongs(p, g))
    const last = <K extends keyof Group>(key: K): Group[K] | undefined => own.filter(g => g[key] !== undefined).at(-1)?.[key]
    return [p.name, { decay: last('decay') ?? (p.role.kind === 'weight' ? decay : 0), rate: last('rate') ?? 1, frozen: last('frozen') ?? false }]
  }))
}
