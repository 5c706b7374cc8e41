/** Sentences with formulas between dollars: `The factor $x^{(i)}$ is lost.` */

/** The sentence with its words and its formulas each put as the output has them. */
export const withFormulas = (sentence: string, words: (text: string) => string, formula: (latex: string) => string): string =>
  sentence.split(/\$([^$]+)\$/).map((part, k) => (k % 2 === 1 ? formula(part) : words(part))).join('')
