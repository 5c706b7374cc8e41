/** Partial derivatives, gradients, differentials, primes on brackets: by differentiation of the declared network. */
import { add, contract, derivative, entry, type Expr, freshIndex, type Index, substitute, type Sym, type Tensor } from '../../expression/index.ts'
import { tensorKeys } from '../../calculus/depends.ts'
import type { DerivativeNode, DifferentialNode, Latex, NablaNode } from '../../language/latex/ast.ts'
import type { Span } from '../../language/ast.ts'
import type { NetworkNode } from '../../network/types.ts'
import type { Scene } from '../scene.ts'
import { equalTrees } from '../names/pattern.ts'
import { type Env, readTensor } from './env.ts'
import { type Meaning, tensor } from './meaning.ts'
import { ReadingProblem } from './run.ts'

/** ∂ of / ∂ by, in the layout of the scene. */
export function readDerivative(e: DerivativeNode, env: Env): Meaning {
  let made = readTensor(e.of, env)
  for (const { variable, order } of e.by) {
    for (let k = 0; k < order; k++) made = differentiated(made, variableOf(variable, env), e.span, e.style === 'd' || equalTrees(e.of, variable) ? { ...env, path: undefined } : env)
  }
  return made
}

/** What is differentiated by: entries of one node, or of several that share a name. */
export interface Variable { readonly meaning: Meaning; readonly entries: readonly Sym[] }

export function variableOf(e: Latex, env: Env): Variable {
  const meaning = readTensor(e, env)
  const entries = entriesOf(meaning, env.scene)
  if (!entries) throw new ReadingProblem('form', 'A derivative is by a quantity of the network or one of its entries.', e.span)
  return { meaning, entries }
}

function entriesOf({ expr: e, shared: name }: Meaning, scene: Scene): readonly Sym[] | undefined {
  if (e.kind !== 'symbol' || e.tensor.size || e.tensor.constant !== undefined) return undefined
  const shared = name && scene.points.tied(e.tensor.key)
  if (shared) return shared.map(t => entry(t, e.indices))
  return scene.network.byTensor.has(e.tensor.key) || scene.points.isExtra(e.tensor.key) ? [e] : undefined
}

/** d of / d by: total, or, where the run says so, only through what is written (the local factor of a path). */
export function differentiated(of: Meaning, by: Variable, span: Span, env: Env): Meaning {
  const given = env.scene.adjoints && byAdjoint(of, by, env)
  if (given) return inLayout(given, of, by.meaning, env, span)
  const direct = env.path === true && by.entries.length === 1 && localDiffers(of.expr, by.entries[0]!, env.scene) && env.run.once(`local ${of.expr.id} ${by.entries[0]!.id}`, 2) === 1
  if (direct) env.run.note('a partial is read as the local factor')
  const expr = add(...by.entries.map(b => derivative(of.expr, b, direct)))
  return inLayout(expr, of, by.meaning, env, span)
}

function inLayout(expr: Expr, of: Meaning, by: Meaning, env: Env, span: Span): Meaning {
  if (by.axes.some(a => of.axes.includes(a))) throw new ReadingProblem('form', 'The axes of this derivative cannot be told apart.', span)
  const { layout } = env.scene
  if (of.axes.length === 0) return tensor(expr, by.axes, by.axes.length === 1 && layout === 'jacobian')
  if (by.axes.length === 0) return tensor(expr, of.axes, of.row)
  if (layout === 'gradient' && of.axes.length === 1 && by.axes.length === 1) return tensor(expr, [...by.axes, ...of.axes])
  return { ...tensor(expr, [...of.axes, ...by.axes]), split: of.axes.length }
}

/** A derivative that follows from one that the page got wrong: that one itself, or what lies before it on every path. */
function byAdjoint(of: Meaning, by: Variable, env: Env): Expr | undefined {
  const [b] = by.entries
  if (!b || by.entries.length !== 1 || of.expr.kind !== 'symbol') return undefined
  for (const a of env.scene.adjoints ?? []) {
    if (a.of.tensor.key !== of.expr.tensor.key) continue
    if (a.by.tensor.key === b.tensor.key) return substitute(a.value, new Map(a.by.indices.map((i, k) => [i, b.indices[k]!])))
    if (!liesBefore(b.tensor.key, a.by.tensor.key, a.of.tensor.key, env.scene)) continue
    const middle = a.by.indices.map(i => (i.sample ? env.sample : freshIndex('', i.size)))
    const summed = middle.filter(i => !i.sample || !(b.tensor.sample || a.of.tensor.sample))
    return contract(summed, [substitute(a.value, new Map(a.by.indices.map((i, k) => [i, middle[k]!]))), derivative(entry(a.by.tensor, middle), b)])
  }
  return undefined
}

