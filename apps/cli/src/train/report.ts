/** Who listens to a run: somebody at a terminal, or a program that reads lines of JSON. */
import type { RunDescription, RunEvent, TrainOutcome } from '@chainrule/train'
import { type Bar, duration, filled } from '../output/bar.ts'
import { endLines, epochTable, type EpochTable, planLines, remarkOf, short } from './text.ts'

export interface Listener { readonly event: (e: RunEvent) => void; readonly end: (o: TrainOutcome) => void }

export interface ListenerOptions { readonly watched: 'loss' | 'accuracy'; readonly folder: string | undefined; readonly bar: Bar; readonly say: (line: string) => void; readonly clock: () => number }

/** Text: what will be done, epochs as a table, what came of it; between them a bar. */
export function textListener({ watched, folder, bar, say, clock }: ListenerOptions): Listener {
  let run: RunDescription
  let table: EpochTable
  let begun = { step: 0, at: 0 }
  const write = (...lines: readonly string[]): void => { if (lines.length > 0) bar.above(() => { lines.forEach(say) }) }
  return {
    event: e => {
      if (e.type === 'plan') { run = e.run; table = epochTable(run); write(...planLines(run), '') }
      const remark = remarkOf(e)
      if (remark !== undefined) write(remark)
      if (e.type === 'tuning') bar.show(`measuring ways to compute a step: ${e.trial}, best ${short(e.best)} ms`)
      if (e.type === 'start') { begun = { step: e.step, at: clock() }; write(table.head) }
      if (e.type === 'step') bar.show(barText(e, run.numbers, (clock() - begun.at) / 1000, begun.step))
      if (e.type === 'epoch' && table.shows(e.record)) write(table.row(e.record))
    },
    end: o => { write('', ...endLines(run, o, watched, folder)) },
  }
}

/** `████░░ step 512 of 1,690, epoch 4 of 10, loss 0.1234, 1,250 steps/s, 1 s left` */
export function barText(e: { readonly step: number; readonly epoch: number; readonly loss: number }, { steps, epochs }: { readonly steps: number; readonly epochs: number }, seconds: number, from: number): string {
  const rate = (e.step - from) / seconds
  const speed = Number.isFinite(rate) && seconds > 0 ? `, ${rate >= 10 ? Math.round(rate).toLocaleString('en') : short(rate)} steps/s, ${duration((steps - e.step) / rate)} left` : ''
  return `${filled(e.step / steps)} step ${e.step.toLocaleString('en')} of ${steps.toLocaleString('en')}, epoch ${e.epoch} of ${epochs}, loss ${short(e.loss)}${speed}`
}

/** Lines of JSON: every event, and the result. */
export function jsonListener({ folder, say, clock }: ListenerOptions): Listener {
  const started = clock()
  const seconds = (): number => Math.round(clock() - started) / 1000
  const line = (o: object): void => { say(JSON.stringify(o)) }
  return {
    event: e => { line(e.type === 'epoch' ? { type: 'epoch', ...e.record, improved: e.improved, seconds: seconds() } : e.type === 'plan' ? { type: 'plan', ...e.run } : e) },
    end: ({ reason, step, best, history }) => { line({ type: 'result', reason, step, epochs: history.length, best, seconds: seconds(), ...(folder === undefined ? {} : { folder }) }) },
  }
}
