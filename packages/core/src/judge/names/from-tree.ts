/** The pattern of a name that a page defines itself. */
import type { Latex } from '../../language/latex/ast.ts'
import { writtenOf } from '../meaning/symbols.ts'
import type { PageName, PatternPart } from '../scene.ts'
import { itemsOf, labelText } from './labels.ts'

const INDEX = /^[a-z]$/

/** `\delta_i^{[l]}`: single small letters in scripts stand for any index or layer; all else is as it is. */
export function patternFromTree(e: Latex): { pattern: PageName['pattern']; text: string } | undefined {
  const w = writtenOf(e)
  if (!w || w.primes > 0) return undefined
  const part = (text: string): PatternPart => (INDEX.test(text) ? { letter: text } : { text })
  const labels = w.sup.filter(r => r.kind === 'label')
  if (labels.length > 1 || w.sup.some(r => r.kind === 'power' || r.kind === 'transpose')) return undefined
  const [label] = labels
  const text = label && labelText(label.inner, () => undefined)
  if (label && text === undefined) return undefined
  return {
    text: w.base,
    pattern: {
      kind: 'name', base: w.base, sub: itemsOf(w.sub, () => undefined).map(i => part(i.text)), star: w.sup.some(r => r.kind === 'star'),
      ...(label && text !== undefined ? { layer: { bracket: label.bracket, part: part(text) } } : {}),
    },
  }
}
