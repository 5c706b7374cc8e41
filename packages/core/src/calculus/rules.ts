/**
 * The differentiation rules: a table of small rewrites of d(expression)/d(entry).
 * Each resolves one layer and leaves derivatives of smaller expressions for the next rule.
 * All other nodes are held fixed: the way through the network is the chain rule's, in `adjoint.ts`.
 */
import { add, apply, applyOver, contract, delta, derivative, type Apply, type Contraction, type Expr, freshLike, type Index, multiply, number, open, openApply, openReduce, power, reduce, substitute, type Sym, ZERO } from '../expression/index.ts'
import { log } from '../operations/log.ts'
import { missingRule } from './messages.ts'
import { mentions } from './depends.ts'

export interface Rule {
  /** Stable id. */
  readonly id: string
  /** What a course calls it. */
  readonly name: string
  /** One line: why it holds. */
  readonly reason: string
  /** The derivative of `e` by the entry, or undefined when the rule does not apply. */
  readonly rewrite: (e: Expr, by: Sym) => Expr | undefined
}

const d = (e: Expr, by: Sym): Expr => (mentions(e, by.tensor.key) ? derivative(e, by, true) : ZERO)

const constant: Rule = {
  id: 'constant', name: 'constant', reason: 'it does not depend on the variable',
  rewrite: (e, by) => (mentions(e, by.tensor.key) ? undefined : ZERO),
}

const variable: Rule = {
  id: 'variable', name: 'derivative of the variable', reason: 'an entry by an entry of the same tensor is a delta: 1 where the indices agree, else 0',
  rewrite: (e, by) => (e.kind === 'symbol' && e.tensor.key === by.tensor.key
    ? multiply(...e.indices.map((i, k) => delta(i, by.indices[k]!))) : undefined),
}

const linearity: Rule = {
  id: 'sum', name: 'sum rule', reason: 'the derivative of a sum is the sum of the derivatives',
  rewrite: (e, by) => (e.kind === 'sum' ? add(...e.terms.map(t => d(t, by))) : undefined),
}

const isDenominator = (f: Expr): boolean => f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.value.n < 0n

/** A product opened, and those of its factors that depend on the variable. */
function opened(e: Contraction, by: Sym): { bound: readonly Index[]; factors: readonly Expr[]; moving: readonly Expr[] } {
  const inner = open(e)
  return { ...inner, moving: inner.factors.filter(f => mentions(f, by.tensor.key)) }
}

const constantFactor: Rule = {
  id: 'constant-factor', name: 'constant factor', reason: 'what does not depend on the variable stays as a factor',
  rewrite(e, by) {
    if (e.kind !== 'contraction') return undefined
    const { bound, factors, moving } = opened(e, by)
    if (moving.length !== 1) return undefined
    return contract(bound, factors.map(f => (f === moving[0] ? d(f, by) : f)), e.coefficient)
  },
}

const quotient: Rule = {
  id: 'quotient', name: 'quotient rule', reason: "(u/v)' = (u'v − uv')/v²",
  rewrite(e, by) {
    if (e.kind !== 'contraction') return undefined
    const { bound, factors, moving } = opened(e, by)
    const below = moving.filter(f => isDenominator(f) && f.kind === 'power')
    const above = moving.filter(f => !isDenominator(f))
    if (below.length !== 1 || above.length !== 1) return undefined
    const under = below[0]!
    if (under.kind !== 'power' || under.exponent !== number(-1)) return undefined
    const u = above[0]!
    const v = under.base
    const rest = factors.filter(f => !moving.includes(f))
    const top = add(multiply(d(u, by), v), multiply(number(-1), u, d(v, by)))
    return contract(bound, [...rest, top, power(v, number(-2))], e.coefficient)
  },
}

const product: Rule = {
  id: 'product', name: 'product rule', reason: "(uv)' = u'v + uv'",
  rewrite(e, by) {
    if (e.kind !== 'contraction') return undefined
    const inner = open(e)
    const terms = inner.factors.flatMap((f, k) => {
      if (!mentions(f, by.tensor.key)) return []
      return [contract(inner.bound, inner.factors.map((g, j) => (j === k ? d(g, by) : g)), e.coefficient)]
    })
    return add(...terms)
  },
}

const powerRule: Rule = {
  id: 'power', name: 'power rule', reason: "(uⁿ)' = n uⁿ⁻¹ u'",
  rewrite(e, by) {
    if (e.kind !== 'power' || mentions(e.exponent, by.tensor.key)) return undefined
    return multiply(e.exponent, power(e.base, add(e.exponent, number(-1))), d(e.base, by))
  },
}

function chain(e: Apply, by: Sym): Expr {
  if (e.fn.abstract || e.fn.whole) return chainOver(e, by)
  return add(...e.args.map((arg, k) => {
    if (!mentions(arg, by.tensor.key)) return ZERO
    if (!e.fn.partial) throw missingRule(e.fn.name)
    return multiply(e.fn.partial(e.args, k), d(arg, by))
  }))
}

/** Abstract functions, and functions of whole tensors: one slot per entry of the argument. */
function chainOver(e: Apply, by: Sym): Expr {
  return add(...e.args.map((arg, k) => {
    if (!mentions(arg, by.tensor.key)) return ZERO
    const { over, args } = openApply(e)
    const slot = over[k]!.map(freshLike)
    const body = slot.length ? substitute(args[k]!, new Map(over[k]!.map((i, j) => [i, slot[j]!]))) : args[k]!
    return contract(slot, [partialAt(e, over, args, k, slot), d(body, by)])
  }))
}

/** d f / d (entry `slot` of argument k). */
function partialAt(e: Apply, over: readonly (readonly Index[])[], args: readonly Expr[], k: number, slot: readonly Index[]): Expr {
  if (e.fn.whole) return e.fn.whole.partial(e, k, slot)
  if (!e.fn.abstract) throw missingRule(e.fn.name)
  const order = [...e.fn.partials.map((p, j) => ({ p, at: e.at[j]! })), { p: k, at: slot }].sort((x, y) => x.p - y.p)
  return applyOver({ ...e.fn, partials: order.map(o => o.p) }, args, over, order.map(o => o.at))
}

const functionRule: Rule = {
  id: 'function', name: 'derivative of a function', reason: "f(u)' = f'(u) u'",
  rewrite: (e, by) => (e.kind === 'apply' ? chain(e, by) : undefined),
}

const maximum: Rule = {
  id: 'max', name: 'maximum', reason: 'only the entry that attains the maximum counts',
  rewrite(e, by) {
    if (e.kind !== 'reduce') return undefined
    if (e.op === 'argmax') return ZERO
    const inner = openReduce(e)
    const other = openReduce(e)
    const chosen = reduce('argmax', other.over, other.body, other.where, inner.over)
    return contract(inner.over, [chosen, ...inner.where, d(inner.body, by)])
  },
}

const generalPower: Rule = {
  id: 'exponential', name: 'variable exponent', reason: "(uᵛ)' = uᵛ (v' ln u + v u'/u)",
  rewrite(e, by) {
    if (e.kind !== 'power') return undefined
    return multiply(e, add(multiply(d(e.exponent, by), apply(log, [e.base])), multiply(e.exponent, power(e.base, number(-1)), d(e.base, by))))
  },
}

/** All rules, in the order in which they are tried. */
export const RULES: readonly Rule[] = [constant, variable, linearity, constantFactor, quotient, product, powerRule, generalPower, functionRule, maximum]
