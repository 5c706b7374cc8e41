/** Functions applied entry by entry, abstract functions of whole tensors, functions of a matrix. */
import { apply, applyOver, type Expr, freshLike, number, type ScalarFunction } from '../expression/index.ts'
import type { Expression } from '../language/ast.ts'
import { findOperation, type MatrixOperation, operationNames, type ScalarOperation } from '../operations/index.ts'
import { nearestName } from '../errors.ts'
import { addDraft, valueOf } from './builder.ts'
import { nameText } from './labels.ts'
import { argumentCount, argumentShape, entrywiseArguments, functionNotDeclared, givenTwice, missingArgument, primesOf, unknownAttribute } from './messages.ts'
import { sameShape, sameSize } from './sizes.ts'
import { bare, bindNode, type Env, findName, outwards, placeIn } from './scope.ts'
import { operandOf } from './tensor-form.ts'
import { at, freshAxes, scalar, sizesOf, tensor, type Value } from './value.ts'

export type Call = Extract<Expression, { kind: 'call' }>

/** A known scalar function, entry by entry; scalars go with every shape. */
export function callScalar(e: Call, operation: ScalarOperation, env: Env): Value {
  const names = operation.arguments.map(a => a.name)
  if (e.args.length > names.length) throw argumentCount(placeIn(env, e.span), e.name.text, `${names.length} ${names.length === 1 ? 'argument' : 'arguments'} (${names.join(', ')})`, e.args.length)
  const given: (Expression | undefined)[] = names.map((_, k) => e.args[k])
  for (const n of e.named) {
    const k = names.indexOf(n.key)
    if (k < 0) throw unknownAttribute(placeIn(env, n.span), e.name.text, n.key, names)
    if (given[k]) throw givenTwice(placeIn(env, n.span), n.key)
    given[k] = n.value
  }
  const values = operation.arguments.map((a, k): Value => {
    const written = given[k]
    if (written) return env.read(written, env)
    if (!a.default) throw missingArgument(placeIn(env, e.span), e.name.text, a.name, `${e.name.text}(${names.join(', ')})`)
    return scalar(number(a.default))
  })
  const { fn } = operation
  if (e.primes > 1 || (e.primes === 1 && (fn.arity !== 1 || !fn.partial))) throw primesOf(placeIn(env, e.span), e.name.text)
  return entrywise(e, given, values, args => (e.primes === 1 ? fn.partial!(args, 0) : apply(fn, args)), env)
}

function entrywise(e: Call, written: readonly (Expression | undefined)[], values: readonly Value[], f: (args: readonly Expr[]) => Expr, env: Env): Value {
  const first = values.findIndex(v => v.axes.length > 0)
  const lead = values[first]
  if (!lead) return scalar(f(values.map(v => v.expr)))
  const args = values.map((v, k) => {
    if (v.axes.length === 0) return v.expr
    if (v.row !== lead.row || !sameShape(sizesOf(v), sizesOf(lead))) {
      throw entrywiseArguments(placeIn(env, e.span), e.name.text, operandOf(written[first]!, lead, env), operandOf(written[k]!, v, env))
    }
    return at(v, lead.axes)
  })
  return { ...lead, expr: f(args) }
}

/** An abstract function: of one argument entry by entry, of several tensors as a whole. */
export function callAbstract(e: Call, name: string, env: Env): Value {
  const place = placeIn(env, e.span)
  const [named] = e.named
  if (named) throw unknownAttribute(placeIn(env, named.span), name, named.key, [])
  if (e.args.length === 0) throw argumentCount(place, name, 'an argument', 0)
  env.builder.functions.add(name)
  const values = readArguments(e, env)
  const whole = values.length > 1 && values.some(v => v.axes.length > 0)
  if (e.primes > 0 && (whole || values.length !== 1)) throw primesOf(place, name)
  const fn: ScalarFunction = { name, arity: values.length, abstract: true, partials: Array.from({ length: e.primes }, () => 0) }
  if (!whole) return entrywise(e, e.args, values, args => apply(fn, args), env)
  return scalar(applyOver(fn, values.map(v => v.expr), values.map(v => v.axes), []))
}

/** The arguments in order; in a loss, a name that nothing declares is a target with the shape of the first tensor argument. */
function readArguments(e: Call, env: Env): readonly Value[] {
  const open = e.args.map(a => env.loss && isOpen(a, env))
  const values = e.args.map((a, k) => (open[k] ? undefined : env.read(a, env)))
  const model = values.find(v => v && v.axes.length > 0) ?? values.find(v => v)
  return values.map((v, k) => {
    if (v) return v
    const name = bare(e.args[k]!)
    if (!model || name.kind !== 'name') return env.read(e.args[k]!, env)
    const text = nameText(name.name, env.labels)
    const indices = freshAxes(sizesOf(model))
    const draft = addDraft(env.builder, {
      name: text, kind: 'target', axes: sizesOf(model), sample: true, row: false, indices: [env.builder.sample, ...indices],
      facts: [], inner: false, place: placeIn(env, name.span),
    })
    bindNode(env.scope, text, draft)
    return valueOf(env.builder, draft)
  })
}

const isOpen = (e: Expression, env: Env): boolean => {
  const b = bare(e)
  return b.kind === 'name' && !findName(env, nameText(b.name, env.labels)) && !env.letters.has(b.name.text) && !outwards(env.scope, s => s.sizes.get(nameText(b.name, env.labels)))
}

/** Whether a name that nothing declares may be an abstract function: in a loss, or of several arguments, and no slip of a known one. */
export function callUndeclared(e: Call, env: Env): Value {
  const declared: string[] = []
  for (let s: Env['scope'] | undefined = env.scope; s; s = s.outer) declared.push(...s.functions.keys(), ...s.blocks.keys())
  const near = nearestName(e.name.text, [...declared, ...operationNames])
  const operation = near === undefined ? undefined : findOperation(near)
  const accepts = operation?.kind === 'scalar' ? operation.fn.arity >= e.args.length : near !== undefined
  if (!env.loss || accepts || e.named.length > 0 || env.scope.depth > 0) throw functionNotDeclared(placeIn(env, e.name.span), e.name.text, [...declared, ...operationNames])
  return callAbstract(e, nameText(e.name, env.labels), env)
}

/** The inverse, the determinant: a function of a whole square matrix, for all leading axes. */
export function callMatrix(e: Call, operation: MatrixOperation, env: Env): Value {
  const place = placeIn(env, e.span)
  if (e.args.length !== 1 || e.named.length > 0) throw argumentCount(place, e.name.text, 'one matrix', e.args.length + e.named.length)
  if (e.primes > 0) throw primesOf(place, e.name.text)
  const x = env.read(e.args[0]!, env)
  const [r, c] = [x.axes.at(-2), x.axes.at(-1)]
  if (!r || !c || !sameSize(r.size, c.size)) throw argumentShape(placeIn(env, e.args[0]!.span), e.name.text, operandOf(e.args[0]!, x, env), 'a square matrix')
  const lead = x.axes.slice(0, -2)
  if (operation.result === 'scalar') return tensor(applyOver(operation.fn, [x.expr], [[r, c]], []), lead)
  const [i, j] = [freshLike(r), freshLike(c)]
  return tensor(applyOver(operation.fn, [x.expr], [[r, c]], [[i, j]]), [...lead, i, j])
}
