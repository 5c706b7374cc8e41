/**
 * Readings of formulas that a scan has damaged. A formula that cannot be read is judged in the readings proposed for it, and
 * the best verdict is kept, the likeliest reading first. One that is refuted as it stands is read otherwise only where it holds then.
 */
import type { Span } from '../language/ast.ts'
import { proposeRepairs, type Repair } from '../language/latex/index.ts'
import type { Bench } from './claim.ts'
import { adopt, copyOf, type PageState } from './page-state.ts'
import { networksFor, questionOf } from './questions.ts'
import type { ClaimSource, ClaimVerdict, LinkVerdict, Verdict } from './types.ts'

/** Readings judged for one formula. */
const MOST = 6

type Judge = (source: ClaimSource, page: PageState) => ClaimVerdict

const GOOD: Readonly<Record<Verdict, number>> = { proved: 5, agrees: 5, conditional: 4, refuted: 3, undecided: 2, unreadable: 0 }
const holds = (v: ClaimVerdict): boolean => GOOD[v.verdict] === 5

/** The verdict on a formula as it stands, or on a repair of it, which is then named. */
export function judgeRepaired(source: ClaimSource, bench: Bench, page: PageState, judge: Judge): ClaimVerdict {
  const asWritten = copyOf(page)
  const first = judge(source, asWritten)
  let best: { readonly verdict: ClaimVerdict; readonly page: PageState } = { verdict: first, page: asWritten }
  if (first.verdict === 'unreadable' || first.verdict === 'refuted' || first.verdict === 'undecided') for (const repair of proposed(source, bench)) {
    const own = copyOf(page)
    const verdict = judge({ ...source, latex: repair.latex }, own)
    if (GOOD[verdict.verdict] <= GOOD[best.verdict.verdict] || (first.verdict !== 'unreadable' && !holds(verdict))) continue
    best = { verdict: { ...inTheOriginal(verdict, repair), latex: source.latex, repaired: repair.latex }, page: own }
    if (holds(verdict)) break
  }
  adopt(page, best.page)
  return best.verdict
}

function proposed(source: ClaimSource, bench: Bench): readonly Repair[] {
  const [network] = networksFor(questionOf(source, bench.exercise), bench.exercise)
  const lexicon = network && bench.makers.get(network.name)?.lexicon
  return proposeRepairs(source.latex, lexicon).slice(0, MOST)
}

/** The verdict with its places in the formula as it was written. */
function inTheOriginal(v: ClaimVerdict, { changes }: Repair): ClaimVerdict {
  const offset = (at: number, end: boolean): number => {
    let shift = 0
    for (const { span, now } of changes) {
      const from = span.start + shift
      if (at < from || (at === from && end)) break
      if (at < from + now.length || (at === from + now.length && end)) return end ? span.end : span.start
      shift += now.length - (span.end - span.start)
    }
    return at - shift
  }
  const place = (s: Span): Span => { const start = offset(s.start, false); return { start, end: Math.max(start, offset(s.end, true)) } }
  return {
    ...v,
    links: v.links.map((l): LinkVerdict => ({ ...l, left: place(l.left), right: place(l.right) })),
    ...(v.slip ? { slip: { ...v.slip, where: place(v.slip.where) } } : {}),
    ...(v.problem?.span ? { problem: { ...v.problem, span: place(v.problem.span) } } : {}),
  }
}
