/**
 * Readings of a damaged formula: signs that a scan takes for others, brackets that went missing.
 *
 * Every rule that finds something to change says how likely the damage is where its pattern stands. A proposal takes or leaves each;
 * its weight is the product of what that costs, and the heaviest that can be read come first. The reader itself never repairs.
 */
import { ChainError } from '../../errors.ts'
import type { Lexicon } from './ast.ts'
import { readLatex } from './read.ts'
import { bracketRepairs } from './repair-brackets.ts'
import type { Change, RepairChoice } from './repair-choice.ts'
import { signRepairs } from './repair-signs.ts'

/** A formula that can be read, and what was changed in it. */
export interface Repair { readonly latex: string; readonly changes: readonly Change[] }

const most = 16
const tries = 48
/** Longer texts are no single formula that a scan damaged; the patterns are tried in bounded time. */
const longest = 4_000

/** At most 16 repairs, the most likely first, each of which can be read. */
export function proposeRepairs(source: string, lexicon?: Lexicon): readonly Repair[] {
  if (source.length > longest || /\s{40}/.test(source)) return []
  const found: Repair[] = []
  for (const changes of combinations([...signRepairs(source, lexicon), ...bracketRepairs(source)])) {
    const latex = applied(source, changes)
    if (latex === undefined || latex === source || found.some((other) => other.latex === latex) || !canBeRead(latex, lexicon)) continue
    found.push({ latex, changes })
    if (found.length === most) break
  }
  return found
}

/** The likeliest ways to take or leave each choice. */
function combinations(choices: readonly RepairChoice[]): readonly (readonly Change[])[] {
  let ways: { readonly weight: number; readonly changes: readonly Change[] }[] = [{ weight: 1, changes: [] }]
  for (const choice of choices) {
    const left = 1 - Math.max(...choice.map(({ likely }) => likely))
    ways = ways.flatMap(({ weight, changes }) => [
      { weight: weight * left, changes },
      ...choice.map((option) => ({ weight: weight * option.likely, changes: [...changes, ...option.changes] })),
    ]).sort((a, b) => b.weight - a.weight).slice(0, tries)
  }
  return ways.map(({ changes }) => [...changes].sort((a, b) => a.span.start - b.span.start))
}

/** The source with all changes made; undefined where two overlap. */
function applied(source: string, changes: readonly Change[]): string | undefined {
  let result = ''
  let at = 0
  for (const { span, now } of changes) {
    if (span.start < at) return undefined
    result += source.slice(at, span.start) + now
    at = span.end
  }
  return result + source.slice(at)
}

function canBeRead(latex: string, lexicon: Lexicon | undefined): boolean {
  try {
    readLatex(latex, lexicon === undefined ? {} : { lexicon })
    return true
  } catch (error) {
    if (error instanceof ChainError) return false
    throw error
  }
}
