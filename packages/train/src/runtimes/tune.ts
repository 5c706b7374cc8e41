/**
 * Choosing among equal ways by measuring: which is fastest depends on sizes and machine. Whole programs are timed, since a way
 * also decides how its neighbours lie in memory.
 */
import { lower } from '@chainrule/core'
import type { Numbers, Runtime, Session } from './session.ts'

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
  const clock = options.clock ?? now
  let best: Candidate = await ready(runtime, program, {}, options.threads ?? 1)
  let trial = 0
  const attempt = async (group: readonly lower.Site[], way: string): Promise<void> => {
    const other = await ready(runtime, program, { ...best.choices, ...Object.fromEntries(group.map(s => [s.signature, way])) }, options.threads ?? 1)
    const [old, made] = await sideBySide(best, other, clock)
    options.onTrial?.({ trial: ++trial, milliseconds: made, best: Math.min(old, made) })
    const [kept, gone] = made < clearly * old ? [other, best] : [best, other]
    await gone.session.close()
    best = kept
  }
  // sites with the same ways together first, then each by itself
  const groups = groupedBy(sites, s => s.ways.join())
  const single = groupedBy(sites, s => s.signature)
  for (const list of [groups, groups.length === single.length ? [] : single]) for (const group of list) for (const way of group[0]!.ways) {
    if (late()) break
    if (group.some(s => (best.choices[s.signature] ?? s.ways[0]) !== way)) await attempt(group, way)
  }
  await best.session.close()
  await options.cache?.write(key, best.choices)
  return best.choices
}

/** A way has to be faster by this to be taken: less is noise. */
const clearly = 0.975

interface Candidate { readonly choices: Choices; readonly session: Session; readonly feeds: Readonly<Record<string, Numbers>> }

async function ready(runtime: Runtime, program: lower.Program, choices: Choices, threads: number): Promise<Candidate> {
  const session = await runtime.open(program, { threads, choose: chooser(choices) })
  const feeds = Object.fromEntries(session.inputs.map(i => [i.name, zerosFor(i)]))
  for (const i of lower.inputsOf(program)) if (session.state.includes(i.name)) session.write(i.name, spread(lower.volume(i.shape)))
  await session.run(feeds)
  return { choices, session, feeds }
}

/** Least cost of a run of each, taken in turn, so that what else the machine does meets both. */
async function sideBySide(a: Candidate, b: Candidate, clock: () => number): Promise<readonly [number, number]> {
  const least: [number, number] = [Infinity, Infinity]
  const start = clock()
  for (let k = 0; k < 3 || (k < 30 && clock() - start < 400); k++) {
    for (const [j, c] of [a, b].entries()) {
      const from = clock()
      await c.session.run(c.feeds)
      least[j] = Math.min(least[j]!, clock() - from)
    }
  }
  return least
}

function groupedBy(sites: readonly lower.Site[], key: (s: lower.Site) => string): lower.Site[][] {
  const groups = new Map<string, lower.Site[]>()
  for (const s of sites) groups.set(key(s), [...(groups.get(key(s)) ?? []), s])
  return [...groups.values()]
}

/** Small numbers that are no denormals, which would be slow. */
const spread = (n: number): Float32Array => Float32Array.from({ length: n }, (_, k) => ((k * 7919) % 1000) / 5000 - 0.1)
const zerosFor = (i: lower.ProgramInput): Numbers => (i.classes === undefined ? spread(lower.volume(i.shape)) : new BigInt64Array(lower.volume(i.shape)))

const keyOf = (runtime: Runtime, sites: readonly lower.Site[], { threads = 1, machine = '' }: TuneOptions): string =>
  [runtime.name, machine, `${threads} threads`, ...sites.map(s => s.signature)].join('\n')
