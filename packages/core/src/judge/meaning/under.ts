/** What stands below a sum: the letters that it binds, with their ranges and sets, and the conditions on them. */
import type { BigNode, Latex, RelationNode } from '../../language/latex/ast.ts'
import type { Env } from './env.ts'
import { ReadingProblem } from './run.ts'

export interface UnderLetter {
  /** Empty where only the set is named: `\sum_{data}`. */
  readonly name: string
  readonly from?: Latex
  readonly to?: Latex
  /** The numbers of a set that is written out: `k \in \{1, 2\}`. */
  readonly among?: readonly number[]
  /** Said to run over the data. */
  readonly data: boolean
}

export interface Under { readonly letters: readonly UnderLetter[]; readonly conditions: readonly Latex[] }

const DATA = /^(data|dataset|samples?|train|training|batch|examples?|daten|d|s|b|x|dom)$/i

/** Whether a set is the data: `data`, `\mathcal{D}`. */
export function isDataSet(e: Latex): boolean {
  switch (e.kind) {
    case 'text': return DATA.test(e.text)
    case 'symbol': return e.name.length > 1 ? DATA.test(e.name) : (e.font !== undefined && e.font !== 'blackboard') || /^[DSB]$/.test(e.name)
    case 'scripted': return isDataSet(e.base)
    case 'product': return e.operators.every(o => o === 'juxtapose') && e.factors.every(f => f.kind === 'symbol') && DATA.test(e.factors.map(f => (f.kind === 'symbol' ? f.name : '')).join(''))
    default: return false
  }
}

/** The letters and conditions below a sum. */
export function underOf(e: BigNode, env: Env): Under {
  const letters: UnderLetter[] = []
  const conditions: Latex[] = []
  const bind = (l: UnderLetter): void => { if (!letters.some(m => m.name === l.name)) letters.push(l) }
  const items = e.under.flatMap(u => (u.kind === 'list' ? u.items : [u]))
  items.forEach((u, k) => {
    if (u.kind === 'symbol' && u.name.length === 1) { bind({ name: u.name, data: false, ...(e.upper && items.length === 1 ? { to: e.upper } : {}) }); return }
    if (u.kind === 'product' && u.operators.every(o => o === 'juxtapose') && u.factors.every(f => f.kind === 'symbol') && !isDataSet(u)) {
      for (const f of u.factors) if (f.kind === 'symbol') bind({ name: f.name, data: false })
      return
    }
    if (isDataSet(u)) { bind({ name: '', data: true }); return }
    if (u.kind === 'symbol') { bind({ name: u.name, data: false }); return }
    if (u.kind !== 'relation') throw new ReadingProblem('form', 'It is unclear what this sum runs over.', u.span)
    relationUnder(u, k === items.length - 1 ? e.upper : undefined, bind, conditions, letters, env)
  })
  if (letters.length === 0 && conditions.length === 0) throw new ReadingProblem('form', 'This sum does not say what it runs over.', e.span)
  return { letters, conditions }
}

const letterOf = (e: Latex | undefined): string | undefined => (e?.kind === 'symbol' && e.name.length === 1 ? e.name : undefined)

function relationUnder(u: RelationNode, upper: Latex | undefined, bind: (l: UnderLetter) => void, conditions: Latex[], letters: readonly UnderLetter[], env: Env): void {
  const [a, b] = u.parts
  const [relation] = u.relations
  const name = letterOf(a)
  if (u.parts.length === 2 && name && b && relation === '=' && (upper || b.kind === 'number')) {
    bind({ name, from: b, ...(upper ? { to: upper } : {}), data: false })
    return
  }
  if (u.parts.length === 2 && relation === '∈' && b) {
    const names = a?.kind === 'list' ? a.items.map(letterOf) : [name]
    if (names.some(n => n === undefined)) throw new ReadingProblem('form', 'It is unclear what this sum runs over.', u.span)
    const set = isDataSet(b) ? { data: true } : { data: false, ...membersOf(b) }
    for (const n of names) bind({ name: n!, ...set })
    return
  }
  // 1 ≤ k ≤ n
  if (u.parts.length === 3 && u.relations.every(r => r === '≤') && letterOf(b)) {
    bind({ name: letterOf(b)!, from: a!, to: u.parts[2]!, data: false })
    return
  }
  conditions.push(u)
  const written = u.parts.map(letterOf).filter(n => n !== undefined)
  const open = written.filter(n => !letters.some(l => l.name === n) && !isKnown(n, env))
  if (written.some(n => letters.some(l => l.name === n))) return
  const choices = open.length > 0 ? open : written
  const chosen = choices[choices.length > 1 ? env.run.choose(choices.length) : 0]
  if (chosen === undefined) throw new ReadingProblem('form', 'This sum binds no letter.', u.span)
  bind({ name: chosen, data: false })
}

/** What a set that is written out holds: numbers, or a range `\{1, \dots, n\}`. */
export function membersOf(e: Latex): Pick<UnderLetter, 'from' | 'to' | 'among'> {
  const items = e.kind === 'group' && e.bracket === '{' ? e.items.flatMap(i => (i.kind === 'list' ? i.items : [i])) : []
  const dots = items.findIndex(i => i.kind === 'dots')
  const counted = items.slice(0, dots < 0 ? undefined : dots)
  const among = counted.map(i => (i.kind === 'number' && /^\d+$/.test(i.text) ? Number(i.text) : NaN))
  if (among.length === 0 || among.some(Number.isNaN)) throw new ReadingProblem('form', 'What this set holds is not known.', e.span)
  if (dots < 0) return { among: [...new Set(among)] }
  if (dots !== items.length - 2 || among.some((n, k) => n !== among[0]! + k)) throw new ReadingProblem('form', 'What the dots stand for is not read.', e.span)
  return { from: items[0]!, to: items.at(-1)! }
}

/** A letter that stands for something already, here or elsewhere in the claim. */
const isKnown = (name: string, env: Env): boolean =>
  env.letters.has(name) || env.run.sizes.has(name) || [...env.run.free.keys()].some(k => k.startsWith(`${name}|`))
