/** Expressions that have a name on the page are recognised up to renaming of their free indices. */
import { colouredHash } from '../expression/hash.ts'
import { type Expr, type Index, substitute } from '../expression/index.ts'
import type { Abbreviation, PrintContext } from './context.ts'

/** An abbreviation that fits, with the indices and the sample index that stand for those of its expression. */
export interface Match { readonly abbreviation: Abbreviation; readonly indices: readonly Index[]; readonly sample: Index | undefined }

const mark = (i: Index): number => (i.sample ? 2 : 1)
const anonymousHash = (e: Expr): number => colouredHash(e, new Map(e.free.map(i => [i, mark(i)])))

interface Known { readonly abbreviation: Abbreviation; readonly hash: number }
const known = new WeakMap<PrintContext, readonly Known[]>()

function table(context: PrintContext): readonly Known[] {
  let list = known.get(context)
  if (!list) known.set(context, list = (context.abbreviations ?? []).map(a => ({ abbreviation: a, hash: anonymousHash(a.expr) })))
  return list
}

/** All ways to send the indices of one list to distinct ones of another of the same kind. */
function* assignments(from: readonly Index[], to: readonly Index[]): Generator<Map<Index, Index>> {
  const [first, ...rest] = from
  if (!first) { yield new Map(); return }
  for (const target of to) {
    if (target.size !== first.size || target.sample !== first.sample) continue
    for (const map of assignments(rest, to.filter(t => t !== target))) yield map.set(first, target)
  }
}

/** The abbreviation that an expression is an instance of. Expressions with more than four free indices are matched as they stand. */
export function findAbbreviation(e: Expr, context: PrintContext): Match | undefined {
  if (!context.abbreviations || e.kind === 'number') return undefined
  const candidates = table(context).filter(k => k.abbreviation.expr.kind === e.kind && k.abbreviation.expr.level === e.level && k.abbreviation.expr.free.length === e.free.length)
  if (candidates.length === 0) return undefined
  const hash = anonymousHash(e)
  for (const { abbreviation, hash: own } of candidates) {
    if (own !== hash) continue
    const { expr } = abbreviation
    const maps = expr === e ? [new Map<Index, Index>()] : e.free.length <= 4 ? assignments(expr.free, e.free) : []
    for (const map of maps) {
      if (expr !== e && substitute(expr, map) !== e) continue
      const image = (i: Index): Index => map.get(i) ?? i
      const sample = expr.free.find(i => i.sample)
      return { abbreviation, indices: (abbreviation.indices ?? []).map(image), sample: sample ? image(sample) : undefined }
    }
  }
  return undefined
}
