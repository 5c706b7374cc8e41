/** A look inside a run, in words. */
import { type ActivationDiagnosis, type LayerDiagnosis, remarks, type RunEvent } from '@chainrule/train'

type Look = Extract<RunEvent, { type: 'diagnosis' }>

const digits = (x: number): string => (x === 0 || (x >= 1e-3 && x < 1e4) ? String(Number(x.toPrecision(3))) : x.toExponential(1))
const share = (x: number): string => `${Number((100 * x).toPrecision(3))} %`

/** Columns as wide as their widest cell; the first is to the left. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map(r => r[c]!.length)))
  return rows.map(r => r.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('   ').trimEnd())
}

const layerRow = (l: LayerDiagnosis): string[] => [l.layer, digits(l.arriving), digits(l.gradient), digits(l.size), l.ratio === null ? '-' : digits(l.ratio)]
const activationRow = (a: ActivationDiagnosis): string[] => [a.node, a.function, String(a.units), share(a.dead), share(a.saturated), share(a.off), share(a.flat)]

/** Tables of layers and activations, and what a person should look at. */
export function lookLines(e: Look): string[] {
  const layers = columns([['layer', 'gradient that arrives', 'gradient of its weights', 'weights', 'update / weights'], ...e.layers.map(layerRow)])
  const activations = e.activations.length === 0 ? [] : columns([['activation', '', 'units', 'dead', 'saturated', 'values off', 'values flat'], ...e.activations.map(activationRow)])
  const said = remarks(e)
  return ['', `inside step ${e.step.toLocaleString('en')}`, ...[...layers, ...activations, ...(said.length > 0 ? said.map(r => `! ${r}`) : [])].map(l => `  ${l}`), '']
}
