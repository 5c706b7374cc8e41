/** Other spellings of the same LaTeX. */
export interface Spelling { readonly id: string; readonly respelled: (latex: string) => string }

export const SPELLINGS: readonly Spelling[] = [
  { id: 'letter T', respelled: t => (/T/.test(t) ? t : t.replaceAll('\\top', 'T')) },
  { id: 'display fractions', respelled: t => t.replaceAll('\\frac', '\\dfrac') },
  { id: 'text fractions', respelled: t => t.replaceAll('\\frac', '\\tfrac') },
  { id: 'more blanks', respelled: t => t.replaceAll(' ', '\n  ') },
  { id: 'thin blanks', respelled: t => t.replaceAll(' = ', ' \\,=\\; ') },
  { id: 'growing brackets', respelled: t => (t.includes('\\left') ? t : t.replaceAll('(', '\\left(').replaceAll(')', '\\right)')) },
  { id: 'a full stop', respelled: t => `${t} .` },
  { id: 'braces around it', respelled: t => `{${t}}` },
]
