/** What a verdict may be: `holds` is proved or agrees, `open` undecided or unreadable; several between bars. */
export type Expected = string

/** Exercise, question, the lines of a page with `;;` between them, and the verdict on the last of them. */
export type Row = readonly [exercise: string, question: string, lines: string, verdict: Expected]

const SHORT: Readonly<Record<string, readonly string[]>> = { holds: ['proved', 'agrees'], open: ['undecided', 'unreadable'] }

export const accepted = (e: Expected): readonly string[] => e.split('|').flatMap(v => SHORT[v] ?? [v])
