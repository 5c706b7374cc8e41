/** A name before a bracket: a call, a quantity with its arguments, or a product. */
import { apply, divide, type Expr, number, substitute } from '../../expression/index.ts'
import { tensorKeys } from '../../calculus/depends.ts'
import type { AppliedNode, Latex, PrefixNode } from '../../language/latex/ast.ts'
import type { NetworkNode } from '../../network/types.ts'
import { log } from '../../operations/log.ts'
import { itemsOf } from '../names/labels.ts'
import { matchTree } from '../names/pattern.ts'
import { descendantsOf } from './derivatives.ts'
import { type Env, labelValue, readTensor } from './env.ts'
import { call, functionOf, type FunctionRef, replaced } from './functions.ts'
import { at, type Content, type Meaning, sameShape, shapeText } from './meaning.ts'
import { product } from './products.ts'
import { raised } from './raise.ts'
import { ReadingProblem } from './run.ts'
import { pick, countProblem } from './slots.ts'
import { candidates, writtenOf } from './symbols.ts'

/** The value of `head(group)` with the scripts behind it. */
export function readApplied(e: AppliedNode, env: Env): Content {
  const named = pageName(e, env)
  if (named) return named
  const f = functionOf(e.head, env)
  if (f) return scripted(ofFunction(f, e, env), e, env)
  const whole = withArguments(e, env)
  if (whole) return scripted(whole, e, env)
  if (e.group.items.length !== 1) throw new ReadingProblem('name', 'This is no function that is declared.', e.head.span)
  // a product: what stands behind the bracket belongs to the bracket
  const left = readTensor(e.head, env)
  const right = scripted(readTensor(e.group, env), e, env)
  const made = product(left, right, 'juxtapose', e.span, env.run)
  if (!made) throw new ReadingProblem('shape', `${shapeText(left)} times ${shapeText(right)} does not fit.`, e.span)
  return made
}

/** `P(y = j)`: a piece that the exercise gives a meaning. */
function pageName(e: AppliedNode, env: Env): Content | undefined {
  const bare: AppliedNode = { kind: 'applied', head: e.head, group: e.group, sup: [], primes: 0, span: e.span, own: e.own }
  for (const p of env.scene.pageNames) {
    if (p.pattern.kind !== 'tree' || p.means.kind !== 'content') continue
    const captures = matchTree(p.pattern.tree, bare, p.pattern.letters, labelValue(env))
    if (!captures) continue
    const content = p.means.read(captures, env)
    return content.kind === 'tuple' ? content : scripted(content, e, env)
  }
  return undefined
}

function ofFunction(f: FunctionRef, e: AppliedNode, env: Env): Meaning {
  return withScripts(call(f, e.group.items.map(a => readTensor(a, env)), e.span, env), f, e, env)
}

/** `\tanh^2(z)`, `softmax_i(z)`, `\log_2(z)`: what stands on the function belongs to its value. */
function withScripts(m: Meaning, f: FunctionRef, e: Latex, env: Env): Meaning {
  if (f.sup.some(r => r.kind === 'power' && isMinusOne(readTensor(r.exponent, env).expr))) throw new ReadingProblem('form', 'Whether the inverse of the function or the reciprocal of its value is meant cannot be told here.', e.span)
  if (f.items.length > 0 && f.fn.kind === 'operation' && f.fn.operation.kind === 'scalar') return raised(toBase(m, f.fn.operation.name, f.items, e), f.sup, env)
  if (f.items.length > 0 && f.items.length !== m.axes.length) throw new ReadingProblem(countProblem(f.items, m), `The value is ${shapeText(m)}, and ${f.items.length} ${f.items.length === 1 ? 'index is' : 'indices are'} written.`, f.items[0]!.tree.span)
  return raised(f.items.length > 0 ? pick(m, f.items, env) : m, f.sup, env)
}

const isMinusOne = (e: Expr): boolean => e.kind === 'number' && e.value.n === -1n && e.value.d === 1n

/** The logarithm to a base that is a number. Other functions of one number have no entries. */
function toBase(m: Meaning, name: string, items: FunctionRef['items'], e: Latex): Meaning {
  const base = items.length === 1 && items[0]!.tree.kind === 'number' ? Number(items[0]!.tree.text) : 0
  if (name !== 'log' || !Number.isInteger(base) || base < 2) throw new ReadingProblem('form', `What the index on ${name} says is not read.`, e.span)
  return { ...m, expr: divide(m.expr, apply(log, [number(base)])) }
}

