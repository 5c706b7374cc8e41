/** The chains of a formula, `A = B = C`, with the conditions that stand beside them. */
import type { Latex, LatexFormula, Relation, RelationNode } from '../language/latex/ast.ts'
import { withRanges } from './ranges-beside.ts'
import { isAssumption, isCondition, isLetter, isPlainText, leadsCondition, type Names } from './statements.ts'

/** A chain: its parts, and `relations[k]` between the parts k and k + 1. A part that is missing is `undefined`. */
export interface Chain {
  readonly parts: readonly (Latex | undefined)[]
  readonly relations: readonly Relation[]
  /** `i \neq j` beside the chain. */
  readonly conditions: readonly Latex[]
  /** The chain before it, where it is said to follow from that, or to say the same. */
  readonly premise?: { readonly tree: Latex; readonly same: boolean }
  /** It says what is given, which nothing refutes. */
  readonly assumption?: true
}

/** The chains of a formula, and the first piece beside them that is not understood. */
export interface Chains { readonly chains: readonly Chain[]; readonly strange: Latex | undefined }

export function chainsOf(formula: LatexFormula, names: Names): Chains {
  const chains: Chain[] = []
  const before: Latex[] = []
  let strange: Latex | undefined
  let lead = false
  const condition = (e: Latex): void => {
    const last = chains.at(-1)
    if (last) chains[chains.length - 1] = { ...last, conditions: [...last.conditions, e] }
    else before.push(e)
  }
  for (const s of withRanges(formula.statements, names)) {
    if (s.kind === 'text') {
      lead = leadsCondition(s.text)
      if (!isPlainText(s.text)) strange ??= s
      continue
    }
    if (s.kind === 'dots' || isLetter(s, names) || isTag(s)) continue
    let premise: Chain['premise']
    for (const { tree, sign } of piecesOf(s, e => lead || isCondition(e, names) || isAssumption(e, names))) {
      if (sign === ':' || isCondition(tree, names) || (lead && tree.kind === 'relation')) { if (sign === undefined) condition(tree); else before.push(tree); lead = false; continue }
      if (tree.kind !== 'relation' && chains.length > 0) { strange ??= tree; continue }
      const given = isAssumption(tree, names) && sign === undefined
      if (given && chains.some(c => !c.assumption)) { condition(tree); continue }
      const own = { conditions: [...before], ...(premise ? { premise } : {}), ...(given ? { assumption: true as const } : {}) }
      chains.push(tree.kind === 'relation' ? { parts: tree.parts, relations: tree.relations, ...own } : { parts: [tree], relations: [], ...own })
      premise = sign === undefined ? undefined : { tree, same: sign === '⇔' }
    }
  }
  return { chains: assuming(chains), strange }
}

/** Where something is claimed, what is given beside it is a condition. */
function assuming(chains: readonly Chain[]): readonly Chain[] {
  const claims = chains.filter(c => !c.assumption)
  if (claims.length === 0 || claims.length === chains.length) return chains
  const given = chains.flatMap(c => (c.assumption ? [treeOf(c), ...c.conditions] : []))
  return claims.map(c => ({ ...c, conditions: [...given, ...c.conditions] }))
}

const treeOf = (c: Chain): RelationNode => ({ kind: 'relation', parts: c.parts, relations: c.relations, span: { start: c.parts[0]!.span.start, end: c.parts.at(-1)!.span.end }, own: [] })

/** A label beside a formula: `(1)`, `(a)`. */
const isTag = (e: Latex): boolean => e.kind === 'group' && e.bracket === '(' && e.items.length === 1 && (e.items[0]!.kind === 'number' || e.items[0]!.kind === 'symbol')

/** What implications part, each piece with the sign behind it; a colon parts a condition from what it is for. */
function piecesOf(s: Latex, isCase: (e: Latex) => boolean): readonly { readonly tree: Latex; readonly sign: Relation | undefined }[] {
  if (s.kind !== 'relation') return [{ tree: s, sign: undefined }]
  const pieces: { tree: Latex; sign: Relation | undefined }[] = []
  let from = 0
  const piece = (to: number): Latex | undefined => {
    const parts = s.parts.slice(from, to + 1)
    const [first, last] = [parts[0], parts.at(-1)]
    return parts.length === 1 ? first : { ...s, parts, relations: s.relations.slice(from, to), span: { start: first?.span.start ?? s.span.start, end: last?.span.end ?? s.span.end } }
  }
  s.relations.forEach((r, k) => {
    const tree = r === '⇒' || r === '⇔' || r === ':' ? piece(k) : undefined
    if (!tree || (r === ':' && (from > 0 || !isCase(tree)))) return
    pieces.push({ tree, sign: r })
    from = k + 1
  })
  const last = from === 0 ? s : piece(s.parts.length - 1)
  return last ? [...pieces, { tree: last, sign: undefined }] : pieces
}
