/** From tokens to pieces of text: groups, scripts, fractions, environments. */
import { flatten, type Piece } from './pieces.ts'
import { ACCENTS, BLANKS, CHARACTERS, DOUBLE_STRUCK, DROPPED, NOTHING, raised, type Role, SHOWN, SYMBOLS, TEXTS } from './symbols.ts'
import type { Token } from './tokens.ts'

/** Deeper formulas are not printed. */
const DEEPEST = 60

/** What `&` and `\\` mean: nothing in an aligned chain, commas and semicolons in cases and matrices. */
type Rows = 'lines' | 'table'

const piece = (text: string, role: Role, { start, end }: { start: number; end: number }): Piece => ({ text, role, start, end })

/** The pieces of a formula; undefined for one that is nested too deeply. */
export function piecesOf(latex: string, tokens: readonly Token[]): Piece[] | undefined {
  let k = 0
  let depth = 0
  let tooDeep = false

  /** The token that was read last. */
  const last = (): Token => tokens[Math.min(k, tokens.length) - 1]!

  /** Items up to a token of the kind that ends them, which is not taken. */
  function row(ends: (token: Token) => boolean, rows: Rows): Piece[] {
    const pieces: Piece[] = []
    while (k < tokens.length && !tooDeep && !ends(tokens[k]!)) pieces.push(...item(rows))
    return pieces
  }

  function item(rows: Rows): Piece[] {
    if (++depth > DEEPEST) tooDeep = true
    const pieces = tooDeep ? [] : read(tokens[k++]!, rows)
    depth--
    return pieces
  }

  function read(token: Token, rows: Rows): Piece[] {
    switch (token.kind) {
      case 'character': return [character(token)]
      case 'open': return group()
      case 'close': return [piece('}', 'close', token)]
      case 'align': return rows === 'table' ? [piece(',', 'comma', token)] : []
      case 'row': return [rows === 'table' ? piece(';', 'comma', token) : piece(' ', 'blank', token)]
      case 'sub': case 'sup': return script(token)
      case 'command': return command(token)
    }
  }

  /** What stands between braces that have been opened. */
  function group(): Piece[] {
    const pieces = row(t => t.kind === 'close', 'lines')
    k++
    return pieces
  }

  function argument(): Piece[] {
    const token = tokens[k]
    return token === undefined || token.kind === 'close' || token.kind === 'align' || token.kind === 'row' ? [] : item('lines')
  }

  function character(token: Token): Piece {
    if (/^['’′]$/.test(token.text)) return { ...piece("'", 'atom', token), attached: true }
    const known = CHARACTERS[token.text]
    return known ? piece(known.text, known.role, token) : piece(token.text, 'atom', token)
  }

  /** `_5`, `_{2,5}`, `⁽²⁾`, `ᵀ`, `^{z_i}`: no blanks inside. */
  function script(sign: Token): Piece[] {
    const inner = flatten(argument()).filter(p => p.role !== 'blank').map(p => ({ ...p, role: 'atom' as const, attached: true }))
    const text = inner.map(p => p.text).join('')
    const up = sign.kind === 'sup' && raised(text) !== undefined
    if (up) return inner.map(p => ({ ...p, text: raised(p.text) ?? p.text }))
    if (sign.kind === 'sup' && /^′+$/.test(text)) return inner.map(p => ({ ...p, text: "'" }))
    const mark = { ...piece(sign.text, 'atom', sign), attached: true }
    if (Array.from(text).length <= 1) return [mark, ...inner]
    return [{ ...mark, text: `${sign.text}{` }, ...inner, { ...piece('}', 'atom', last()), attached: true }]
  }

  function command(token: Token): Piece[] {
    const { text: name } = token
    const symbol = SYMBOLS.get(name)
    if (symbol) return [piece(symbol.text, symbol.role, token)]
    if (/^[dtc]?frac$/.test(name)) return fraction(token)
    if (name === 'begin' || name === 'end') return environment(token)
    if (name === 'sqrt') return root(token)
    if (name === 'mathbb') return argument().map(p => ({ ...p, text: DOUBLE_STRUCK.get(p.text) ?? p.text }))
    if (BLANKS.has(name)) return [piece(' ', 'blank', token)]
    if (SHOWN.has(name)) return argument()
    if (TEXTS.has(name)) return words()
    if (ACCENTS.has(name)) return accent(ACCENTS.get(name)!, name, token)
    if (NOTHING.has(name)) {
      if ((name === 'left' || name === 'right') && tokens[k]?.text === '.') k++
      return []
    }
    if (DROPPED.has(name) || name === 'textcolor') {
      argument()
      return name === 'textcolor' ? argument() : []
    }
    return [piece(`\\${name}`, 'word', token)]
  }

  function fraction(token: Token): Piece[] {
    const top = flatten(argument())
    const between = last()
    const bottom = flatten(argument())
    const end = last()
    const slash = piece(isLong(top) || isLong(bottom) ? ' / ' : '/', 'atom', between)
    const whole = { start: token.start, end: end.end }
    return [{ ...piece('', 'atom', whole), fraction: [...bracketed(top, isSum(top), token, between), slash, ...bracketed(bottom, isSum(bottom) || factors(bottom) > 1, between, end)] }]
  }

  function root(token: Token): Piece[] {
    const index = tokens[k]?.text === '[' ? (k++, row(t => t.text === ']', 'lines')) : []
    if (index.length > 0) k++
    const inner = flatten(argument())
    return [...index.map(p => ({ ...p, text: raised(p.text) ?? p.text })), { ...piece('√', 'atom', token), attached: index.length > 0 }, ...bracketed(inner, inner.length > 1, token, last())]
  }

  /** The blanks of a text stay. */
  function words(): Piece[] {
    const open = tokens[k]
    if (open?.kind !== 'open') return argument()
    let inside = 0
    let end = k
    for (; end < tokens.length; end++) {
      if (tokens[end]!.kind === 'open') inside++
      else if (tokens[end]!.kind === 'close' && --inside === 0) break
    }
    const place = { start: open.end, end: tokens[end]?.start ?? latex.length }
    k = end + 1
    const text = latex.slice(place.start, place.end).replace(/[\s~]+/g, ' ').replace(/[$]/g, '')
    const blank = piece(' ', 'blank', { start: place.end, end: place.end })
    return text.trim() === '' ? [blank] : [...(text.startsWith(' ') ? [blank] : []), piece(text.trim(), 'word', place), ...(text.endsWith(' ') ? [blank] : [])]
  }

  function accent(mark: string, name: string, token: Token): Piece[] {
    const inner = argument()
    const first = inner[0]
    if (first && inner.length === 1 && Array.from(first.text).length === 1) return [{ ...first, text: (first.text + mark).normalize('NFC'), start: token.start }]
    return [piece(`${name}(`, 'open', token), ...inner, piece(')', 'close', last())]
  }

  /** `cases` in braces, matrices in square brackets, aligned chains without anything. */
  function environment(token: Token): Piece[] {
    const open = k
    if (tokens[k]?.kind === 'open') {
      while (k < tokens.length && tokens[k]!.kind !== 'close') k++
      k++
    }
    const name = latex.slice(tokens[open]?.end ?? latex.length, last().start).replace('*', '')
    if (token.text === 'end') return []
    if (name === 'array' && tokens[k]?.kind === 'open') argument()
    const brackets = name === 'cases' || name === 'rcases' ? '{}' : name.endsWith('matrix') || name === 'array' ? '[]' : ''
    const inner = row(t => t.kind === 'command' && t.text === 'end', brackets === '' ? 'lines' : 'table')
    const closing = tokens[k]
    if (brackets === '') return inner
    return [piece(brackets[0]!, 'open', token), ...withoutLastComma(inner), ...(closing ? [piece(brackets[1]!, 'close', closing)] : [])]
  }

  const pieces = row(() => false, 'lines')
  return tooDeep ? undefined : pieces
}

const bracketed = (pieces: readonly Piece[], wanted: boolean, before: Token, after: Token): Piece[] =>
  (wanted ? [piece('(', 'open', before), ...pieces, piece(')', 'close', after)] : [...pieces])

/** Terms with a sign between them, or a relation, outside of brackets. */
function isSum(pieces: readonly Piece[]): boolean {
  let depth = 0
  return pieces.some((p, k) => {
    if (p.role === 'open') depth++
    else if (p.role === 'close') depth--
    return depth === 0 && k > 0 && !p.attached && (p.role === 'sign' || p.role === 'relation' || p.role === 'comma')
  })
}

/** How many factors stand side by side: brackets count as one, and what a differential `∂xw_1` is of. */
function factors(pieces: readonly Piece[]): number {
  const own = pieces.filter(p => !p.attached && p.role !== 'blank')
  if (/^[∂d]$/.test(own[0]?.text ?? '') && own.slice(1).every(p => p.role === 'atom' && p.text !== '∂' && p.text !== 'd')) return 1
  let count = 0
  let depth = 0
  for (const p of own) {
    if (p.role === 'close') depth--
    else if (depth === 0 && p.text !== '∂') count++
    if (p.role === 'open') depth++
  }
  return count
}

const isLong = (pieces: readonly Piece[]): boolean => pieces.filter(p => !p.attached).length > 8 || pieces.some(p => p.role === 'big')

const withoutLastComma = (pieces: readonly Piece[]): readonly Piece[] => (pieces.at(-1)?.role === 'comma' ? pieces.slice(0, -1) : pieces)
