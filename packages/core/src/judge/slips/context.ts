/** What the mistakes of a claim can be made of, in its scene. */
import { type Latex, type Lexicon, readLatex, withoutSpans } from '../../language/latex/index.ts'
import type { Env } from '../meaning/env.ts'
import { functionOf } from '../meaning/functions.ts'
import { readings, ReadingProblem } from '../meaning/run.ts'
import { candidates, writtenOf } from '../meaning/symbols.ts'
import { alternativesOf, lettersIn, siblingsOf } from './alternatives.ts'
import { callsIn, functionsFor } from './calls.ts'
import { firstDataSum, isDataSum } from './data-sums.ts'
import { poolsOf } from './pools.ts'
import type { SlipContext } from './slip.ts'

/** The context for a line, given right lines to take pieces from. */
export function slipContext(line: Latex, right: readonly Latex[], env: Env, lexicon: Lexicon, claimed?: Latex): SlipContext {
  const { scene } = env
  const letters = lettersIn([line, ...right])
  const isFunction = (head: Latex): boolean => functionOf(head, env) !== undefined
  const data = firstDataSum([line, ...(claimed ? [claimed] : []), ...right], scene) ?? one('\\sum_{i \\in data} x', lexicon)
  const rank = rankIn(env)
  const calls = callsIn([line, ...right])
  const nodeOf = (e: Latex) => { const w = writtenOf(e); return w && candidates(w, env)[0]?.node }
  return {
    claimed,
    rank,
    alternatives: e => alternativesOf(e, letters, env).filter(x => rank(x) !== undefined),
    siblings: e => siblingsOf(e, env),
    ...poolsOf({ line, right, claimed, rank, isFunction, letters, env }),
    functions: functionsFor(calls.heads, env, lexicon),
    arguments: calls.arguments,
    isFunction,
    isDataSum: e => isDataSum(e, scene),
    dataSum: body => (data?.kind === 'big' ? { ...withoutSpans(data), body } as Latex : body),
    share: one('\\frac{1}{m}', lexicon)!,
    isBias: e => { const n = nodeOf(e); return n?.kind === 'param' && n.tensor.axes.length <= 1 && /^b/.test(n.name) },
    isStrength: e => { const n = nodeOf(e); return (n?.kind === 'given' || n?.kind === 'rate') && n.tensor.axes.length === 0 },
  }
}

/** The axes of a piece by itself; letters that a sum around it binds are free here. */
function rankIn(env: Env): (e: Latex) => number | undefined {
  const known = new WeakMap<Latex, { readonly rank: number | undefined }>()
  return e => {
    const old = known.get(e)
    if (old) return old.rank
    const [first] = readings(run => env.read(e, { ...env, run }), env.run.budget, new Map(), 1)
    const rank = first && !(first instanceof ReadingProblem) && first.value.kind === 'tensor' ? first.value.axes.length : undefined
    known.set(e, { rank })
    return rank
  }
}

const one = (latex: string, lexicon: Lexicon): Latex | undefined => { const [s] = readLatex(latex, { lexicon }).statements; return s && withoutSpans(s) }