function scripted(m: Meaning, e: AppliedNode, env: Env): Meaning {
  if (e.primes > 0) throw new ReadingProblem('form', 'It is unclear by what this prime differentiates.', e.span)
  const items = e.sub ? itemsOf(e.sub, labelValue(env)) : []
  if (items.length > 0 && items.length !== m.axes.length) throw new ReadingProblem(countProblem(items, m), `This is ${shapeText(m)}, and ${items.length} ${items.length === 1 ? 'index is' : 'indices are'} written.`, e.span)
  return raised(items.length > 0 ? pick(m, items, env) : m, e.sup, env)
}

/**
 * `Loss(a_2, y^*)`: a quantity with what it depends on. Names of quantities above it say nothing new; anything else is
 * put in the place of what its definition reads, in order of computation.
 */
function withArguments(e: AppliedNode, env: Env): Meaning | undefined {
  const w = writtenOf(e.head)
  const best = w && candidates(w, env)[0]
  const node = best?.node
  if (!node?.definition || best!.match.items.length > 0 || best!.match.sup.length > 0) return undefined
  const args = e.group.items
  const bare = args.every(a => isAbove(a, node, env))
  if (!bare && args.length === 1 && !isLoss(node, env)) return undefined
  const whole = readTensor(e.head, env)
  return bare ? whole : substituted(e, node, whole, env)
}

const isLoss = (node: NetworkNode, env: Env): boolean => node.name === env.scene.network.loss

/** Whether an argument is the plain name of something that the node depends on. */
function isAbove(a: Latex, node: NetworkNode, env: Env): boolean {
  if (a.kind === 'list') return a.items.every(i => isAbove(i, node, env))
  const w = writtenOf(a)
  const c = w && candidates(w, env)[0]
  return c?.node !== undefined && c.match.items.length === 0 && c.match.sup.length === 0 && descendantsOf(c.node.tensor.key, env.scene).has(node.tensor.key)
}

function substituted(e: AppliedNode, node: NetworkNode, whole: Meaning, env: Env): Meaning {
  const { network } = env.scene
  const reads = network.nodes.filter(n => tensorKeys(node.definition!).has(n.tensor.key)).sort((a, b) => a.tensor.rank - b.tensor.rank)
  const args = e.group.items.map(a => readTensor(a, env))
  if (args.length !== reads.length) throw new ReadingProblem('form', `${node.name} depends on ${reads.map(n => n.name).join(', ')}, and ${args.length} ${args.length === 1 ? 'argument is' : 'arguments are'} written.`, e.span)
  let expr: Expr = substitute(node.definition!, new Map(node.indices.map((i, k) => [i, indexOf(whole, node, k, env)])))
  reads.forEach((n, k) => {
    const arg = args[k]!
    const own = n.tensor.sample ? 1 : 0
    if (arg.axes.length !== n.tensor.axes.length - own || !sameShape(arg, { ...arg, axes: n.indices.slice(own) })) {
      throw new ReadingProblem('shape', `${n.name} stands here as ${shapeText(arg)}.`, e.group.items[k]!.span)
    }
    expr = replaced(expr, { tensor: n.tensor }, s => {
      const put = at(arg, s.indices.slice(own))
      return own ? substitute(put, new Map([[env.sample, s.indices[0]!]])) : put
    })
  })
  return { ...whole, expr }
}

function indexOf(whole: Meaning, node: NetworkNode, k: number, env: Env): Meaning['axes'][number] {
  return node.tensor.sample ? (k === 0 ? env.sample : whole.axes[k - 1]!) : whole.axes[k]!
}

/** `\log y_c`: a function without brackets. */
export function readPrefix(e: PrefixNode, env: Env): Meaning {
  const f = functionOf(e.head, env)
  if (!f) throw new ReadingProblem('name', 'This is no function that is declared.', e.head.span)
  const args = e.argument.kind === 'group' ? e.argument.items : [e.argument]
  return withScripts(call(f, args.map(a => readTensor(a, env)), e.span, env), f, e, env)
}
