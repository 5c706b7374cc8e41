/** A formula in LaTeX to its tree. */
import type { Latex, LatexFormula, Lexicon, Span } from './ast.ts'
import { latexChildren } from './children.ts'
import { type Cursor, inside, isLeaf } from './cursor.ts'
import { overLimit } from '../messages.ts'
import { pair } from './pairs.ts'
import { content, items, relation } from './parse-clause.ts'
import { operand, primary } from './parse-operand.ts'
import { statements } from './parse-statements.ts'
import { body, sum } from './parse-sum.ts'
import { defaultLimits, type Limits } from './token.ts'
import { tokenize } from './tokens.ts'

/** What a reader may know of the page, how messages call the text, and how much of it is read. */
export interface ReadOptions { readonly lexicon?: Lexicon; readonly path?: string; readonly limits?: Partial<Limits> }

const noWords: Lexicon = { words: new Set(), letters: new Set() }

/** The tree of a formula, with the place of every piece; throws a ChainError with a place where it cannot be read. */
export function readLatex(source: string, options: ReadOptions = {}): LatexFormula {
  const limits = { ...defaultLimits, ...options.limits }
  const path = options.path ?? 'formula'
  const lexicon = options.lexicon ?? noWords
  if (source.length > limits.characters) throw overLimit({ path, source, span: { start: limits.characters, end: limits.characters + 1 } }, 'The formula', limits.characters, 'characters')
  const { tokens, loose } = pair(tokenize(source, path, lexicon, limits))
  const places = [...tokens.map(({ span }) => span).filter(({ start, end }) => end > start), ...loose]
  const cursor: Cursor = {
    tokens, source, path, lexicon, limits, loose, declared: options.lexicon !== undefined, unseen: new WeakSet(), notes: [],
    grammar: { content, items, relation, sum, body, operand, primary }, at: 0, depth: 0, nodes: 0, mode: inside,
  }
  const found = [...statements(cursor), ...cursor.notes]
  return { source, statements: found, own: outside(found, loose), tokens: places.sort(byPlace) }
}

/** The places that no leaf holds already, such as the space in `{ \, W }`. */
function outside(nodes: readonly Latex[], loose: readonly Span[]): readonly Span[] {
  const leaves: Span[] = []
  const open = [...nodes]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isLeaf(node)) leaves.push(node.span)
    if (node.kind === 'indicator') leaves.push(...node.own)
    open.push(...latexChildren(node))
  }
  leaves.sort(byPlace)
  let at = 0
  return [...loose].sort(byPlace).filter((span) => {
    while (at < leaves.length && leaves[at]!.end <= span.start) at++
    return !(at < leaves.length && leaves[at]!.start <= span.start)
  })
}

function byPlace(a: Span, b: Span): number { return a.start - b.start || a.end - b.end }
