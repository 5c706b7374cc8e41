/** The lines of a notation block: what the page's names mean, and the conventions of the exercise. */
import type { Place } from '../../errors.ts'
import { lineOfNotation } from '../messages.ts'

/** One line, with its place in the exercise file. */
export type NotationLine =
  /** `L_1 = weights(c1)`, `P(y=j) = P[j]`, `\hat{y}, a^{[2]} = yhat` */
  | { readonly kind: 'name'; readonly left: readonly string[]; readonly right: string; readonly place: Place }
  /** `layout jacobian` */
  | { readonly kind: 'layout'; readonly layout: 'jacobian' | 'gradient' | 'either'; readonly place: Place }
  /** `rate \lambda, \eta` */
  | { readonly kind: 'rate'; readonly names: readonly string[]; readonly place: Place }
  /** `shared b = b_1, b_2` */
  | { readonly kind: 'shared'; readonly left: string; readonly names: readonly string[]; readonly place: Place }
  /** `gradient d = L`: dX stands for the derivative of L by X. */
  | { readonly kind: 'gradient'; readonly of: string; readonly place: Place }
  /** `open C = 2 "2 input channels" | 96`, `open g = sigmoid "g is the logistic function"` */
  | { readonly kind: 'open'; readonly name: string; readonly ways: readonly { readonly value: string; readonly words: string }[]; readonly place: Place }

const KEYWORDS = ['layout', 'rate', 'shared', 'gradient', 'open'] as const

/** The lines of a block. Throws a ChainError at a line that is none. */
export function readNotation(source: string, path: string): NotationLine[] {
  const lines: NotationLine[] = []
  let offset = 0
  for (const raw of source.split('\n')) {
    const start = offset
    offset += raw.length + 1
    const text = raw.replace(/(^|\s)#.*$/, '').trimEnd()
    if (text.trim() === '') continue
    const from = start + text.search(/\S/)
    lines.push(readLine(text.trim(), { path, source, span: { start: from, end: start + text.length } }))
  }
  return lines
}

function readLine(text: string, place: Place): NotationLine {
  const keyword = KEYWORDS.find(k => new RegExp(`^${k}\\s`).test(text) && !new RegExp(`^${k}\\s*=`).test(text))
  const rest = keyword ? text.slice(keyword.length).trim() : text
  switch (keyword) {
    case 'layout':
      if (rest !== 'jacobian' && rest !== 'gradient' && rest !== 'either') throw lineOfNotation(place, 'A layout is jacobian, gradient or either.')
      return { kind: 'layout', layout: rest, place }
    case 'rate': return { kind: 'rate', names: splitTop(rest), place }
    case 'shared': {
      const [left, right] = sides(rest, place)
      return { kind: 'shared', left, names: splitTop(right), place }
    }
    case 'gradient': {
      const [left, right] = sides(rest, place)
      if (left !== 'd') throw lineOfNotation(place, 'Write `gradient d = L` where dX stands for the derivative of L by X.')
      return { kind: 'gradient', of: right, place }
    }
    case 'open': {
      const [left, right] = sides(rest, place)
      const ways = right.split('|').map(w => way(left, w.trim(), place))
      return { kind: 'open', name: left, ways, place }
    }
    case undefined: {
      const [left, right] = sides(text, place)
      return { kind: 'name', left: splitTop(left), right, place }
    }
  }
}

function way(name: string, text: string, place: Place): { value: string; words: string } {
  const match = /^(\S+)(?:\s+"([^"]*)")?$/.exec(text)
  if (!match) throw lineOfNotation(place, 'An open choice is written `open C = 2 "2 input channels" | 96`.')
  return { value: match[1]!, words: match[2] ?? `${name} is ${match[1]}` }
}

/** The two sides of the first `=` that stands outside of brackets. */
function sides(text: string, place: Place): readonly [string, string] {
  let depth = 0
  for (let k = 0; k < text.length; k++) {
    const c = text[k]!
    if ('([{'.includes(c)) depth++
    else if (')]}'.includes(c)) depth--
    else if (c === '=' && depth === 0) {
      const [left, right] = [text.slice(0, k).trim(), text.slice(k + 1).trim()]
      if (left && right) return [left, right]
    }
  }
  throw lineOfNotation(place, 'Write what stands on the page = what it means: L_1 = weights(c1).')
}

/** The items between commas outside of brackets. */
export function splitTop(text: string): readonly string[] {
  const parts: string[] = []
  let [depth, part] = [0, '']
  for (const c of text) {
    if ('([{'.includes(c)) depth++
    else if (')]}'.includes(c)) depth--
    if (c === ',' && depth === 0) { parts.push(part); part = '' } else part += c
  }
  return [...parts, part].map(p => p.trim()).filter(p => p !== '')
}
