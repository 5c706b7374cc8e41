/** Diagnoses in sentences. */
import type { Diagnosis, FirstWrong } from './diagnosis.ts'

const short = (x: number): string => (x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e6) ? String(Number(x.toPrecision(4))) : x.toExponential(1))
const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`
const kinds: Readonly<Record<FirstWrong['kind'], (node: string) => string>> = {
  input: n => `the data for ${n}`, parameter: n => `the parameter ${n}`, value: n => n, gradient: n => `the gradient by ${n}`,
}

/** `p is Infinity at sample 3, entry (2), 4 of 128 entries. p = exp(z_i); z is from -3 to 812` */
export function firstWrongText(f: FirstWrong): string {
  const places = [...(f.sample === undefined ? [] : [`sample ${f.sample} of the batch`]), ...(f.entry.length === 0 ? [] : [`entry (${f.entry.join(', ')})`])]
  const count = f.of === 1 ? '' : `; ${f.wrong} of ${f.of} entries are not finite`
  const made = f.definition === undefined ? '' : `. It is ${f.definition}${f.reads.length === 0 ? '' : `, where ${f.reads.map(r => (r.least === r.greatest ? `${r.node} is ${short(r.least)}` : `${r.node} is from ${short(r.least)} to ${short(r.greatest)}`)).join(', ')}`}`
  return `The first number that is none: ${kinds[f.kind](f.node)} is ${f.value}${places.length === 0 ? '' : ` at ${places.join(', ')}`}${count}${made}.`
}

/** Updates within these shares of the weights are usual. */
const USUAL = { least: 1e-5, greatest: 0.1 } as const
/** A gradient so much smaller or larger than that of another layer has vanished or exploded on its way. */
const FAR = 1000

/** What of a diagnosis a person should look at; nothing where all is well. */
export function remarks({ layers, activations }: Diagnosis): readonly string[] {
  const sorted = [...layers].filter(l => l.arriving > 0).sort((a, b) => a.arriving - b.arriving)
  const [least, greatest] = [sorted[0], sorted.at(-1)]
  return [
    ...layers.filter(l => l.gradient === 0).map(l => `${l.layer}: its gradient is exactly 0, so it learns nothing from this batch`),
    ...(least && greatest && greatest.arriving > FAR * least.arriving ? [`the gradient that arrives at ${least.layer} is ${short(greatest.arriving / least.arriving)} times smaller than at ${greatest.layer}`] : []),
    ...layers.filter(l => l.ratio !== null && l.ratio > USUAL.greatest).map(l => `${l.layer}: one step changes its weights by ${percent(l.ratio!)} of their size; the rate may be too large`),
    ...layers.filter(l => l.ratio !== null && l.ratio < USUAL.least && l.gradient > 0).map(l => `${l.layer}: one step changes its weights by ${short(l.ratio!)} of their size; it hardly learns`),
    ...activations.filter(a => a.dead > 0).map(a => `${a.node}: ${percent(a.dead)} of its ${a.units} ${a.function} units are dead on this batch`),
    ...activations.filter(a => a.saturated > 0).map(a => `${a.node}: ${percent(a.saturated)} of its ${a.units} ${a.function} units are saturated on the whole batch`),
  ]
}
