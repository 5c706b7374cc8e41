/** Functions of the page: known ones, abstract ones, operations on whole tensors; and calls of them. */
import { apply, applyOver, entry, type Expr, freshIndex, mapChildren, type ScalarFunction, substitute, type Sym } from '../../expression/index.ts'
import { differentiate } from '../../calculus/differentiate.ts'
import type { Latex, Raised } from '../../language/latex/ast.ts'
import type { Span } from '../../language/ast.ts'
import { readNetwork } from '../../network/index.ts'
import { findOperation, type Operation, type TensorOperation } from '../../operations/index.ts'
import { printSize, type Size, sizeSymbol, sizeSymbols, substituteS } from '../../shape/index.ts'
import type { Item } from '../names/labels.ts'
import { noteKept } from '../kept.ts'
import { itemsOf } from '../names/labels.ts'
import { type Env, labelValue } from './env.ts'
import { at, type Meaning, sameShape, scalar, shapeText, tensor } from './meaning.ts'
import { guarded } from './guarded.ts'
import { sized } from './ones.ts'
import { resized } from './resized.ts'
import { ReadingProblem } from './run.ts'
import { candidates, writtenOf } from './symbols.ts'

/** A function, how often it is differentiated, and what of the scripts belongs to its value: `\tanh^2 z`, `softmax_i(z)`. */
export interface FunctionRef {
  readonly fn: { readonly kind: 'abstract'; readonly name: string } | { readonly kind: 'operation'; readonly operation: Operation }
  readonly primes: number
  readonly items: readonly Item[]
  readonly sup: readonly Raised[]
}

/** The function that a head names; undefined when it is none. */
export function functionOf(head: Latex, env: Env): FunctionRef | undefined {
  const primed = primedBracket(head)
  if (primed) {
    const inner = functionOf(primed.inner, env)
    return inner && { ...inner, primes: inner.primes + primed.primes }
  }
  const w = writtenOf(head)
  if (!w) return undefined
  for (const c of candidates({ ...w, primes: 0 }, env)) {
    if (c.node || (c.page && c.page.means.kind === 'content')) return undefined
    const rest = { primes: w.primes, items: c.match.items, sup: c.match.sup }
    if (c.fn !== undefined) return { fn: { kind: 'abstract', name: c.fn }, ...rest }
    if (c.page?.means.kind === 'function') return named(c.page.means.name, rest, env)
  }
  const operation = findOperation(w.base) ?? findOperation(w.base.toLowerCase())
  return operation && { fn: { kind: 'operation', operation }, primes: w.primes, items: itemsOf(w.sub, labelValue(env)), sup: w.sup }
}

function named(name: string, rest: Omit<FunctionRef, 'fn'>, env: Env): FunctionRef {
  const operation = env.scene.network.functions.includes(name) ? undefined : findOperation(name)
  return { fn: operation ? { kind: 'operation', operation } : { kind: 'abstract', name }, ...rest }
}

/** `(g^{[l]})'`: a function in brackets, with primes or without. */
function primedBracket(head: Latex): { inner: Latex; primes: number } | undefined {
  const [bracket, primes] = head.kind === 'scripted' && head.sup.length === 0 && !head.sub ? [head.base, head.primes] : [head, 0]
  if (bracket.kind !== 'group' || bracket.items.length !== 1) return undefined
  return { inner: bracket.items[0]!, primes }
}

/** f(args), the scripts of the function not yet applied. */
export function call(f: FunctionRef, args: readonly Meaning[], span: Span, env: Env): Meaning {
  const [only] = args
  if (only?.ones && args.length === 1 && (f.fn.kind === 'abstract' || f.fn.operation.kind === 'scalar')) return { ...only, ...call(f, [scalar(only.expr)], span, env), ones: only.ones }
  for (const a of args) sized(a, span)
  if (f.fn.kind === 'abstract') return callAbstract(f.fn.name, f.primes, args, span)
  const { operation } = f.fn
  switch (operation.kind) {
    case 'scalar': {
      const wanted = operation.arguments.filter(a => a.default === undefined).length
      if (args.length < wanted || args.length > operation.arguments.length) throw new ReadingProblem('form', `${operation.name} takes ${operation.arguments.map(a => a.name).join(', ')}.`, span)
      const fn = operation.fn
      if (args.length > 2 && fn.arity === 2) return args.slice(1).reduce((a, b) => call(f, [a, b], span, env), args[0]!)
      return entrywise(args, span, list => (f.primes === 0 ? apply(fn, list) : derivativeOf(fn, f.primes, list, span)))
    }
    case 'matrix': {
      const [x] = args
      if (!x || args.length !== 1 || x.axes.length !== 2 || f.primes > 0) throw new ReadingProblem('shape', `${operation.name} takes a square matrix.`, span)
      return viaNetwork(operation.name, args, span)
    }
    case 'tensor':
      if (f.primes > 0) throw new ReadingProblem('form', `${operation.name} is a function of a whole tensor: a prime does not say by which entry.`, span)
      return viaNetwork(operation.name, args, span, operation)
  }
}

/** The n-th derivative of a function of one number. */
function derivativeOf(fn: ScalarFunction, n: number, args: readonly Expr[], span: Span): Expr {
  if (fn.arity !== 1 || !fn.partial || n > 4) throw new ReadingProblem('form', `There is no derivative ${fn.name}${"'".repeat(n)}.`, span)
  if (n === 1) return fn.partial(args, 0)
  const u = entry({ key: 'page:argument', name: 'u', axes: [], sample: false, rank: 0 }, [])
  let made = fn.partial([u], 0)
  for (let k = 1; k < n; k++) made = differentiate(made, u)
  return replaced(made, u, () => args[0]!)
}

