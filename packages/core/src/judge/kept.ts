/**
 * Expressions of one claim are forgotten after it. What is made during a claim and kept (scenes, templates of operations)
 * must not be: its making is counted, and the claim that made something forgets nothing.
 */
let count = 0

/** Says that expressions were made that stay. */
export const noteKept = (): void => { count++ }
export const keptSoFar = (): number => count
