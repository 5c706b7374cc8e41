/** The report of `gradcheck`: every derived gradient against central differences. */
import { ChainError } from '../errors.ts'
import { type Dense, evaluateNodes, floats, gradcheck, type GradientEntry, makePoint, type Point, randomFunctions, randomPoint } from '../evaluate/index.ts'
import { gradients } from '../calculus/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { printSize } from '../shape/index.ts'
import type { Page } from './page.ts'
import { asNumber } from './numbers.ts'
import { evaluateGradients, scalarOutput } from './numeric-gradients.ts'
import { type Given, readPoint } from './point.ts'

export interface GradcheckRequest {
  readonly at?: unknown
  readonly seed?: number
  /** Greatest scaled relative error that passes. */
  readonly tolerance?: number
  /** Most entries checked per tensor; larger tensors are sampled evenly. */
  readonly entries?: number
  /** Changes gradients before they are compared; tests put errors in. */
  readonly tamper?: (name: string, gradient: Float64Array) => void
}

/** Numbers touched per tensor; it bounds how many entries of a large one are looked at. */
const MOST_WORK = 2e6

type Verdict = 'pass' | 'fail' | 'kink' | 'below noise'
interface Row { readonly name: string; readonly verdict: Verdict; readonly checked: number; readonly of: number; readonly worst: GradientEntry | undefined; readonly entry: string; readonly kinks: readonly string[] }

const said = (v: GradientEntry['verdict']): Verdict => (v === 'below-noise' ? 'below noise' : v)
const ORDER: readonly Verdict[] = ['pass', 'below noise', 'kink', 'fail']

/** Compares every gradient by a parameter or input with differences. `ok` is false when one fails. */
export function gradcheckReport(network: Network, request: GradcheckRequest = {}): Page {
  const of = scalarOutput(network)
  if (!of) throw new ChainError({ problem: 'There is no scalar output whose gradients could be checked.', expected: 'Declare a loss: `loss E = ...`.' })
  const point = startingPoint(network, (request.at ?? {}) as Given, request.seed ?? 1)
  const leaves = network.nodes.filter(n => !n.definition && n.kind !== 'target' && !n.facts.some(f => f === 'class' || f === 'one-hot'))
  const numeric = evaluateGradients(network, of, fresh(point), floats, gradients(network, of, leaves))
  const rows = leaves.flatMap(n => {
    const g = numeric.byKey.get(n.tensor.key)
    return g ? [check(network, of, n, point, summedOverSamples(g, n, point), request)] : []
  })
  const ok = rows.every(r => r.verdict !== 'fail')
  const worst = [...rows].sort((a, b) => ORDER.indexOf(b.verdict) - ORDER.indexOf(a.verdict) || (b.worst?.error ?? 0) - (a.worst?.error ?? 0))[0]
  return {
    title: [`gradients of ${of.name} against central differences`], preamble: [['Richardson extrapolation, steps by magnitude; scaled relative error |derived − numeric| / max(|derived|, |numeric|)']],
    sections: [{
      kind: 'table', columns: ['variable', 'verdict', 'entries', 'worst entry', 'derived', 'numeric', 'error'], align: ['left', 'left', 'right', 'left', 'right', 'right', 'right'],
      rows: rows.map(r => [{ kind: 'name', name: r.name }, r.verdict, r.checked === r.of ? String(r.of) : `${r.checked} of ${r.of}`, r.entry ? [{ kind: 'name', name: r.name }, r.entry.slice(r.name.length)] : '', short(r.worst?.given), short(r.worst?.numeric), r.worst ? r.worst.error.toExponential(1) : '']),
    }],
    footer: [
      ...rows.flatMap(r => (r.kinks.length ? [[`kink: ${r.kinks.slice(0, 6).join(', ')}${r.kinks.length > 6 ? ', …' : ''} — the one-sided slopes differ, so the derivative there is a convention`]] : [])),
      [`${rows.filter(r => r.verdict === 'pass').length} of ${rows.length} pass${worst ? `; worst: ${worst.entry}` : ''}`],
    ],
    ok,
    data: {
      of: of.name, ok, worst: worst?.entry ?? null,
      gradients: rows.map(r => ({ name: r.name, verdict: r.verdict, checked: r.checked, entries: r.of, error: r.worst?.error ?? null, worst: r.entry || null, derived: r.worst?.given ?? null, numeric: r.worst?.numeric ?? null, kinks: r.kinks })),
    },
  }
}

