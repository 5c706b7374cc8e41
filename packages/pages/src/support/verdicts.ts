/** Verdicts for tests, made by hand. */
import type { ClaimVerdict, LinkVerdict, Verdict } from '../judge-types.ts'
import { countsOf, type JudgedPage } from '../judged-page.ts'

/** The place of a part of the LaTeX. */
export function span(latex: string, part: string): { start: number; end: number } {
  const start = latex.indexOf(part)
  if (start < 0) throw new Error(`${part} is not in ${latex}`)
  return { start, end: start + part.length }
}

/** A link between two parts of the LaTeX. */
export const link = (latex: string, left: string, right: string, verdict: Verdict, more: Partial<LinkVerdict> = {}): LinkVerdict =>
  ({ verdict, left: span(latex, left), right: span(latex, right), ...more })

/** A claim; its place is found in the page when it is given. */
export function claim(latex: string, verdict: Verdict, more: Partial<ClaimVerdict> = {}, page = ''): ClaimVerdict {
  const offset = Math.max(0, page.indexOf(latex))
  return { line: page.slice(0, offset).split('\n').length, offset, latex, verdict, links: [], firstWrong: null, ...more }
}

export const judged = (claims: readonly ClaimVerdict[], more: Partial<JudgedPage> = {}): JudgedPage => ({ path: 'page.md', claims, counts: countsOf(claims), remarks: [], ...more })

const W25 = '\\begin{split}&\\frac{\\partial E}{\\partial w_{2,5}}=\\frac{\\partial E}{\\partial n_5}\\frac{\\partial n_5}{\\partial w_{2,5}}\\\\&=\\left(2\\sum_{i\\in data}(n_7-y_7^{(i)})\\right)g\'(b+w_{5,7}n_5)\\cdot w_{5,7}\\cdot g\'(b+w_{2,5}n_2)\\cdot n_2\\end{split}'
const RIGHT = "\\sum_{i\\in data}2(n_7-y_7^{(i)})g'(b+w_{5,7}n_5)w_{5,7}g'(b+w_{2,5}n_2)n_2"
const LEFT = '\\frac{\\partial E}{\\partial w_{2,5}}'
const MIDDLE = '\\frac{\\partial E}{\\partial n_5}\\frac{\\partial n_5}{\\partial w_{2,5}}'
const WRITTEN = W25.slice(W25.indexOf('\\left('), W25.indexOf('\\end{split}'))
const SUM = '\\left(2\\sum_{i\\in data}(n_7-y_7^{(i)})\\right)'

/** The claim of SAMPLES.md: a sum pulled out of a product. */
export const pulledOut = (page = ''): ClaimVerdict => claim(W25, 'refuted', {
  id: 'B1.w25', question: 'B1.w25', firstWrong: 2, key: 'w25',
  links: [
    link(W25, LEFT, MIDDLE, 'proved'),
    link(W25, MIDDLE, WRITTEN, 'refuted', { counterexample: { at: { n_7: [0.5, 1], g: 'sigmoid' }, left: '−0.00131', right: '0.00259' }, note: 'with one sample the two agree' }),
  ],
  slip: { name: 'sum-pulled-out', explanation: 'The sum over the data is pulled out of the product. n_7, n_5 and n_2 differ from sample to sample.', where: span(W25, SUM), corrected: RIGHT, mark: { start: 0, end: '\\sum_{i\\in data}'.length } },
}, page)
