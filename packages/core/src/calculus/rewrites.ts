/** The rewrites of a derivation: each makes `after` from `before` alone, so that steps replay. */
import { add, contract, derivative, type Derivative, type Expr, type Index, mapChildren, multiply, somewhere, substitute, type Sym } from '../expression/index.ts'
import { mentions } from './depends.ts'
import { applyRule, differentiate, hasOpenDerivative, isOpenDerivative } from './differentiate.ts'
import { cancelQuotients, collect, cost, expand, useDeltas } from './expand.ts'
import { features } from './features.ts'
import { useFacts, useSymmetry } from './facts.ts'
import { fold } from './fold.ts'
import { freshEntry } from './graph.ts'
import { RULES } from './rules.ts'
import type { GraphNode, Note, RewriteContext, RewriteId } from './types.ts'

export interface Rewrite {
  readonly name: string
  readonly apply: (e: Expr, context: RewriteContext) => { readonly expr: Expr; readonly notes: readonly Note[] }
}

/** Replaces derivative nodes; what `f` leaves undefined stays. */
export function mapDerivatives(e: Expr, f: (d: Derivative) => Expr | undefined): Expr {
  if (e.kind === 'derivative') return f(e) ?? e
  if (!hasDerivative(e)) return e
  return mapChildren(e, c => mapDerivatives(c, f))
}
/** Does the expression hold any derivative node? */
export const hasDerivative = somewhere(e => e.kind === 'derivative')

/** The definition of a node at the indices of an entry. */
export const definitionAt = (n: GraphNode, at: Sym): Expr => substitute(n.definition, new Map(n.indices.map((i, k) => [i, at.indices[k]!])))

const isTotal = (d: Derivative, c: RewriteContext): boolean => !d.direct && d.of.kind === 'symbol' && d.of.tensor.key === c.graph.of.tensor.key

/** d of / d v = sum over the nodes c that use v of (d of / d c)(d c / d v). */
function chainRule(d: Derivative, context: RewriteContext): Expr {
  const { graph } = context
  const users = graph.consumers.get(d.by.tensor.key) ?? []
  return add(...users.map(c => {
    // beside other ways it is written out, so that it cannot be read as the total derivative on the left
    if (c.node.tensor.key === graph.of.tensor.key) return derivative(users.length > 1 ? definitionAt(c, graph.of) : graph.of, d.by, true)
    const at = freshEntry(graph, c.node)
    const summed = at.indices.filter(i => i !== graph.sample)
    return contract(summed, [derivative(graph.of, at), derivative(at, d.by, true)])
  }))
}

/** Derivatives of the output replaced by the results of their blocks. */
const writeKnown = (e: Expr, context: RewriteContext, long: boolean): Expr => mapDerivatives(e, d => {
  const k = isTotal(d, context) ? context.known.get(d.by.tensor.key) : undefined
  if (!k || (k.long && !long) || d.of.kind !== 'symbol') return undefined
  return substitute(k.result, pairs([...context.graph.of.indices, ...k.by.indices], [...d.of.indices, ...d.by.indices]))
})

/** The answer is written out up to this length; beyond it, it speaks of named adjoints. */
export const WRITE_OUT_ANSWER = 400

/** What is known, and what is known of that, until no name is left; with the short ones alone when the whole is too long. */
function writtenOut(e: Expr, context: RewriteContext): Expr {
  let whole = e
  for (;;) {
    const next = writeKnown(whole, context, true)
    if (next === whole) return whole
    if (cost(next, WRITE_OUT_ANSWER) > WRITE_OUT_ANSWER) return writeKnown(e, context, false)
    whole = next
  }
}

const pairs = (from: readonly Index[], to: readonly Index[]): Map<Index, Index> => new Map(from.map((i, k) => [i, to[k]!]))

/** Notes on rules stand in the order of the table. */
const order = (n: Note): number => (n.kind === 'rule' ? RULES.findIndex(r => r.id === n.id) : -1)
const label = (n: Note): string => (n.kind === 'rule' ? n.name : '')

const none: readonly Note[] = []
const text = (t: string): Note => ({ kind: 'text', text: t })

