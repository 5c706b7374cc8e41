/** The invariant of the reader: every token of a formula is owned exactly once. */
import type { Latex, LatexFormula, Raised, Span } from './ast.ts'
import { latexChildren } from './children.ts'
import { isLeaf } from './cursor.ts'

/** The places of tokens that no node owns, or more than one. */
export function uncovered(formula: LatexFormula): readonly Span[] {
  const owned = ownedPlaces(formula).sort((a, b) => a.start - b.start)
  let at = 0
  return formula.tokens.filter((token) => {
    while (at < owned.length && owned[at]!.end <= token.start) at++
    let owners = 0
    for (let k = at; k < owned.length && owned[k]!.start <= token.start; k++) if (owned[k]!.end >= token.end) owners++
    return owners !== 1
  })
}

/** The span of every leaf, and what every other node and the formula own. */
function ownedPlaces(formula: LatexFormula): Span[] {
  const found = [...formula.own]
  const open = [...formula.statements]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isLeaf(node)) { if (node.span.end > node.span.start) found.push(node.span) }
    else found.push(...node.own, ...raisedOf(node).flatMap((raised) => raised.own))
    open.push(...latexChildren(node))
  }
  return found
}

function raisedOf(node: Latex): readonly Raised[] { return node.kind === 'scripted' || node.kind === 'applied' ? node.sup : [] }
