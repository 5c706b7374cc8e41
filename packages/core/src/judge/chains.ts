/** The chains of a formula, `A = B = C`, with the conditions that stand beside them. */
import type { Latex, LatexFormula, Relation, RelationNode } from '../language/latex/ast.ts'

/** A chain: its parts, and `relations[k]` between the parts k and k + 1. A part that is missing is `undefined`. */
export interface Chain {
  readonly parts: readonly (Latex | undefined)[]
  readonly relations: readonly Relation[]
  /** `i \neq j` beside the chain. */
  readonly conditions: readonly Latex[]
}

const LETTER = /^[a-z]$/
const isLetter = (e: Latex | undefined): boolean => e?.kind === 'symbol' && LETTER.test(e.name)

/** A relation between index letters says when a chain holds; it claims nothing itself. */
export function isCondition(e: Latex, isIndex: (letter: string) => boolean): boolean {
  switch (e.kind) {
    case 'relation': return e.parts.every(p => p !== undefined && (isLetter(p) || p.kind === 'number' || p.kind === 'list' || p.kind === 'text' || p.kind === 'symbol' || p.kind === 'dots' || p.kind === 'group'))
      && e.relations.every(r => r === '≠' || r === '=' || r === '<' || r === '≤' || r === '>' || r === '≥' || r === '∈')
      && lettersOf(e).length > 0 && lettersOf(e).every(isIndex) && isLetter(firstLetter(e))
    case 'group': return e.items.length > 0 && e.items.every(i => isCondition(i, isIndex))
    case 'list': return e.items.some(i => isCondition(i, isIndex)) && e.items.every(i => i.kind === 'text' || isCondition(i, isIndex))
    default: return false
  }
}

const firstLetter = (e: RelationNode): Latex | undefined => e.parts.find(p => p !== undefined)
const lettersOf = (e: RelationNode): string[] => e.parts.flatMap(p => (p?.kind === 'symbol' && LETTER.test(p.name) ? [p.name] : []))

/** The chains of a formula. `isIndex` tells index letters from declared quantities. */
export function chainsOf(formula: LatexFormula, isIndex: (letter: string) => boolean): readonly Chain[] {
  const chains: Chain[] = []
  const before: Latex[] = []
  for (const s of formula.statements) {
    if (s.kind === 'text' || s.kind === 'dots') continue
    if (isCondition(s, isIndex)) {
      const last = chains.at(-1)
      if (last) chains[chains.length - 1] = { ...last, conditions: [...last.conditions, s] }
      else before.push(s)
      continue
    }
    chains.push(s.kind === 'relation' ? { parts: s.parts, relations: s.relations, conditions: [...before] } : { parts: [s], relations: [], conditions: [...before] })
  }
  return chains
}
