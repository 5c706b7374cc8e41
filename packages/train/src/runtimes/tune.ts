/**
 * Choosing among equal ways by measuring: which is fastest depends on sizes and machine. Whole programs are timed, since a way
 * also decides how its neighbours lie in memory.
 */
import { lower } from '@chainrule/core'
import type { Numbers, Runtime } from './session.ts'

/** Ways by the signature of the site. */
export type Choices = Readonly<Record<string, string>>

/** Where choices are kept from run to run. */
export interface TuneCache { readonly read: (key: string) => Promise<Choices | undefined>; readonly write: (key: string, choices: Choices) => Promise<void> }

export interface TuneOptions {
  readonly threads?: number
  /** Seconds after which the best choice so far is taken; 20 by default. */
  readonly seconds?: number
  readonly cache?: TuneCache
  /** What distinguishes this machine in the cache. */
  readonly machine?: string
  /** Milliseconds that have passed, for the limit. */
  readonly now?: () => number
  /** Milliseconds that a run has cost; those that have passed by default. On a shared machine, processor time is steadier. */
  readonly clock?: () => number
  readonly onTrial?: (done: { readonly trial: number; readonly milliseconds: number; readonly best: number }) => void
}

export const chooser = (choices: Choices) => (site: lower.Site): string => {
  const wanted = choices[site.signature]
  return wanted !== undefined && site.ways.includes(wanted) ? wanted : site.ways[0]!
}

/** The fastest choices found for a program on a runtime; the fixed order of the table where there is nothing to choose. */
export async function tune(runtime: Runtime, program: lower.Program, options: TuneOptions = {}): Promise<Choices> {
  const { sites } = lower.planOf(program)
  if (sites.length === 0) return {}
  const key = keyOf(runtime, sites, options)
  const known = await options.cache?.read(key)
  if (known) return known
  const now = options.now ?? (() => performance.now())
  const start = now()
  const late = (): boolean => now() - start > 1000 * (options.seconds ?? 20)
  let best: Choices = {}
  let trial = 0
  const timeOf = async (choices: Choices): Promise<number> => {
    const milliseconds = await timed(runtime, program, choices, options.threads ?? 1, options.clock ?? now)
    options.onTrial?.({ trial: ++trial, milliseconds, best: Math.min(least, milliseconds) })
    return milliseconds
  }
  let least = Infinity
  least = await timeOf(best)
  const attempt = async (group: readonly lower.Site[], way: string): Promise<void> => {
    const choices = { ...best, ...Object.fromEntries(group.map(s => [s.signature, way])) }
    const milliseconds = await timeOf(choices)
    // less than two per cent is noise
    if (milliseconds < 0.98 * least) { least = milliseconds; best = choices }
  }
  // sites with the same ways together first, then each by itself
  const groups = groupedBy(sites, s => s.ways.join())
  const single = groupedBy(sites, s => s.signature)
  for (const list of [groups, groups.length === single.length ? [] : single]) for (const group of list) for (const way of group[0]!.ways) {
    if (late()) break
    if (group.some(s => (best[s.signature] ?? s.ways[0]) !== way)) await attempt(group, way)
  }
  await options.cache?.write(key, best)
  return best
}

function groupedBy(sites: readonly lower.Site[], key: (s: lower.Site) => string): lower.Site[][] {
  const groups = new Map<string, lower.Site[]>()
  for (const s of sites) groups.set(key(s), [...(groups.get(key(s)) ?? []), s])
  return [...groups.values()]
}

/** Least milliseconds of some runs. */
async function timed(runtime: Runtime, program: lower.Program, choices: Choices, threads: number, clock: () => number): Promise<number> {
  const session = await runtime.open(program, { threads, choose: chooser(choices) })
  const feeds = Object.fromEntries(session.inputs.map(i => [i.name, zerosFor(i)]))
  for (const i of lower.inputsOf(program)) if (session.state.includes(i.name)) session.write(i.name, spread(lower.volume(i.shape)))
  let least = Infinity
  const start = clock()
  for (let k = 0; k < 3 || (k < 40 && clock() - start < 300); k++) {
    const from = clock()
    await session.run(feeds)
    least = Math.min(least, clock() - from)
  }
  await session.close()
  return least
}

/** Small numbers that are no denormals, which would be slow. */
const spread = (n: number): Float32Array => Float32Array.from({ length: n }, (_, k) => ((k * 7919) % 1000) / 5000 - 0.1)
const zerosFor = (i: lower.ProgramInput): Numbers => (i.classes === undefined ? spread(lower.volume(i.shape)) : new BigInt64Array(lower.volume(i.shape)))

const keyOf = (runtime: Runtime, sites: readonly lower.Site[], { threads = 1, machine = '' }: TuneOptions): string =>
  [runtime.name, machine, `${threads} threads`, ...sites.map(s => s.signature)].join('\n')