/** Whether every path from one tensor to another goes through a third. */
function liesBefore(from: string, through: string, to: string, scene: Scene): boolean {
  if (!descendantsOf(from, scene).has(through)) return false
  const reached = new Set([from])
  for (const n of scene.network.nodes) {
    if (!n.definition || n.tensor.key === through) continue
    if ([...tensorKeys(n.definition)].some(k => reached.has(k))) reached.add(n.tensor.key)
  }
  return !reached.has(to)
}

/** Whether the local factor is another quantity than the total derivative: by reaches `of` directly and through another node too. */
function localDiffers(of: Expr, by: Sym, scene: Scene): boolean {
  const node = of.kind === 'symbol' ? scene.network.byTensor.get(of.tensor.key) : undefined
  const body = node?.definition ?? of
  const keys = tensorKeys(body)
  if (!keys.has(by.tensor.key) || of === by) return false
  const below = descendantsOf(by.tensor.key, scene)
  return [...keys].some(k => k !== by.tensor.key && below.has(k))
}

const below = new WeakMap<Scene['network'], Map<string, ReadonlySet<string>>>()

/** The keys of all nodes that depend on a tensor. */
export function descendantsOf(key: string, scene: Scene): ReadonlySet<string> {
  const memo = below.get(scene.network) ?? new Map<string, ReadonlySet<string>>()
  below.set(scene.network, memo)
  const known = memo.get(key)
  if (known) return known
  const found = new Set<string>()
  for (const n of scene.network.nodes) {
    if (n.definition && [...tensorKeys(n.definition)].some(k => k === key || found.has(k))) found.add(n.tensor.key)
  }
  memo.set(key, found)
  return found
}

/** ∇_W E has the shape of W. */
export function readNabla(e: NablaNode, env: Env): Meaning {
  const of = readTensor(e.of, env)
  if (!e.by) throw new ReadingProblem('form', 'This gradient does not say by what.', e.span)
  const by = variableOf(e.by, env)
  if (of.axes.length > 0) throw new ReadingProblem('form', 'A gradient is taken of a number.', e.span)
  return tensor(add(...by.entries.map(b => derivative(of.expr, b))), by.meaning.axes)
}

/** dX: the differential of X, or the name of a gradient where the exercise says so. */
export function readDifferential(e: DifferentialNode, env: Env): Meaning {
  const { differentials } = env.scene
  if (differentials.kind === 'gradient') {
    const by = variableOf(e.of, env)
    return tensor(add(...by.entries.map(b => derivative(differentials.of, b))), by.meaning.axes)
  }
  const of = readTensor(e.of, env)
  return { ...of, expr: differentialOf(of.expr, env) }
}

/** The tensor that stands for d leaf. */
export const differentialLeaf = (t: Tensor): Tensor => ({ key: `page:d:${t.key}`, name: `d${t.name}`, axes: t.axes, sample: t.sample, rank: t.rank })

/** d of = sum over all leaves of (d of / d leaf) d leaf. */
function differentialOf(of: Expr, env: Env): Expr {
  const keys = tensorKeys(of)
  const { network } = env.scene
  const moving = (n: NetworkNode): boolean => !n.definition && n.kind !== 'rate' && n.kind !== 'given'
  return add(...network.nodes.filter(n => moving(n) && (keys.has(n.tensor.key) || [...keys].some(k => descendantsOf(n.tensor.key, env.scene).has(k)))).map(n => {
    const indices = n.tensor.axes.map((a, k): Index => (n.tensor.sample && k === 0 ? env.sample : freshIndex('', a)))
    const by = entry(n.tensor, indices)
    const bound = indices.filter(i => !i.sample)
    return contract(bound, [derivative(of, by), entry(differentialLeaf(n.tensor), indices)])
  }))
}

/** (…)' by the variable that the chain differentiates by. */
export function primedBracketValue(m: Meaning, primes: number, span: Span, env: Env): Meaning {
  if (!env.variable) throw new ReadingProblem('form', 'A prime stands on a bracket, and nothing says by what it differentiates.', span)
  const variable: Variable = { meaning: env.variable, entries: entriesOf(env.variable, env.scene) ?? [] }
  if (variable.entries.length === 0) throw new ReadingProblem('form', 'A prime stands on a bracket, and nothing says by what it differentiates.', span)
  let made = m
  for (let k = 0; k < primes; k++) made = differentiated(made, variable, span, env)
  return made
}
