/**
 * A scene is one reading of an exercise: a network with every open choice made, the page's names for its quantities,
 * the layout of derivatives. Claims are read in a scene, and their sides compared at its points.
 */
import type { Expr, Index, Sym } from '../expression/index.ts'
import type { Latex } from '../language/latex/ast.ts'
import type { Network } from '../network/types.ts'
import type { Content, Meaning } from './meaning/meaning.ts'
import type { Run } from './meaning/run.ts'
import type { NameTable } from './names/table.ts'
import type { ScenePoints } from './points.ts'

/** One open choice as it was made: `padding` = `same`, said as `same padding`. */
export interface Choice { readonly name: string; readonly value: string; readonly words: string }

/** A part of a pattern: a text that has to stand there, or a letter that stands for what is there. */
export type PatternPart = { readonly text: string } | { readonly letter: string }

/** What the letters of a pattern stood for: subtrees for indices, texts for labels. */
export interface Captures { readonly trees: ReadonlyMap<string, Latex>; readonly labels: ReadonlyMap<string, string> }

/** A name of the page: a symbol with scripts, or any other piece, and what it means. */
export interface PageName {
  readonly pattern:
    | { readonly kind: 'name'; readonly base: string; readonly sub: readonly PatternPart[]; readonly layer?: { readonly bracket: '(' | '['; readonly part: PatternPart }; readonly star: boolean }
    | { readonly kind: 'tree'; readonly tree: Latex; readonly letters: ReadonlySet<string> }
  readonly means:
    | { readonly kind: 'content'; readonly read: (captures: Captures, env: Env) => Content }
    /** A function: the name of an operation, or of an abstract function of the network. */
    | { readonly kind: 'function'; readonly name: string }
  /** As written in the exercise or on the page, for messages. */
  readonly text: string
}

/** What `dX` means on the page. */
export type Differentials = { readonly kind: 'differential' } | { readonly kind: 'gradient'; readonly of: Expr }

/** A derivative that the page got wrong and goes on with: ∂ of / ∂ by has this value, over the indices of `by`. */
export interface Adjoint { readonly of: Sym; readonly by: Sym; readonly value: Expr }

export interface Scene {
  /** The name of the network in the exercise. */
  readonly name: string
  readonly network: Network
  readonly choices: readonly Choice[]
  readonly table: NameTable
  readonly pageNames: readonly PageName[]
  readonly layout: 'jacobian' | 'gradient'
  /** True when the exercise fixes the layout; else the other one is tried too. */
  readonly layoutFixed: boolean
  /** Letters of layer labels with their numbers: `l` is 2, `L` is 4. */
  readonly labels: ReadonlyMap<string, string>
  readonly differentials: Differentials
  /** Names of the learning rate on the page, canonical. */
  readonly rates: ReadonlyMap<string, Sym>
  /** The data index of everything that exists once per sample. */
  readonly sample: Index
  readonly points: ScenePoints
  /** What the page takes derivatives to be, when its later lines are judged given an earlier wrong one. */
  readonly adjoints?: readonly Adjoint[]
}

/** What a letter stands for. The index of an axis letter is made at its first use, which gives the size. */
export type Letter =
  | { readonly kind: 'axis'; readonly name: string; readonly cell: { index: Index | undefined } }
  | { readonly kind: 'data'; readonly index: Index }
  | { readonly kind: 'label'; readonly text: string }
  | { readonly kind: 'value'; readonly expr: Expr; readonly number?: number }

/** What a piece was read as, with the index letters in it. */
export type Memo = WeakMap<Latex, { readonly content: Content; readonly letters: readonly (readonly [string, Index])[] }>

/** What is in reach where a piece of a page stands: the scene, letters that sums bind, the current sample. */
export interface Env {
  readonly scene: Scene
  readonly run: Run
  readonly letters: ReadonlyMap<string, Letter>
  /** The sample that names without a superscript speak of. */
  readonly sample: Index
  /** What a prime behind a bracket differentiates by. */
  readonly variable: Meaning | undefined
  /** Pieces that have one reading, remembered for lines that differ in one place only. */
  readonly memo?: Memo
  /** The reader of any piece, passed along so that imports point one way. */
  readonly read: (e: Latex, env: Env) => Content
}
