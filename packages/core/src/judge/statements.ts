/** The statements of a formula by what they do: chains that claim something, conditions beside them, words between them. */
import type { Latex, RelationNode } from '../language/latex/ast.ts'
import { latexChildren } from '../language/latex/index.ts'

/** What names are, as far as it tells a condition from a claim. */
export interface Names {
  /** A letter that nothing declares. */
  readonly isIndex: (letter: string) => boolean
  /** A size of the network, without a number of its own unless `open` is false. */
  readonly isSize: (name: string, open: boolean) => boolean
  /** Something given without a number: an input, a parameter, a target, a rate. */
  readonly isOpen: (base: string) => boolean
}

const LETTER = /^[a-z]$/
export const isLetter = (e: Latex | undefined, names: Names): boolean => e?.kind === 'symbol' && LETTER.test(e.name) && names.isIndex(e.name)

const COMPARED: ReadonlySet<string> = new Set(['=', '≠', '<', '≤', '>', '≥'])

/** A relation between index letters, numbers and sizes says when a chain holds, and claims nothing itself. */
export function isCondition(e: Latex, names: Names): boolean {
  switch (e.kind) {
    case 'relation': {
      const letters = e.parts.filter(p => isLetter(p, names))
      if (letters.length === 0 || !e.relations.every(r => COMPARED.has(r) || r === '∈')) return false
      if (e.parts.every(p => p !== undefined && (isLetter(p, names) || isNumber(p, names)))) return true
      return isLetter(e.parts[0], names) && e.parts.every(p => p !== undefined && (p.kind === 'list' || p.kind === 'text' || p.kind === 'dots' || p.kind === 'group' || (p.kind === 'symbol' && !LETTER.test(p.name)) || isLetter(p, names) || p.kind === 'number'))
    }
    case 'group': return e.items.length > 0 && e.items.every(i => isCondition(i, names))
    case 'list': return e.items.some(i => isCondition(i, names)) && e.items.every(i => i.kind === 'text' || isCondition(i, names))
    default: return false
  }
}

/** A number, a size, a sum of them. */
function isNumber(e: Latex, names: Names): boolean {
  switch (e.kind) {
    case 'number': return true
    case 'symbol': return names.isSize(e.name, false) || (/^[A-Z]$|^m$/.test(e.name) && names.isIndex(e.name))
    case 'sum': return e.terms.every(t => isNumber(t.body, names))
    case 'group': return e.items.length === 1 && isNumber(e.items[0]!, names)
    default: return false
  }
}

/** `x_1 = 1`, `\lambda > 0`, `n = 3`: what is given, put as something. It claims nothing that could be judged. */
export function isAssumption(e: Latex, names: Names): e is RelationNode {
  if (e.kind !== 'relation' || !e.relations.every(r => COMPARED.has(r))) return false
  return e.parts.every(p => p !== undefined && (isGiven(p, names) || isPlain(p))) && e.parts.some(p => p !== undefined && isGiven(p, names))
}

const isGiven = (e: Latex, names: Names): boolean =>
  (e.kind === 'symbol' ? (!e.accent && names.isOpen(e.name)) || names.isSize(e.name, true) : e.kind === 'scripted' && e.base.kind === 'symbol' && e.primes === 0 && e.sup.every(r => r.kind !== 'power' && r.kind !== 'transpose') && !e.base.accent && names.isOpen(e.base.name))

const isPlain = (e: Latex): boolean => e.kind === 'number' || ((e.kind === 'sum' || e.kind === 'fraction' || e.kind === 'group') && latexChildren(e).every(isPlain))

/** Words that a condition follows. */
const IF: ReadonlySet<string> = new Set('if when whenever for falls wenn für fuer'.split(' '))
/** Words between formulas that leave their meaning as it is. */
const PLAIN: ReadonlySet<string> = new Set([...IF, ...('all each every any where with and since because so hence then thus therefore we get have obtain find let assume suppose given otherwise else as by from it follows here now also'
  + ' und mit sonst alle jedes da weil wobei denn dann daher somit folgt sei seien is that this yields gives which means i.e. e.g. namely using chain rule the of in to').split(' ')])
const wordsOf = (text: string): string[] => text.toLowerCase().split(/[\s,;:.()]+/).filter(w => w !== '')

export const leadsCondition = (text: string): boolean => { const [first] = wordsOf(text); return first !== undefined && IF.has(first) }
/** Words that may stand beside a claim: `for all`, `hence`; a label with its colon. */
export const isPlainText = (text: string): boolean => wordsOf(text).every(w => PLAIN.has(w)) && !/\bis$|^is\b/i.test(text.trim()) || (/:$/.test(text.trim()) && !/\b(not|no|false|wrong|never|nicht|kein|falsch)\b/i.test(text))
