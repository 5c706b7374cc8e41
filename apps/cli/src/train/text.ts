/** A run in words: what it will do, a line for each epoch, what came of it. */
import { type EpochRecord, firstWrongText, type RunDescription, type RunEvent, type TrainOutcome } from '@chainrule/train'
import { lookLines } from './diagnosis.ts'

export const many = (n: number, one: string, more = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : more}`
/** Four digits that count. */
export const short = (x: number): string => (Number.isFinite(x) ? (Math.abs(x) >= 1e4 || (x !== 0 && Math.abs(x) < 1e-3) ? x.toExponential(3) : x.toPrecision(4)) : String(x))
export const percent = (x: number): string => `${(100 * x).toFixed(2)} %`

/** What a run will do, a line for each thing. */
export function planLines({ network, data, runtime, numbers, decay, clip }: RunDescription): string[] {
  const hyper = Object.entries(numbers.hyper).map(([k, v]) => `${k} ${v}`).join(', ')
  const more = [...(numbers.schedule === 'constant' ? [] : [numbers.schedule]), ...(numbers.warmUp > 0 ? [`warm-up ${many(numbers.warmUp, 'step')}`] : []), ...(decay > 0 ? [`weight decay ${decay}`] : []), ...(clip ? [`clipped by ${clip.kind} at ${clip.limit}`] : [])]
  const normalised = data.normalised.map(n => `${n.field}: ${normaliseWords[n.kind]}`)
  return [
    `network  ${network.path}: ${many(network.parameters, 'parameter')}, loss ${network.loss}${network.output === undefined ? '' : `, output ${network.output}`}`,
    `data     ${data.name}: ${many(data.train, 'sample')} to train on, ${data.validation === 0 ? 'none' : data.validation.toLocaleString('en')} for validation${normalised.length > 0 ? `; ${normalised.join(', ')}` : ''}`,
    ...data.leaves.flatMap(l => (l.conversion === 'same' || l.conversion === 'classes' || l.conversion === 'rows' ? [] : [`         ${l.name}: ${conversionWords[l.conversion]}${l.conversion === 'flattened' ? ` from ${l.given.join(' x ')} to ${l.shape.join(' x ')}` : ''}`])),
    ...(data.unused.length > 0 ? [`         not used: ${data.unused.join(', ')}`] : []),
    `steps    ${many(numbers.steps, 'step')}, batches of ${numbers.batch}, ${many(numbers.epochs, 'epoch')} of ${many(numbers.stepsPerEpoch, 'step')}; seed ${numbers.seed}`,
    `by       ${[`${numbers.optimiser}, rate ${numbers.rate}`, ...(hyper === '' ? [] : [hyper]), ...more].join(', ')}; ${runtime.name}, ${runtime.precision}, ${many(runtime.threads, 'thread')}`,
  ]
}

const normaliseWords: Readonly<Record<string, string>> = { scale: 'divided by the greatest value', mean: 'mean subtracted', standard: 'each feature to mean 0 and variance 1', channel: 'each channel to mean 0 and variance 1', none: 'as it is' }
const conversionWords: Readonly<Record<string, string>> = { flattened: 'row by row,', reshaped: 'reshaped', number: 'classes as 0 and 1', text: 'from the text of the network' }

interface Column { readonly title: string; readonly width: number; readonly cell: (r: EpochRecord) => string }

/** The columns that a run has. */
function columnsOf({ data, network }: RunDescription): Column[] {
  const classes = data.leaves.some(l => l.role === 'target' && l.classes !== undefined) && network.output !== undefined
  return [
    { title: 'epoch', width: 7, cell: r => String(r.epoch) },
    { title: 'step', width: 8, cell: r => r.step.toLocaleString('en') },
    { title: 'rate', width: 11, cell: r => String(Number(r.rate.toPrecision(4))) },
    { title: 'loss', width: 11, cell: r => short(r.train.loss) },
    ...(data.validation > 0 ? [{ title: 'validation', width: 12, cell: (r: EpochRecord) => (r.validation ? short(r.validation.loss) : '') }] : []),
    ...(data.validation > 0 && classes ? [{ title: 'accuracy', width: 11, cell: (r: EpochRecord) => (r.validation?.accuracy === undefined ? '' : percent(r.validation.accuracy)) }] : []),
  ]
}

/** Rows of the table of epochs; of long runs every so manieth. */
export interface EpochTable { readonly head: string; readonly row: (r: EpochRecord) => string; readonly shows: (r: EpochRecord) => boolean }

const MOST_ROWS = 20

export function epochTable(run: RunDescription): EpochTable {
  const columns = columnsOf(run)
  const every = Math.ceil(run.numbers.epochs / MOST_ROWS)
  const line = (cell: (c: Column) => string): string => columns.map(c => cell(c).padStart(c.width)).join('')
  return { head: line(c => c.title), row: r => line(c => c.cell(r)), shows: r => r.epoch % every === 0 || r.step >= run.numbers.steps }
}

const reasons: Readonly<Record<TrainOutcome['reason'], string>> = { finished: 'finished', early: 'stopped early: no improvement', interrupted: 'stopped by you', 'not-finite': 'stopped: not finite' }

/** What came of a run. */
export function endLines(run: RunDescription, { reason, step, history }: Pick<TrainOutcome, 'reason' | 'step' | 'history'>, watched: 'loss' | 'accuracy', folder: string | undefined): string[] {
  const valueOf = (r: EpochRecord): number => (watched === 'accuracy' ? -(r.validation?.accuracy ?? -Infinity) : (r.validation ?? r.train).loss)
  const best = history.reduce<EpochRecord | undefined>((a, r) => (a && valueOf(a) <= valueOf(r) ? a : r), undefined)
  const where = run.data.validation > 0 ? 'validation' : 'training'
  const accuracy = best?.validation?.accuracy
  return [
    `${reasons[reason]} after ${many(step, 'step')}${best ? `; best by ${where} ${watched}: epoch ${best.epoch}, loss ${short((best.validation ?? best.train).loss)}${accuracy === undefined ? '' : `, accuracy ${percent(accuracy)}`}` : ''}`,
    folder === undefined ? 'nothing is kept: -o FOLDER keeps checkpoints' : `checkpoints in ${folder}`,
  ]
}

/** What an event has to say to somebody who reads along; nothing for most. */
export function remarkOf(e: RunEvent): string | undefined {
  switch (e.type) {
    case 'start': return [...e.skipped.map(s => `passed over ${s.path}: ${s.reason}`), ...(e.resumed === undefined ? [] : [`goes on after step ${e.step.toLocaleString('en')}, from ${e.resumed}`])].join('\n') || undefined
    case 'tuned': return e.choices === 0 ? undefined : `${many(e.choices, 'part')} of a step computed in another way than usual, as measured`
    case 'diagnosis': return lookLines(e).join('\n')
    case 'not-finite': return `step ${e.step}: ${e.what} is not finite. ${e.first ? `${firstWrongText(e.first)} ` : ''}A smaller --rate, a --warm-up or --clip 1 may help.`
    default: return undefined
  }
}
