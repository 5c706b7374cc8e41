/** Text to tokens: names with their labels are one token, lines carry their indentation and comment. */
import type { Place } from '../errors.ts'
import type { Name, Span } from './ast.ts'
import { loweredRun, raisedRun } from './letters.ts'
import { leadingDot, neverClosed, overLimit, unfinishedString, unknownCharacter, wrongClosing } from './messages.ts'
import { readName, reductionWords } from './read-name.ts'
import { addLowered, addRaised, sumSign } from './unicode-tokens.ts'

/** Limits on a text; beyond them the parser answers with an error. */
export const limits = { characters: 1_000_000, tokens: 100_000, depth: 200, height: 1_000 } as const

/** A token; `glued` means that no blank stands before it. */
export type Token = TokenBody & { readonly span: Span; readonly glued: boolean }

type TokenBody =
  | { readonly kind: 'name'; readonly name: Name; readonly primes: number }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  /** Operators and brackets in canonical ASCII; `relation` marks a `[` whose own level holds a relation: an indicator. */
  | { readonly kind: 'operator'; readonly text: string; readonly relation?: true }
  /** The beginning of a line that is not inside brackets. */
  | { readonly kind: 'line'; readonly indent: number; readonly comment?: string }
  | { readonly kind: 'end' }

const blankPattern = /[\t \u00A0]+|\\[\t ]*(?:\r\n?|\n)/y
const indentPattern = /[\t ]*/y
const newlinePattern = /\r\n?|\n/y
const commentPattern = /#[^\r\n]*/y
const transposePattern = /T(?![\p{L}\p{M}\p{N}_])/uy
const numberPattern = /[0-9]+(?:_[0-9]+)*(?:\.[0-9]+(?:_[0-9]+)*)?(?:[eE][+-]?[0-9]+)?/y
const stringPattern = /"(?:[^"\\\r\n]|\\.)*"/y
const operatorPattern = /\.\.\.|\.\.|\.\*|\.\/|:=|<=|>=|!=|==|\|\||[-+*/.^=<>()[\]{},:|_'·⋅∙⊙∘⊘×÷−≤≥≠…⊤′]/uy
const spelled: Readonly<Record<string, string>> = {
  '·': '.', '⋅': '.', '∙': '.', '⊙': '.*', '∘': '.*', '⊘': './', '×': '*', '÷': '/', '−': '-', '≤': '<=', '≥': '>=', '≠': '!=', ':=': '=', '…': '...', '′': "'",
}
const relations = new Set(['=', '==', '!=', '<', '<=', '>', '>='])
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The tokens of a text, ended by an `end` token; brackets are matched already. */
export function tokenize(source: string, path: string): readonly Token[] {
  const place = (start: number, end: number): Place => ({ path, source, span: { start, end } })
  if (source.length > limits.characters) throw overLimit(place(0, 0), 'The text', limits.characters, 'characters')
  const tokens: Token[] = []
  const open: number[] = []
  const comments = new Map<number, string>()
  let at = source.startsWith('\uFEFF') ? 1 : 0
  let line = -1
  let glued = false

  const add = (body: TokenBody, end: number, start = at) => {
    if (tokens.length >= limits.tokens) throw overLimit(place(start, end), 'The text', limits.tokens, 'tokens')
    tokens.push({ ...body, span: { start, end }, glued })
    glued = true
    at = end
  }
  const startLine = () => {
    if (at >= source.length) return
    const blanks = match(indentPattern, source, at)!
    line = tokens.length
    add({ kind: 'line', indent: Array.from(blanks).reduce((width, blank) => blank === '\t' ? width - width % 4 + 4 : width + 1, 0) }, at + blanks.length)
    glued = false
  }

  startLine()
  while (at < source.length) {
    const rest = match(blankPattern, source, at)
    if (rest !== undefined) { at += rest.length; glued = false; continue }
    const newline = match(newlinePattern, source, at)
    if (newline !== undefined) {
      at += newline.length
      glued = false
      if (open.length === 0) startLine()
      continue
    }
    const comment = match(commentPattern, source, at)
    if (comment !== undefined) {
      const earlier = comments.get(line)
      comments.set(line, earlier === undefined ? comment.slice(1).trim() : `${earlier} ${comment.slice(1).trim()}`.trim())
      at += comment.length
      continue
    }
    const last = tokens.at(-1)
    const afterHat = last?.kind === 'operator' && last.text === '^' && glued
    const sum = sumSign(source, at)
    const read = sum ?? readName(source, at, { baseOnly: afterHat && match(transposePattern, source, at) !== undefined, place })
    if (read !== undefined) {
      add({ kind: 'name', ...read }, read.name.span.end)
      if (reductionWords.includes(read.name.text)) addLowered(source, at, add)
      continue
    }
    const number = match(numberPattern, source, at)
    if (number !== undefined) { add({ kind: 'number', text: number }, at + number.length); continue }
    const power = raisedRun(source, at)
    if (power !== '') { addRaised(power, at, add); continue }
    if (loweredRun(source, at) !== '') { addLowered(source, at, add); continue }
    if (source[at] === '"') {
      const text = match(stringPattern, source, at)
      const value = text === undefined ? undefined : readString(text)
      if (text === undefined || value === undefined) throw unfinishedString(place(at, at + (text?.length ?? 1)))
      add({ kind: 'string', value }, at + text.length)
      continue
    }
    const operator = match(operatorPattern, source, at)
    if (operator === undefined) {
      const character = String.fromCodePoint(source.codePointAt(at)!)
      throw unknownCharacter(place(at, at + character.length), character)
    }
    const behindOperand = glued && last !== undefined && (last.kind === 'operator' ? /^[)\]}|]/.test(last.text) : last.kind !== 'line')
    if (operator === '.' && !behindOperand && /[0-9]/.test(source[at + 1] ?? '')) throw leadingDot(place(at, at + 2))
    const text = spelled[operator] ?? operator
    const end = at + operator.length
    if (closing[text] !== undefined) {
      if (open.length >= limits.depth) throw overLimit(place(at, end), 'The nesting of brackets', limits.depth, 'levels')
      open.push(tokens.length)
    } else if (text === ')' || text === ']' || text === '}') {
      const opened = open.pop()
      const bracket = opened === undefined ? undefined : tokens[opened]
      const wanted = bracket?.kind === 'operator' ? closing[bracket.text] : undefined
      if (wanted !== text) throw wrongClosing(place(at, end), text, wanted)
    } else if (relations.has(text)) {
      markIndicator(tokens, open)
    }
    add({ kind: 'operator', text }, end)
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined) {
    const token = tokens[unclosed]!
    throw neverClosed({ path, source, span: token.span }, token.kind === 'operator' ? token.text : '')
  }
  for (const [index, comment] of comments) {
    const token = tokens[index]
    if (token?.kind === 'line') tokens[index] = { ...token, comment }
  }
  tokens.push({ kind: 'end', span: { start: at, end: at }, glued: false })
  return tokens
}

/** Marks the innermost `[` around a relation; round brackets between them are groups, not the arguments of a call. */
function markIndicator(tokens: Token[], open: readonly number[]): void {
  for (let level = open.length - 1; level >= 0; level--) {
    const index = open[level]!
    const bracket = tokens[index]
    if (bracket?.kind !== 'operator') return
    if (bracket.text === '[') tokens[index] = { ...bracket, relation: true }
    const before = tokens[index - 1]
    const called = bracket.glued && (before?.kind === 'name' || (before?.kind === 'operator' && before.text === "'"))
    if (bracket.text !== '(' || called) return
  }
}

function readString(text: string): string | undefined {
  try { return JSON.parse(text) as string } catch { return undefined }
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}
