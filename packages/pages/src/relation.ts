/** Whether a formula of the running text says something. */

const CLAIM = /:=|=|≤|≥|≈|←|\\(?:leq?|geq?|leqslant|geqslant|approx|equiv|leftarrow|gets|coloneqq)(?![A-Za-z])/
const NOT_EQUAL = /\\not\s*=|\\neq?(?![A-Za-z])/g

/** An equation, an inequality with ≤ or ≥, an assignment; `i \neq j` and `i \in data` are conditions. */
export const isClaim = (latex: string): boolean => CLAIM.test(latex.replace(NOT_EQUAL, ''))
