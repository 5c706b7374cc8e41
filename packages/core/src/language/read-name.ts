/** One name as on paper: base, subscript, layer label, star, dotted path, brought to its canonical text. */
import type { Place } from '../errors.ts'
import type { Name } from './ast.ts'
import { asciiLetters, loweredRun, raisedRun } from './letters.ts'
import { badLayerLabel, badSubscript, labelTwice } from './messages.ts'

/** The words that bind an index when `_` follows. */
export const reductionWords: readonly string[] = ['sum', 'mean', 'max', 'min', 'prod']

/** A name and the primes behind it, read from the text at its span. */
export interface ReadName { readonly name: Name; readonly primes: number }

/** What is wanted of the reader: nothing behind the base (`T` of `x^T`), and how to make a place. */
export interface NameOptions { readonly baseOnly: boolean; readonly place: (start: number, end: number) => Place }

interface Labels { sub?: string; layer?: { bracket: '(' | '['; text: string }; star?: boolean }

const basePattern = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}](?:[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{M}]|[0-9])*/uy
const partPattern = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}0-9](?:[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{M}]|[0-9])*/uy
const runPattern = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}0-9]+(?:_[\p{Lu}\p{Ll}\p{Lt}\p{Lo}0-9]+)*/uy
const bracedPattern = /\{([\p{L}\p{M}\p{N}\t _+\-−*,.':=]+)\}/uy
const layerPattern = /\^(?:\(([\p{L}\p{M}\p{N}\t +\-−*,.']+)\)|\[([\p{L}\p{M}\p{N}\t +\-−*,.']+)\]|\{[\t ]*\(([\p{L}\p{M}\p{N}\t +\-−*,.']+)\)[\t ]*\}|\{[\t ]*\[([\p{L}\p{M}\p{N}\t +\-−*,.']+)\][\t ]*\})/uy
const starPattern = /\^(?:\*|\{[\t ]*\*[\t ]*\})/y
const primePattern = /['′″]+/y

/** Whether a text behind a name is a label or a star, so that no power can be written that way. */
export function isLabel(text: string): boolean {
  return match(layerPattern, text, 0)?.[0] === text || match(starPattern, text, 0)?.[0] === text
}

/** The name at an offset, or undefined when no letter stands there. */
export function readName(source: string, start: number, options: NameOptions): ReadName | undefined {
  const first = match(basePattern, source, start)
  if (first === undefined) return undefined
  let at = start + first[0].length
  let base = asciiLetters(first[0])
  if (options.baseOnly) return finish(base, {}, { start, end: at }, 0)
  if (reductionWords.includes(base) && (source[at] === '_' || loweredRun(source, at) !== '')) return finish(base, {}, { start, end: at }, 0)
  for (;;) {
    const labels: Labels = {}
    let primes = 0
    for (;;) {
      const next = readLabel(source, at, labels, options)
      if (next > at) { at = next; continue }
      const marks = match(primePattern, source, at)
      if (marks === undefined) break
      at += marks[0].length
      primes += marks[0].replaceAll('″', "''").length
    }
    const part = source[at] === '.' && primes === 0 ? match(partPattern, source, at + 1) : undefined
    if (part === undefined) return finish(base, labels, { start, end: at }, primes)
    base = `${canonical(base, labels)}.${asciiLetters(part[0])}`
    at += 1 + part[0].length
  }
}

function finish(base: string, labels: Labels, span: { start: number; end: number }, primes: number): ReadName {
  return { name: { text: canonical(base, labels), base, ...labels, span }, primes }
}

function canonical(base: string, { sub, layer, star }: Labels): string {
  const lower = sub === undefined ? '' : match(runPattern, sub, 0)?.[0] === sub ? `_${sub}` : `_{${sub}}`
  const upper = layer === undefined ? '' : `^${layer.bracket}${layer.text}${layer.bracket === '(' ? ')' : ']'}`
  return base + lower + upper + (star === true ? '^*' : '')
}

/** Reads one label into `labels`; the offset behind it, or `at` where none stands. */
function readLabel(source: string, at: number, labels: Labels, { place }: NameOptions): number {
  if (source[at] === '_') {
    const braced = match(bracedPattern, source, at + 1)
    const found = braced ?? match(runPattern, source, at + 1)
    const text = clean(found?.[1] ?? found?.[0] ?? '')
    const end = at + 1 + (found?.[0].length ?? (source[at + 1] === '{' ? 1 : 0))
    if (text === '') throw badSubscript(place(at, end))
    return put(labels, 'sub', text, place(at, end))
  }
  const lower = loweredRun(source, at)
  if (lower !== '') return put(labels, 'sub', lower, place(at, at + lower.length))
  const upper = raisedRun(source, at)
  if (upper.startsWith('(')) {
    const close = upper.indexOf(')')
    if (close < 2) throw badLayerLabel(place(at, at + upper.length))
    return put(labels, 'layer', { bracket: '(', text: upper.slice(1, close) }, place(at, at + close + 1))
  }
  if (source[at] !== '^') return at
  const star = match(starPattern, source, at)
  if (star !== undefined) return put(labels, 'star', true, place(at, at + star[0].length))
  const layer = match(layerPattern, source, at)
  if (layer !== undefined) {
    const round = layer[1] ?? layer[3]
    const text = clean(round ?? layer[2] ?? layer[4] ?? '')
    if (text === '') throw badLayerLabel(place(at, at + layer[0].length))
    return put(labels, 'layer', { bracket: round === undefined ? '[' : '(', text }, place(at, at + layer[0].length))
  }
  if (source[at + 1] === '(' || source[at + 1] === '[') throw badLayerLabel(place(at, at + 2))
  return at
}

function put<K extends keyof Labels>(labels: Labels, key: K, value: Labels[K], place: Place): number {
  if (labels[key] !== undefined) throw labelTwice(place, key === 'sub' ? 'subscript' : key === 'star' ? 'star' : 'layer label')
  labels[key] = value
  return place.span.end
}

function clean(text: string): string { return asciiLetters(text.replace(/[\t ]/g, '').replaceAll('−', '-')) }

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(source) ?? undefined
}
