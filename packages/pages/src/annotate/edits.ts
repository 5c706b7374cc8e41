/** Changes of a text at places of the old text. */

export interface Edit { readonly start: number; readonly end: number; readonly text: string }

/** The text with all edits done; edits do not overlap, and of several at one place the first comes first. */
export function edited(source: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += source.slice(at, edit.start) + edit.text
    at = Math.max(at, edit.end)
  }
  return result + source.slice(at)
}
