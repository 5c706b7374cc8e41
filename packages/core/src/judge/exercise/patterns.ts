/** Left sides of notation lines as patterns: names with scripts, or whole pieces such as `P(y=j)`. */
import type { Place } from '../../errors.ts'
import { ChainError } from '../../errors.ts'
import { type Latex, latexChildren, type Lexicon, readLatex } from '../../language/latex/index.ts'
import { lineOfNotation } from '../messages.ts'
import { writtenOf } from '../meaning/symbols.ts'

import { itemsOf, labelText } from '../names/labels.ts'
import type { PageName, PatternPart } from '../scene.ts'

export type Pattern = PageName['pattern']

/** The letters between square brackets on a right side: j in `P[j]`. */
export const indexLetters = (right: string): readonly string[] =>
  [...new Set([...right.matchAll(/(?<!\^)\[([^\]]*)\]/g)].flatMap(m => m[1]!.split(/[^A-Za-z]+/)).filter(l => /^[A-Za-z]$/.test(l)))]

/** The letters in layer labels on a right side: l in `dJ/dz^[l]`. */
export const labelLetters = (right: string): readonly string[] =>
  [...new Set([...right.matchAll(/\^[[(]\s*([A-Za-z])(?:\s*[+-]\s*\d+)?\s*[\])]/g)].map(m => m[1]!))]

/** The tree of one piece of LaTeX in an exercise. Throws a ChainError at the place of the line. */
export function piece(latex: string, lexicon: Lexicon, place: Place): Latex {
  try {
    const { statements } = readLatex(latex, { lexicon })
    if (statements.length === 1) return statements[0]!
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    throw lineOfNotation(place, error.message)
  }
  throw lineOfNotation(place, `${latex} is not one piece.`)
}

/** A left side as a pattern; `open` are the letters that stand for something. */
export function patternOf(latex: string, open: ReadonlySet<string>, lexicon: Lexicon, place: Place): Pattern {
  const tree = piece(latex, lexicon, place)
  const w = writtenOf(tree)
  if (!w || w.primes > 0) return { kind: 'tree', tree, letters: new Set([...open].filter(l => occurs(tree, l))) }
  const part = (text: string): PatternPart => (open.has(text) ? { letter: text } : { text })
  const label = w.sup.find(r => r.kind === 'label' || r.kind === 'power')
  const text = label && labelText(label.kind === 'label' ? label.inner : label.kind === 'power' ? label.exponent : tree, () => undefined)
  return {
    kind: 'name', base: w.base, sub: itemsOf(w.sub, () => undefined).map(i => part(i.text)), star: w.sup.some(r => r.kind === 'star'),
    ...(label && text !== undefined ? { layer: { bracket: label.kind === 'label' ? label.bracket : '[', part: part(text) } } : {}),
  }
}

const occurs = (e: Latex, letter: string): boolean => (e.kind === 'symbol' && e.name === letter) || latexChildren(e).some(c => occurs(c, letter))

/** Names of more than one letter in a piece, for the lexicon: `Weights`, `Loss`. */
export function wordsIn(latex: string): readonly string[] {
  const bare = latex.replace(/\\(?:mathrm|text|operatorname|mathit|mathbf|mathsf)\s*\{([A-Za-z]+)\}/g, ' $1 ').replace(/\\[A-Za-z]+/g, ' ')
  return [...bare.matchAll(/[A-Za-z]{2,}/g)].map(m => m[0]).filter(word => !latex.includes(`_{${word}}`) && !latex.includes(`_${word}`))
}

