/** Lines of a text, and where something occurs next. Everything here is linear in the text, however often it is asked. */

/** The end of the line that holds `at`, before its line end. */
export function endOfLine(source: string, at: number): number {
  LINE_END.lastIndex = at
  return LINE_END.exec(source)?.index ?? source.length
}
const LINE_END = /[\r\n]/g

/** The start of the line after a line that ends at `end`. */
export const nextLine = (source: string, end: number): number => end + (source.startsWith('\r\n', end) ? 2 : 1)

/** Matches at an offset exactly: the pattern has the flag `y`. */
export function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}

export const isBlank = (text: string): boolean => !/\S/.test(text)

/** Line numbers, from 1, of offsets that are asked for in ascending order. */
export function lineCounter(source: string): (offset: number) => number {
  let line = 1
  let end = endOfLine(source, 0)
  return offset => {
    while (end < offset && end < source.length) {
      const next = nextLine(source, end)
      if (next > offset) break
      line++
      end = endOfLine(source, next)
    }
    return line
  }
}

/**
 * Where a pattern matches next. A pattern either is the thing itself, or has it as its group 1 and matches what is to be
 * passed over (`\\` before a dollar) otherwise. The last answer is kept, so asking again before it costs nothing.
 */
export function finder(source: string): (pattern: RegExp, from: number) => number {
  const known = new Map<RegExp, { from: number; at: number }>()
  return (pattern, from) => {
    const last = known.get(pattern)
    if (last && last.from <= from && from <= last.at) return last.at
    const at = next(pattern, from)
    known.set(pattern, { from, at })
    return at
  }
  function next(pattern: RegExp, from: number): number {
    pattern.lastIndex = from
    for (let m = pattern.exec(source); m !== null; m = pattern.exec(source)) if (m.length === 1 || m[1] !== undefined) return m.index
    return Infinity
  }
}

/** A stretch of lines from the line of an offset up to a line that matches `stop`; `stop` has the flag `y`. */
export function stretches(source: string, stop: RegExp): (at: number) => number {
  let from = 0
  let to = -1
  return at => {
    if (from <= at && at < to) return to
    from = at
    for (to = endOfLine(source, at); to < source.length; to = endOfLine(source, to)) {
      to = nextLine(source, to)
      if (to >= source.length || matchAt(stop, source, to) !== null) break
    }
    return to = Math.min(to, source.length)
  }
}
