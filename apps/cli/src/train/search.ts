/** `chainrule search`: many runs on the same data, and a table of what they reached. */
import type { Network, Page } from '@chainrule/core'
import { readAxis, search, type SearchEvent, type SearchOutcome, searchTable, type Trial } from '@chainrule/train'
import { loadNetwork } from '../commands/common.ts'
import { EXIT } from '../exit-codes.ts'
import { type Bar, barOn, duration, filled } from '../output/bar.ts'
import { type OutputOptions, writePage } from '../output/formats.ts'
import { breather, interruptible } from './interrupt.ts'
import type { TrainFlags } from './options.ts'
import { lossed, requestOf } from './request.ts'
import { many, short } from './text.ts'

export interface SearchFlags extends Omit<TrainFlags, 'output' | 'resume' | 'every' | 'everyEpochs' | 'plot'>, OutputOptions { readonly over?: string[]; readonly random?: number; readonly ticks?: number; readonly by?: 'loss' | 'accuracy' }

/** Searches, writes the table, and sets the exit code; an interrupted search shows what it has. */
export async function runSearch(net: string, f: SearchFlags): Promise<void> {
  const network = lossed(await loadNetwork(net, f), f)
  const { output: _file, format: _format, over = [], random, ticks, by, ...rest } = f
  const interrupt = interruptible()
  const bar = await barOn()
  try {
    const request = await requestOf(network, rest)
    const events = search(network, { ...request, over: Object.fromEntries(over.map(readAxis)), ...(random === undefined ? {} : { random }), ...(ticks === undefined ? {} : { ticks }), ...(by ? { by } : {}), signal: interrupt.signal })
    const outcome = await watched(events, bar)
    bar.stop()
    await writePage(pageOf(net, network, outcome), f)
    if (outcome.interrupted) process.exitCode = EXIT.interrupted
  } finally {
    bar.stop()
    interrupt.stop()
  }
}

async function watched(events: AsyncGenerator<SearchEvent, SearchOutcome>, bar: Bar): Promise<SearchOutcome> {
  const breathe = breather()
  const started = performance.now()
  const seen = { trials: 0, number: 0, steps: 1, best: undefined as Trial | undefined }
  for (;;) {
    const { done, value } = await events.next()
    if (done) return value
    if (value.type === 'search') seen.trials = value.trials
    if (value.type === 'trial') seen.number = value.number
    if (value.type === 'result' && value.trial.value !== undefined) seen.best = value.trial
    if (value.type === 'run' && value.event.type === 'start') seen.steps = value.event.steps
    if (value.type === 'run' && value.event.type === 'step') {
      const share = (seen.number - 1 + value.event.step / seen.steps) / seen.trials
      bar.show(`${filled(share)} run ${seen.number} of ${seen.trials}, step ${value.event.step}${seen.best ? `, last ${short(seen.best.value!)}` : ''}, ${duration((performance.now() - started) / 1000 * (1 / share - 1))} left`)
    }
    await breathe()
  }
}

function pageOf(net: string, network: Network, { by, trials, interrupted }: SearchOutcome): Page {
  const failed = trials.filter(t => t.failed === 'not-finite').length
  const best = trials.find(t => t.value !== undefined)
  // what is compared has a column of its own
  const rows = trials.map(t => ({ ...t, columns: Object.fromEntries(Object.entries(t.columns ?? {}).filter(([name]) => name !== by)) }))
  return {
    title: [`${net}: ${many(trials.length, 'run')}, by ${by}`], preamble: [],
    sections: trials.length === 0 ? [] : [searchTable(rows, by, by === 'loss' ? 'smaller' : 'greater')],
    footer: [...(failed > 0 ? [[`${many(failed, 'run')} became not finite.`]] : []), ...(interrupted ? [['Stopped by you; what stands here had ended.']] : []), ...(best ? [[`The best, for chainrule train: ${optionsOf(network, best)}`]] : [])],
    ok: true, data: { by, interrupted, trials: trials.map(({ number, point, value, epochs, columns, failed }) => ({ number, point, value: value ?? null, epochs, columns: columns ?? {}, ...(failed ? { failed } : {}) })) },
  }
}

/** What varies besides the numbers of the optimiser and the sizes of the network. */
const OPTIONS: readonly string[] = ['rate', 'decay', 'batch', 'epochs', 'steps', 'seed', 'warm-up', 'averaging', 'optimiser', 'schedule', 'normalise', 'init', 'clip']

/** A point as options of `chainrule train`. */
const optionsOf = (network: Network, { point }: Trial): string =>
  Object.entries(point).map(([name, value]) => (OPTIONS.includes(name) ? `--${name} ${String(value)}` : `--${network.dims.has(name) ? 'dim' : 'hyper'} ${name}=${String(value)}`)).join(' ')