export const REWRITES: Readonly<Record<RewriteId, Rewrite>> = {
  'chain-rule': {
    name: 'chain rule',
    apply(e, context) {
      return { expr: mapDerivatives(e, d => (isTotal(d, context) && d.by.tensor.key !== context.graph.of.tensor.key ? chainRule(d, context) : undefined)), notes: none }
    },
  },
  definition: {
    name: 'definition',
    apply(e, { graph }) {
      const notes: Note[] = []
      const expr = mapDerivatives(e, d => {
        if (!d.direct || d.of.kind !== 'symbol') return undefined
        const n = graph.byKey.get(d.of.tensor.key)
        if (!n || d.of.tensor.key === d.by.tensor.key) return undefined
        notes.push({ kind: 'definition', node: n.node.name })
        return derivative(definitionAt(n, d.of), d.by, true)
      })
      return { expr, notes }
    },
  },
  rules: {
    name: 'differentiate',
    apply(e) {
      const notes = new Map<string, Note>()
      const round = (x: Expr): Expr => {
        if (isOpenDerivative(x)) {
          const { rule, after } = applyRule(x.of, x.by)
          const named = rule.id === 'function' && x.of.kind === 'apply' && !x.of.fn.abstract ? `derivative of ${x.of.fn.name}` : rule.name
          notes.set(named, { kind: 'rule', id: rule.id, name: named, reason: rule.reason })
          return after
        }
        return hasOpenDerivative(x) ? mapChildren(x, round) : x
      }
      const expr = round(e)
      return { expr, notes: [...notes.values()].sort((a, b) => order(a) - order(b) || (label(a) < label(b) ? -1 : 1)) }
    },
  },
  local: {
    name: 'local derivatives',
    apply(e, { graph, foldables }) {
      const nodes = new Set<string>()
      const expr = mapDerivatives(e, d => {
        const composite: boolean = isOpenDerivative(d)
        if (composite) return shortestForm(differentiate(d.of, d.by), foldables)
        if (!d.direct || d.of.kind !== 'symbol') return undefined
        const n = graph.byKey.get(d.of.tensor.key)
        if (!n) return undefined
        nodes.add(n.node.name)
        return localDerivative(n, d.of, d.by, foldables)
      })
      // in the order of computation, the last node first
      return { expr, notes: graph.nodes.map(n => n.node.name).filter(n => nodes.has(n)).reverse().map(node => ({ kind: 'definition', node })) }
    },
  },
  known: {
    name: 'substitute what is known',
    apply: (e, context) => ({ expr: writeKnown(e, context, false), notes: none }),
  },
  'written-out': {
    name: 'write out',
    apply: (e, context) => ({ expr: writtenOut(e, context), notes: none }),
  },
  'all-samples': {
    name: 'all samples',
    apply(e, context) {
      const { overData, graph } = context
      if (!overData || !graph.sample) return { expr: e, notes: none }
      const expr = mapDerivatives(e, d => {
        if (d.direct || d.of.kind !== 'symbol' || d.of.tensor.key !== overData.loss.tensor.key) return undefined
        const one = derivative(graph.of, d.by)
        const summed = d.by.indices.includes(graph.sample!) ? multiply(overData.outside, one) : contract([graph.sample!], [overData.outside, one])
        return add(summed, differentiate(overData.rest, d.by))
      })
      return { expr, notes: none }
    },
  },
  answer: {
    name: 'put in the answer',
    apply(e, { answer }) {
      const expr = answer ? mapDerivatives(e, d => (!d.direct && d.of.kind === 'symbol' && d.of.tensor.key === answer.of.tensor.key && d.by.tensor.key === answer.by.tensor.key
        ? substitute(answer.result, pairs([...answer.of.indices, ...answer.by.indices], [...d.of.indices, ...d.by.indices])) : undefined)) : e
      return { expr, notes: none }
    },
  },
  delta: { name: 'the delta keeps one term', apply: e => ({ expr: useDeltas(e), notes: none }) },
  cancel: { name: 'cancel', apply: e => ({ expr: cancelQuotients(e), notes: none }) },
  expand: { name: 'multiply out', apply: e => ({ expr: expand(e), notes: none }) },
  fact: {
    name: 'declared fact',
    apply(e, { facts, symmetric }) {
      const turned = symmetric.size > 0 ? useSymmetry(e, symmetric) : { expr: e, used: [] }
      const { expr, used } = useFacts(turned.expr, facts)
      return { expr, notes: [...(turned.expr === e ? [] : turned.used.map(t => text(`${t} is symmetric`))), ...used.map(t => text(`entries of ${t} sum to 1`))] }
    },
  },
  fold: { name: 'write by name', apply: (e, { foldables }) => ({ expr: fold(e, foldables), notes: none }) },
  collect: { name: 'common factor', apply: e => ({ expr: collect(e), notes: none }) },
}

/** d c / d v of one node by a direct argument, in the shorter of its factored and its expanded form. */
export function localDerivative(n: GraphNode, at: Sym, by: Sym, foldables: RewriteContext['foldables']): Expr {
  const definition = definitionAt(n, at)
  if (!mentions(definition, by.tensor.key)) return differentiate(definition, by)
  return shortestForm(differentiate(definition, by), foldables)
}

/** Folded and collected, in the shorter of the factored and the expanded form. */
function shortestForm(raw: Expr, foldables: RewriteContext['foldables']): Expr {
  const { selector, quotient } = features(raw)
  if (!selector && !quotient) return collect(fold(raw, foldables))
  const forms = [useDeltas(raw), expand(raw)].map(e => collect(fold(e, foldables)))
  return cost(forms[1]!) < cost(forms[0]!) ? forms[1]! : forms[0]!
}
