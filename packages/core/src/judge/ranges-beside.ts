/** Ranges beside a chain, put together from what commas part: `i, j = 1, \dots, n`, `j = 1, 2`. */
import type { Latex, RelationNode } from '../language/latex/ast.ts'
import { isLetter, type Names } from './statements.ts'

/** The statements with every such range as conditions of its letters. */
export function withRanges(statements: readonly Latex[], names: Names): readonly Latex[] {
  const made: Latex[] = []
  for (let k = 0; k < statements.length; k++) {
    let at = k
    while (isLetter(statements[at], names)) at++
    const head = statements[at]
    const own = head?.kind === 'relation' && head.parts.length === 2 && isLetter(head.parts[0], names) ? head : undefined
    const letters = own ? [...statements.slice(k, at), own.parts[0]!] : []
    const members = own?.relations[0] === '=' && own.parts[1]?.kind === 'number' ? [own.parts[1], ...membersFrom(statements, at + 1)] : []
    if (members.length > 1) made.push(...letters.map(l => rangeOf(l, members, own!)))
    else if (own && letters.length > 1) made.push(...letters.map(l => ({ ...own, parts: [l, own.parts[1]] })))
    else { made.push(statements[k]!); continue }
    k = at + Math.max(0, members.length - 1)
  }
  return made
}

/** Numbers and dots behind the first number, with what ends them. */
function membersFrom(statements: readonly Latex[], from: number): readonly Latex[] {
  let at = from
  while (statements[at]?.kind === 'number' || statements[at]?.kind === 'dots') at++
  const end = statements[at]
  const ended = statements[at - 1]?.kind === 'dots' && at > from && (end?.kind === 'symbol' || end?.kind === 'sum' || end?.kind === 'scripted')
  return statements.slice(from, ended ? at + 1 : at)
}

function rangeOf(letter: Latex, members: readonly Latex[], e: RelationNode): RelationNode {
  const span = { start: e.span.start, end: members.at(-1)!.span.end }
  const [first, last] = [members[0]!, members.at(-1)!]
  if (members.some(m => m.kind === 'dots') && last.kind !== 'dots') return { kind: 'relation', span, own: [], parts: [first, letter, last], relations: ['≤', '≤'] }
  return { kind: 'relation', span, own: [], parts: [letter, { kind: 'group', bracket: '{', items: members, span, own: [] }], relations: ['∈'] }
}
