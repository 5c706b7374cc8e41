/**
 * A slip is a known mistake: how it is made at a node of a right line, and how it is mended at a node of a wrong one.
 * Both are edits of one node, so that the place can be shown. A slip is named only when its mended line has the right value.
 */
import type { Span } from '../../language/ast.ts'
import type { Latex, Lexicon } from '../../language/latex/index.ts'
import type { SceneChain } from '../scene-chain.ts'

/** A node of a line, and what stands around it. */
export interface Site {
  readonly node: Latex
  /** The node above; undefined for the whole line. */
  readonly parent: Latex | undefined
  /** The whole line with this node replaced. */
  readonly replace: (by: Latex) => Latex
}

/** A change of one node. */
export interface Edit {
  readonly put: Latex
  /** The place of the mistake in the line that is changed. */
  readonly where: Span
  /** What the mistake is, a sentence. */
  readonly says: string
  /** True when it puts something in that was not there: tried last, since much can be put in. */
  readonly adds?: true
}

/** What mistakes are made of: names that could stand there instead, pieces of right lines, functions. */
export interface SlipContext {
  /** Names of the same shape that a symbol could be mistaken for: `a_1` for `a_2`. */
  readonly alternatives: (e: Latex) => readonly Latex[]
  /** Other quantities with the same label: `n_5` for `z_5`. */
  readonly siblings: (e: Latex) => readonly Latex[]
  /** Factors and terms of right lines, for what may have been left out. */
  readonly factors: readonly Latex[]
  readonly terms: readonly Latex[]
  /** Names of functions that could be taken for one another. */
  readonly functions: readonly string[]
  /** How many axes a piece has; undefined for one that has no meaning. */
  readonly rank: (e: Latex) => number | undefined
  /** Whether a head is a function here, and no quantity. */
  readonly isFunction: (head: Latex) => boolean
  /** Whether a sum runs over the data. */
  readonly isDataSum: (e: Latex) => boolean
  /** What stands below a sum over the data on this page, and its upper end. */
  readonly dataSum: (body: Latex) => Latex
  /** 1/m as the page writes it. */
  readonly share: Latex
  /** Whether a symbol is a bias. */
  readonly isBias: (e: Latex) => boolean
  /** Whether a symbol is the strength of a regulariser. */
  readonly isStrength: (e: Latex) => boolean
}

export interface Slip {
  readonly id: string
  /** What a teacher calls it. */
  readonly called: string
  /** All ways to make the mistake at a node of a right line. */
  readonly make: (site: Site, c: SlipContext) => readonly Edit[]
  /** All ways to mend it at a node of a wrong line. */
  readonly mend: (site: Site, c: SlipContext) => readonly Edit[]
  /** A right line and what the slip makes of it. */
  readonly sample: { readonly right: string; readonly wrong: string }
}

/** A wrong link that is to be explained. */
export interface Search {
  readonly chain: SceneChain
  /** The link that is wrong, from 0, and the tree of its right side. */
  readonly link: number
  readonly wrong: Latex
  /** Right lines on the page that say the same. */
  readonly right: readonly Latex[]
  readonly latex: string
  readonly lexicon: Lexicon
}
