/** What is in reach where an expression stands: names, sizes, letters, layer labels. */
import type { Place } from '../errors.ts'
import type { Expr, Index } from '../expression/index.ts'
import type { Expression, Span, Statement } from '../language/ast.ts'
import type { Size } from '../shape/index.ts'
import type { Builder, Draft } from './builder.ts'
import type { AttributeValue, LayerCall, NetworkNode } from './types.ts'
import type { Value } from './value.ts'

export type BlockStatement = Extract<Statement, { kind: 'block' }>

/** What a name stands for: a node, or an argument that is an expression. */
export type Binding = { readonly kind: 'node'; readonly draft: Draft } | { readonly kind: 'value'; readonly value: Value }

/** The names of a text, of a block call or of an operation call. Lookups go outwards; an operation has no outside. */
export interface Scope {
  /** `c1.` inside the call that makes c1; empty for the text. */
  readonly prefix: string
  readonly outer: Scope | undefined
  readonly text: { readonly source: string; readonly path: string }
  readonly names: Map<string, Binding>
  /** Named sizes, and attributes that are numbers. */
  readonly sizes: Map<string, Size>
  readonly attributes: Map<string, AttributeValue>
  /** Canonical name to the declared function, or the operation put in its place. */
  readonly functions: Map<string, string>
  readonly blocks: Map<string, BlockStatement>
  /** Index letters seen in the text, by name as written. */
  readonly hints: ReadonlyMap<string, readonly string[]>
  /** Local names that are the results of the call, and the node names they get. */
  readonly outputs: ReadonlyMap<string, string>
  /** In place: definitions are remembered as values, no node is made. */
  readonly inline: boolean
  readonly layer: LayerCall | undefined
  /** What the result of the call says of itself. */
  readonly result: Pick<NetworkNode, 'operation' | 'display'> | undefined
  /** How many calls stand around this one. */
  readonly depth: number
}

/** A bound index letter and what gave it its size. */
export interface Letter { readonly index: Index; readonly origin: string; /** True when its size was written with it, as in `i: 4`. */ readonly sized?: boolean }

/** A layer label: `l + 1` is `{ symbol: 'l', offset: 1 }`, a number has an empty symbol. */
export interface Label { readonly symbol: string; readonly offset: number }

/** Entries read inside `max` with a computed position leave their index and its condition here. */
export interface Window { readonly over: Index[]; readonly where: Expr[] }

export interface Env {
  readonly builder: Builder
  readonly scope: Scope
  readonly letters: ReadonlyMap<string, Letter>
  /** What `...` stands for between square brackets. */
  readonly ellipsis: readonly Index[] | undefined
  readonly window: Window | undefined
  readonly labels: ReadonlyMap<string, Label>
  /** The node that is being defined; layers inside its expression are named after it. */
  readonly owner: string
  readonly loss: boolean
  /** Values of parts that were needed early for their shape; each part is read once. */
  readonly early: Map<Expression, Value>
  /** The reader of expressions, passed along so that imports point one way. */
  readonly read: (e: Expression, env: Env) => Value
  /** The reader of calls. */
  readonly call: (e: Extract<Expression, { kind: 'call' }>, env: Env) => Value
  /** A call that is a whole right side: its results as nodes of these names, or undefined when it is read as an expression. */
  readonly whole: (e: Extract<Expression, { kind: 'call' }>, scopeName: string, names: readonly string[], env: Env) => readonly Value[] | undefined
  /** The reader of statements. */
  readonly statement: (s: Statement, env: Env) => void
}

export const placeIn = (env: Env, span: Span): Place => ({ ...env.scope.text, span })
export const written = (env: Env, span: Span): string => env.scope.text.source.slice(span.start, span.end).replace(/\s+/g, ' ')

/** Round brackets off. */
export function bare(e: Expression): Expression { return e.kind === 'group' ? bare(e.inner) : e }

/** The first answer from the innermost scope outwards. */
export function outwards<T>(scope: Scope | undefined, find: (s: Scope) => T | undefined): T | undefined {
  for (let s = scope; s; s = s.outer) {
    const found = find(s)
    if (found !== undefined) return found
  }
  return undefined
}

/** The node or value with this canonical name. */
export const findName = (env: Env, text: string): Binding | undefined => outwards(env.scope, s => {
  const local = s.names.get(text)
  if (local) return local
  const draft = env.builder.byName.get(s.prefix + text)
  return draft && text.includes('.') ? { kind: 'node', draft } : undefined
})

/** All names of tensors in reach, for messages. */
export function namesInReach(env: Env): string[] {
  const all: string[] = []
  for (let s: Scope | undefined = env.scope; s; s = s.outer) all.push(...s.names.keys())
  return all
}

export const bindNode = (scope: Scope, local: string, draft: Draft): void => { scope.names.set(local, { kind: 'node', draft }) }
