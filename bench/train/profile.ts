/** Where the time of a step goes: ONNX Runtime's own profile, summed over the operations of a kind, and the slowest single ones. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'

interface Event { readonly cat: string; readonly name: string; readonly dur: number; readonly args?: { readonly op_name?: string; readonly output_type_shape?: unknown; readonly input_type_shape?: unknown } }
interface Entry { readonly what: string; readonly milliseconds: number; readonly share: number; readonly count: number }

const MARK = '_kernel_time'

function grouped(events: readonly Event[], key: (e: Event) => string): Map<string, Event[]> {
  const groups = new Map<string, Event[]>()
  for (const e of events) { const list = groups.get(key(e)); if (list) list.push(e); else groups.set(key(e), [e]) }
  return groups
}

/** Milliseconds a step by key, the largest first. */
function summed(events: readonly Event[], steps: number, key: (e: Event) => string): Entry[] {
  const all = events.reduce((s, e) => s + e.dur, 0)
  const groups = grouped(events, key)
  return [...groups].map(([what, list]) => { const time = list.reduce((s, e) => s + e.dur, 0); return { what, milliseconds: time / 1000 / steps, share: time / all, count: list.length / steps } }).sort((a, b) => b.milliseconds - a.milliseconds)
}

/** The profile written under this prefix; the first steps are left out. The file is removed. */
export function profileUnder(prefix: string, most: number): { readonly kinds: readonly Entry[]; readonly slowest: readonly Entry[] } {
  const folder = dirname(prefix)
  const files = readdirSync(folder).filter(f => f.startsWith(basename(prefix)))
  const events = files.flatMap(f => JSON.parse(readFileSync(`${folder}/${f}`, 'utf8')) as Event[]).filter(e => e.cat === 'Node' && e.name.endsWith(MARK))
  files.forEach(f => rmSync(`${folder}/${f}`))
  const runs = Math.max(...[...grouped(events, e => e.name).values()].map(l => l.length))
  const settled = events.slice(Math.ceil(events.length / 4))
  const steps = runs * settled.length / events.length
  const shapeOf = (e: Event): string => JSON.stringify(e.args?.output_type_shape ?? '').replace(/[{}"]|float:|int64:/g, '')
  const inputs = (e: Event): string => JSON.stringify(e.args?.input_type_shape ?? '').replace(/[{}"]|float:|int64:/g, '')
  return { kinds: summed(settled, steps, e => e.args?.op_name ?? '?'), slowest: summed(settled, steps, e => `${e.name.slice(0, -MARK.length)} ${inputs(e)} -> ${shapeOf(e)}`).slice(0, most) }
}

export function printProfile({ kinds, slowest }: ReturnType<typeof profileUnder>): void {
  for (const list of [kinds, slowest]) {
    for (const e of list) console.log(`${e.milliseconds.toFixed(3).padStart(9)} ms ${(100 * e.share).toFixed(1).padStart(5)} %  ${e.count.toFixed(0).padStart(4)}  ${e.what}`)
    console.log()
  }
}
