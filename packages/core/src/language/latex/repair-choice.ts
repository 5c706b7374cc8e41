/** What a repair changes. */
import type { Span } from './ast.ts'

/** A place of the source, what stands there, and what may have stood there. */
export interface Change { readonly span: Span; readonly was: string; readonly now: string }

/** Ways to undo one kind of damage, each with its likelihood; at most one of them is taken. */
export type RepairChoice = readonly { readonly likely: number; readonly changes: readonly Change[] }[]
