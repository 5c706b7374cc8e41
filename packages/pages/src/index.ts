/** Pages of Markdown and LaTeX: their formulas, and their verdicts written beside them. */
export { type AnswerPage, type Claim, formulasOf, PAGE_LIMITS, type PageLimits, type PageRemark, readPage } from './page.ts'
export { exerciseSource, type TitledBlock } from './exercise/exercise-source.ts'
export { type Block, chainBlocks, fencedBlocks } from './exercise/fences.ts'
