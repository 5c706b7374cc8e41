/** Exercise, question, the lines of a page with `;;` between them, and the verdict on the last of them. */
export type Row = readonly [exercise: string, question: string, lines: string, verdict: 'holds' | 'conditional' | 'refuted' | 'undecided' | 'unreadable' | 'open']
