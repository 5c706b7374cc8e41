/** Rows of a CSV file (RFC 4180): fields between separators, quoted where they hold one, quotes doubled inside. */
import type { Bytes } from '../files/index.ts'
import { openQuote } from './messages.ts'

/** One row, with the line on which it begins (from 1) and the byte. */
export interface Row { readonly line: number; readonly at: number; readonly fields: readonly string[] }

const [QUOTE, NEWLINE, RETURN, MARK] = [34, 10, 13, 0xef]
const step = 1 << 18

/**
 * The rows from byte `start`, which begins line `line`, in groups as they are read. Empty lines and a byte order mark are left
 * out. Throws a ChainError for a quoted field without an end.
 */
export async function* rows(bytes: Bytes, separator: string, start = 0, line = 1): AsyncGenerator<Row[], void> {
  const text = new TextDecoder()
  let rest = new Uint8Array(0)
  let [at, number] = [start, line]
  for (let next = start; ;) {
    const piece = await bytes.read(next, step)
    next += piece.length
    const last = piece.length < step
    const data = new Uint8Array(rest.length + piece.length)
    data.set(rest)
    data.set(piece, rest.length)
    let from = data[0] === MARK && at === 0 ? 3 : 0
    let quoted = false
    let lines = 0
    let opened = number
    const group: Row[] = []
    const take = (to: number, after: number): void => {
      const end = to > from && data[to - 1] === RETURN ? to - 1 : to
      if (end > from) group.push({ line: number, at: at + from, fields: fieldsOf(text.decode(data.subarray(from, end)), separator) })
      number += 1 + lines
      lines = 0
      from = after
    }
    for (let k = from; k < data.length; k++) {
      const c = data[k]
      if (c === QUOTE) { quoted = !quoted; opened = number + lines } else if (c === NEWLINE) { if (quoted) lines++; else take(k, k + 1) }
    }
    if (last) {
      if (quoted) throw openQuote(bytes.path, opened)
      if (from < data.length) take(data.length, data.length)
    }
    if (group.length > 0) yield group
    if (last) return
    rest = data.slice(from)
    at += from
  }
}

/** The fields of one row. */
export function fieldsOf(row: string, separator: string): string[] {
  if (!row.includes('"')) return row.split(separator)
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let k = 0; k < row.length; k++) {
    const c = row[k]!
    if (c === '"') {
      if (quoted && row[k + 1] === '"') { field += '"'; k++ } else quoted = !quoted
    } else if (c === separator && !quoted) { fields.push(field); field = '' } else field += c
  }
  fields.push(field)
  return fields
}