function callAbstract(name: string, primes: number, args: readonly Meaning[], span: Span): Meaning {
  const whole = args.length > 1 && args.some(a => a.axes.length > 0)
  if (primes > 0 && args.length !== 1) throw new ReadingProblem('form', `${name} has several arguments: a prime does not say by which.`, span)
  const fn: ScalarFunction = { name, arity: args.length, abstract: true, partials: Array.from({ length: primes }, () => 0) }
  return whole ? scalar(applyOver(fn, args.map(a => a.expr), args.map(a => a.axes), [])) : entrywise(args, span, list => apply(fn, list))
}

/** Entry by entry; numbers go with every shape. */
function entrywise(args: readonly Meaning[], span: Span, f: (list: readonly Expr[]) => Expr): Meaning {
  const lead = args.find(a => a.axes.length > 0)
  if (!lead) return scalar(guarded(() => f(args.map(a => a.expr)), span))
  for (const a of args) if (a.axes.length > 0 && !sameShape(a, lead)) throw new ReadingProblem('shape', `${shapeText(lead)} and ${shapeText(a)} stand in one function.`, span)
  return { kind: 'tensor', expr: guarded(() => f(args.map(a => (a.axes.length === 0 ? a.expr : at(a, lead.axes)))), span), axes: lead.axes, row: lead.row }
}

/** Every entry of a tensor replaced. */
export function replaced(e: Expr, of: Sym | { readonly tensor: Sym['tensor'] }, by: (s: Sym) => Expr): Expr {
  const memo = new Map<Expr, Expr>()
  const walk = (x: Expr): Expr => {
    if (x.kind === 'symbol') return x.tensor.key === of.tensor.key ? by(x) : x
    const known = memo.get(x)
    if (known) return known
    const made = mapChildren(x, walk)
    memo.set(x, made)
    return made
  }
  return walk(e)
}

interface Template { readonly result: Expr; readonly axes: Meaning['axes']; readonly args: readonly Sym['tensor'][] }
const templates = new Map<string, Template | string>()

/** An operation on whole tensors, by its own definition: read once for each operation and shape, then its arguments are put in. */
function viaNetwork(name: string, args: readonly Meaning[], span: Span, operation?: TensorOperation): Meaning {
  const shapes = args.map(a => a.axes.map(x => x.size))
  const key = `${name} ${shapes.map(s => s.map(x => x.key).join(',')).join(' ')}`
  let template = templates.get(key)
  if (template === undefined) {
    noteKept()
    templates.set(key, template = templateOf(name, shapes))
  }
  if (typeof template === 'string') throw new ReadingProblem('form', template, span)
  const { result, axes } = template
  const expr = template.args.reduce((e, t, k) => replaced(e, { tensor: t }, s => at(args[k]!, s.indices)), result)
  const row = axes.length === 1 && args.length === 1 && args[0]!.row && operation?.name !== 'diag'
  return tensor(expr, axes, row)
}

/** The operation at these sizes: read under plain names for their symbols (`n[2]` is none that a text can declare). */
function templateOf(name: string, shapes: readonly (readonly Size[])[]): Template | string {
  const symbols = new Set<string>()
  for (const s of shapes.flat()) sizeSymbols(s, symbols)
  const plain = new Map([...symbols].map((s, k) => [s, `d${k + 1}`]))
  const written = shapes.map(s => s.map(x => substituteS(x, n => sizeSymbol(plain.get(n)!))))
  const template = readTemplate(templateText(name, written, [...plain.values()]))
  if (typeof template === 'string') return template
  const own = new Map([...plain].map(([s, d]) => [d, sizeSymbol(s)]))
  const bind = (n: string): Size | undefined => own.get(n)
  const axes = template.axes.map(a => freshIndex(a.name, substituteS(a.size, bind)))
  return { ...template, axes, result: resized(template.result, bind, new Map(template.axes.map((a, k) => [a, axes[k]!]))) }
}

function templateText(name: string, shapes: readonly (readonly Size[])[], dims: readonly string[]): string {
  const letters = shapes.map((_, k) => `u_${k + 1}`)
  return [
    ...(dims.length > 0 ? [`dim ${dims.join(', ')}`] : []),
    `given ${shapes.map((s, k) => `${letters[k]}${s.length > 0 ? `[${s.map(x => printSize(x)).join(', ')}]` : ''}`).join(', ')}`,
    `y = ${name}(${letters.join(', ')})`,
  ].join('\n')
}

function readTemplate(text: string): Template | string {
  try {
    const network = readNetwork(text)
    const y = network.byName.get('y')!
    const inline = (e: Expr): Expr => network.nodes.filter(n => n.definition && n !== y).reduceRight(
      (x, n) => replaced(x, { tensor: n.tensor }, s => substitute(n.definition!, new Map(n.indices.map((i, k) => [i, s.indices[k]!])))), e)
    return { result: inline(y.definition!), axes: y.indices, args: network.nodes.filter(n => n.kind === 'given').map(n => n.tensor) }
  } catch (error) {
    return error instanceof Error ? (error as { problem?: string }).problem ?? error.message : String(error)
  }
}
