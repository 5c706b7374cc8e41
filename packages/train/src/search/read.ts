import { badAxis } from './messages.ts'
import type { Axis } from './space.ts'

const value = (text: string): number | string | boolean => (text === 'true' ? true : text === 'false' ? false : text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)

/** An axis as it is typed: `rate=1e-4..1e-1:log`, `hidden=32..128:whole`, `optimiser=sgd,adam`. Throws a ChainError for anything else. */
export function readAxis(text: string): readonly [string, Axis] {
  const form = /^\s*([\w.-]+)\s*=\s*(.+?)\s*$/.exec(text)
  if (!form) throw badAxis(text)
  const [, name, rest] = form as unknown as [string, string, string]
  const range = /^([^.,:]+(?:\.\d[^.,:]*)?)\.\.([^,:]+)((?::\w+)*)$/.exec(rest)
  if (!range) return [name, { kind: 'choice', values: rest.split(',').map(v => value(v.trim())) }]
  const [from, to] = [Number(range[1]), Number(range[2])]
  const marks = range[3]!.split(':').filter(Boolean)
  if (!Number.isFinite(from) || !Number.isFinite(to) || !marks.every(m => ['log', 'linear', 'whole'].includes(m))) throw badAxis(text)
  return [name, { kind: marks.includes('log') ? 'log' : 'linear', from, to, ...(marks.includes('whole') ? { whole: true } : {}) }]
}
