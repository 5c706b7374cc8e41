/** Brackets that do not match, and ends that are cut off. */
import type { Change, RepairChoice } from './repair-choice.ts'

/** More brackets than these without a partner are no damage that can be undone. */
const most = 6

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

interface Lone { readonly at: number; readonly bracket: string }

/** Ways to make the brackets match: a slash that was an opening one, a bracket too many, a bracket too few. */
export function bracketRepairs(source: string): readonly RepairChoice[] {
  const cut = cutEnd(source)
  const { opened, closed } = loneBrackets(source.slice(0, cut?.span.start))
  const choices: RepairChoice[] = []
  if (cut !== undefined) choices.push([{ likely: 0.9, changes: [cut] }])
  if (closed.length > most || opened.length > most) return []
  if (closed.length > 0) {
    const slashes = closed.map((lone) => slashBefore(source, lone))
    choices.push([
      ...(slashes.every((change) => change !== undefined) ? [{ likely: 0.8, changes: slashes }] : []),
      { likely: 0.6, changes: closed.map(({ at }) => removed(source, at, at + 1)) },
    ])
  }
  if (opened.length > 0) {
    const doubled = opened.filter(({ at, bracket }) => bracket === '{' && /\\frac\s*$/.test(source.slice(Math.max(0, at - 12), at)) && /^\{\s*\\frac/.test(source.slice(at)))
    choices.push([
      ...(doubled.length === opened.length ? [{ likely: 0.8, changes: doubled.map(({ at }) => removed(source, source.lastIndexOf('\\frac', at), at + 1)) }] : []),
      { likely: 0.6, changes: opened.map((lone) => closedAt(source, lone, cut?.span.start)) },
      { likely: 0.4, changes: opened.map(({ at }) => removed(source, at, at + 1)) },
    ])
  }
  return choices
}

/** The brackets without a partner; one that is closed by another kind is without one too. */
function loneBrackets(source: string): { opened: readonly Lone[]; closed: readonly Lone[] } {
  const open: Lone[] = []
  const opened: Lone[] = []
  const closed: Lone[] = []
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!
    if (character === '\\') { at++; continue }
    if (character in closing) open.push({ at, bracket: character })
    if (character !== ')' && character !== ']' && character !== '}') continue
    const partner = lastIndex(open, character)
    const crossed = partner >= 0 && character !== '}' && open.slice(partner).some(({ bracket }) => bracket === '{')
    if (partner < 0 || crossed) { closed.push({ at, bracket: character }); continue }
    opened.push(...open.slice(partner + 1))
    open.length = partner
  }
  return { opened: [...opened, ...open].sort((a, b) => a.at - b.at), closed }
}

function lastIndex(open: readonly Lone[], character: string): number {
  for (let k = open.length - 1; k >= 0; k--) if (closing[open[k]!.bracket] === character) return k
  return -1
}

function removed(source: string, start: number, end: number): Change { return { span: { start, end }, was: source.slice(start, end), now: '' } }

/** `g_1/z_1)`: the slash behind a name before the lone bracket was an opening one. */
function slashBefore(source: string, { at, bracket }: Lone): Change | undefined {
  const slash = source.lastIndexOf('/', at)
  if (bracket !== ')' || slash < 0 || !/[A-Za-z](?:_\{?[A-Za-z0-9]\}?)?'?\s*$/.test(source.slice(Math.max(0, slash - 12), slash)) || !/^[^=(&)]*\)?[^=(&)]*$/.test(source.slice(slash, at))) return undefined
  return { span: { start: slash, end: slash + 1 }, was: '/', now: '(' }
}

/** The bracket is closed before the next relation, alignment or line, or at the end. */
function closedAt(source: string, { at, bracket }: Lone, end = source.length): Change {
  let depth = 0
  let place = at + 1
  for (; place < end; place++) {
    const character = source[place]!
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character) && --depth < 0) break
    if (depth === 0 && (character === '=' || character === '&' || source.startsWith('\\\\', place))) break
    if (character === '\\') place++
  }
  return { span: { start: place, end: place }, was: '', now: closing[bracket]! }
}

const unfinished = /\\(?:frac|sqrt|left|partial|sum|hat|bar|cdot|times|odot)\s?[{(]?\s?\$?$|[{([_^+*/-]\$?$/
const joint = /(?:\\(?:cdot|times|odot|ast)|[-+*/])$/

/** A command or operator at the very end that lacks what it applies to, with the operator before it. */
function cutEnd(source: string): Change | undefined {
  const whole = source.trimEnd()
  const found = unfinished.exec(whole.slice(-16))
  if (found === null) return undefined
  const rest = whole.slice(0, whole.length - found[0].length).trimEnd()
  const end = rest.replace(joint, '').trimEnd().length
  return end === 0 ? undefined : removed(source, end, source.length)
}