const short = (x: number | undefined): string => (x === undefined ? '' : String(Number(x.toPrecision(7))))

/** Numbers that the text and the point give; what is missing is drawn. */
function startingPoint(network: Network, given: Given, seed: number): Point<number> {
  const read = readPoint(network, given)
  const drawn = read.missing.length > 0 ? randomPoint(network.nodes, network.dims, { seed, keepValues: true, sizes: new Map([...read.sizes].filter(([k]) => k !== printSize(network.samples) || read.sampled || network.nodes.some(n => n.tensor.sample && read.values.has(n.tensor.key)))), awayFromKinks: 1e-2 }) : undefined
  const sizes = drawn?.sizes ?? read.sizes
  const values = new Map<string, Dense<number>>()
  for (const n of network.nodes) {
    if (n.definition) continue
    const own = read.values.get(n.tensor.key)
    if (own) values.set(n.tensor.key, { shape: own.shape, data: Float64Array.from({ length: own.data.length }, (_, k) => asNumber(own.data[k]!)) })
    else values.set(n.tensor.key, drawn!.floats.values.get(n.tensor.key)!)
  }
  return makePoint<number>({ sizes, values, functions: randomFunctions(seed) })
}

const fresh = (p: Point<number>): Point<number> => makePoint<number>({ sizes: p.sizes, values: p.values, functions: p.functions })

/** The gradient of the sum of the output over its samples. */
function summedOverSamples(g: Dense<number>, n: NetworkNode, point: Point<number>): Float64Array {
  const size = point.values.get(n.tensor.key)!.data.length
  const out = new Float64Array(size)
  for (let k = 0; k < g.data.length; k++) out[k % size] = out[k % size]! + g.data[k]!
  return out
}

function check(network: Network, of: NetworkNode, n: NetworkNode, at: Point<number>, gradient: Float64Array, request: GradcheckRequest): Row {
  request.tamper?.(n.name, gradient)
  const start = at.values.get(n.tensor.key)!
  const x = Float64Array.from({ length: start.data.length }, (_, k) => start.data[k]!)
  const f = (moved: Float64Array): number => {
    const p = fresh(at)
    p.values.set(n.tensor.key, { shape: start.shape, data: Float64Array.from(moved) })
    const value = evaluateNodes(network.nodes, p, floats).values.get(of.tensor.key)!
    let sum = 0
    for (let k = 0; k < value.data.length; k++) sum += value.data[k]!
    return sum
  }
  const work = [...at.values.values()].reduce((s, v) => s + v.data.length, 0)
  const most = request.entries ?? Math.max(4, Math.min(200, Math.floor(MOST_WORK / work)))
  const entries = x.length <= most ? undefined : Array.from({ length: most }, (_, k) => Math.floor(k * x.length / most))
  const report = gradcheck(f, x, gradient, { ...(request.tolerance === undefined ? {} : { tolerance: request.tolerance }), ...(entries ? { entries } : {}), seed: request.seed ?? 1 })
  const verdicts = report.entries.map(e => said(e.verdict))
  const verdict = verdicts.reduce<Verdict>((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a), 'pass')
  const named = (e: GradientEntry): string => `${n.name}${position(e.index, start.shape)}`
  const worst = report.worst ?? report.entries.find(e => said(e.verdict) === verdict)
  return { name: n.name, verdict, checked: report.entries.length, of: x.length, worst, entry: worst ? named(worst) : '', kinks: report.entries.filter(e => e.verdict === 'kink').map(named) }
}

function position(k: number, shape: readonly number[]): string {
  if (shape.length === 0) return ''
  const at: number[] = []
  let rest = k
  for (let d = shape.length - 1; d >= 0; d--) { at.unshift(rest % shape[d]! + 1); rest = Math.floor(rest / shape[d]!) }
  return `[${at.join(',')}]`
}
