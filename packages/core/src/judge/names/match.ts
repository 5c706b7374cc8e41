/** Which names a written symbol with scripts may be: label parts first, what is left over are indices. */
import type { Latex, Raised } from '../../language/latex/ast.ts'
import type { Captures, PatternPart } from '../scene.ts'
import { digitsApart, type Item, itemsOf, labelText } from './labels.ts'

/** A symbol with its scripts, as the lookup sees it. */
export interface Written {
  /** Base with its accent: `yhat`. */
  readonly base: string
  readonly sub: readonly Latex[]
  readonly sup: readonly Raised[]
  readonly primes: number
}

/** What a name asks for. */
export interface Wanted {
  readonly sub: readonly PatternPart[]
  readonly layer?: { readonly bracket: '(' | '['; readonly part: PatternPart } | undefined
  readonly star: boolean
}

/** A name that fits, with what is left of the scripts. */
export interface Match {
  readonly captures: Captures
  /** Items behind the label parts: indices. */
  readonly items: readonly Item[]
  readonly sup: readonly Raised[]
  /** How much of what is written the name accounts for. */
  readonly score: number
}

type Value = (letter: string) => string | undefined

/** All ways in which the scripts fit a name, the best first. */
export function matchName(written: Written, wanted: Wanted, value: Value): Match[] {
  const above = matchAbove(written, wanted, value)
  if (!above) return []
  const items = itemsOf(written.sub, value)
  const ways = [items, ...(items.some(i => i.tree.kind === 'number' && i.tree.text.length > 1) ? [digitsApart(items)] : [])]
  const found: Match[] = []
  for (const list of ways) {
    const below = matchBelow(list, wanted.sub)
    if (below) found.push({ captures: { trees: below.trees, labels: above.labels }, items: below.rest, sup: above.rest, score: above.score + wanted.sub.length * 2 - 4 * above.rest.filter(r => r.kind === 'label').length })
  }
  return found
}

function matchBelow(items: readonly Item[], parts: readonly PatternPart[]): { trees: Map<string, Latex>; rest: readonly Item[] } | undefined {
  const trees = new Map<string, Latex>()
  if (parts.length === 0) return { trees, rest: items }
  const texts = parts.map(p => ('text' in p ? p.text : undefined))
  // `12` for the label 1,2 and `max` for the label max
  const [first] = items
  if (items.length > 0 && texts.every(t => t !== undefined)) {
    const whole = texts.join('')
    if (first!.text === whole) return { trees, rest: items.slice(1) }
    let run = ''
    for (let k = 0; k < items.length && run.length < whole.length; k++) {
      run += items[k]!.text
      if (run === whole) return { trees, rest: items.slice(k + 1) }
    }
    return undefined
  }
  if (items.length < parts.length) return undefined
  for (const [k, p] of parts.entries()) {
    const item = items[k]!
    if ('text' in p) { if (item.text !== p.text) return undefined } else trees.set(p.letter, item.tree)
  }
  return { trees, rest: items.slice(parts.length) }
}

function matchAbove(written: Written, wanted: Wanted, value: Value): { labels: Map<string, string>; rest: readonly Raised[]; score: number } | undefined {
  const labels = new Map<string, string>()
  let rest = [...written.sup]
  let score = 0
  const star = rest.findIndex(r => r.kind === 'star')
  if (wanted.star !== (star >= 0)) return undefined
  if (star >= 0) { rest.splice(star, 1); score += 2 }
  if (wanted.layer) {
    const { bracket, part } = wanted.layer
    const k = rest.findIndex(r => (r.kind === 'label' || (r.kind === 'power' && isLetterLabel(r.exponent, value))) && fits(layerText(r, value), part))
    if (k < 0) return undefined
    const r = rest[k]!
    if ('letter' in part) labels.set(part.letter, layerText(r, value)!)
    score += r.kind === 'label' && r.bracket === bracket ? 3 : 2
    rest = rest.filter((_, j) => j !== k)
  }
  return { labels, rest, score }
}

const layerText = (r: Raised, value: Value): string | undefined => (r.kind === 'label' ? labelText(r.inner, value) : r.kind === 'power' ? labelText(r.exponent, value) : undefined)

/** A letter above that is a layer and no exponent: `W^l` where l counts layers. A number above is a power. */
function isLetterLabel(e: Latex, value: Value): boolean {
  switch (e.kind) {
    case 'symbol': return value(e.name) !== undefined
    case 'sum': return e.terms.some(t => isLetterLabel(t.body, value))
    case 'group': return e.items.some(i => isLetterLabel(i, value))
    default: return false
  }
}

const fits = (text: string | undefined, part: PatternPart): boolean => text !== undefined && ('letter' in part ? /^\d+$/.test(text) : text === part.text)
