/** Letters of bound indices: wished ones first, then k, l, p, q, …; never one that is in use. */
import { children, type Expr, type Index } from '../expression/index.ts'
import { letterPlace } from './affine.ts'
import { sizeSymbols } from '../shape/index.ts'
import type { PrintContext, Scope } from './context.ts'
import type { Formula } from './formula.ts'
import { nameParts } from './names.ts'
import { compareRanks } from './reading-order.ts'

const usual = Array.from('klpqrsuvabchjionmtwxyz')
const usualSample = Array.from('ijsrk')
/** e is the base of the exponential. */
const never = new Set(['e'])

/** The names on the page that an index letter would be mistaken for. */
export function namesIn(e: Expr, context: PrintContext): ReadonlySet<string> {
  const names = new Set<string>([...never, ...context.used ?? []])
  const take = (name: string): void => { names.add(nameParts(name).base) }
  const takeForm = (f: Formula): void => {
    if (f.kind === 'name') take(f.name)
    else if (f.kind === 'entry') takeForm(f.base)
    else if (f.kind === 'call') f.args.forEach(takeForm)
  }
  const seen = new Set<Expr>()
  const walk = (x: Expr): void => {
    if (seen.has(x)) return
    seen.add(x)
    if (x.kind === 'symbol') {
      if (x.tensor.size) sizeSymbols(x.tensor.size, names)
      else takeForm(context.nameOf?.(x.tensor) ?? { kind: 'name', name: x.tensor.name })
    }
    if (x.kind === 'apply') take(x.fn.name)
    if (x.kind === 'selector') for (const s of [x.constant, ...x.terms.map(t => t.coefficient)]) sizeSymbols(s, names)
    children(x).forEach(walk)
  }
  walk(e)
  for (const a of context.abbreviations ?? []) takeForm(typeof a.name === 'string' ? { kind: 'name', name: a.name } : a.name)
  return names
}

/** The letters that the tensor axes under an index wish for, most wished first. */
function wishes(b: Index, parts: readonly Expr[]): string[] {
  const votes = new Map<string, { count: number; by: Expr }>()
  const seen = new Set<Expr>()
  const walk = (x: Expr): void => {
    if (seen.has(x) || !x.free.includes(b)) return
    seen.add(x)
    if (x.kind === 'symbol') x.indices.forEach((i, slot) => {
      const wish = i === b ? x.tensor.hints?.[slot - (x.tensor.sample ? 1 : 0)] : undefined
      if (wish) votes.set(wish, { count: (votes.get(wish)?.count ?? 0) + 1, by: votes.get(wish)?.by ?? x })
    })
    children(x).forEach(walk)
  }
  parts.forEach(walk)
  return [...votes].sort(([a, x], [b, y]) => y.count - x.count || compareRanks(x.by, y.by) || (a < b ? -1 : 1)).map(([wish]) => wish)
}

/** The scope with letters for the bound indices, allotted in the given order. */
export function bind(bound: readonly Index[], parts: readonly Expr[], scope: Scope, names: ReadonlySet<string>): Scope {
  const places = new Map(scope.places)
  const letters = new Set(scope.letters)
  const free = (letter: string): boolean => !letters.has(letter) && !names.has(letter)
  for (const b of bound) {
    const candidates = b.sample ? usualSample : [...wishes(b, parts), ...(b.name && b.level === 0 ? [b.name] : [])]
    const letter = candidates.find(free) ?? usual.find(free) ?? numbered(free)
    letters.add(letter)
    places.set(b, letterPlace(letter))
  }
  return { places, letters }
}

function numbered(free: (letter: string) => boolean): string {
  for (let k = 1; ; k++) {
    const letter = `k${k}`
    if (free(letter)) return letter
  }
}
