/** Calls: what a name in call position stands for, and the value of the call. */
import type { Expression } from '../language/ast.ts'
import { notDeclared } from '../language/messages.ts'
import { findOperation, type MatrixOperation, type ScalarOperation } from '../operations/index.ts'
import { addLayer, replacement } from './builder.ts'
import { callText, type Expansion, expand, isStateless, sharedCall } from './blocks.ts'
import { type Call, callAbstract, callMatrix, callScalar, callUndeclared } from './functions.ts'
import { nameText } from './labels.ts'
import { argumentCount, repeatForm, resultCount } from './messages.ts'
import { frontier } from './frontier.ts'
import { type Callee, operationCallee } from './signatures.ts'
import { readSize } from './sizes.ts'
import { type Env, findName, namesInReach, outwards, placeIn } from './scope.ts'
import type { Value } from './value.ts'

type Meaning =
  | { readonly kind: 'product' }
  | { readonly kind: 'scalar'; readonly operation: ScalarOperation }
  | { readonly kind: 'matrix'; readonly operation: MatrixOperation }
  | { readonly kind: 'abstract'; readonly name: string }
  | { readonly kind: 'block'; readonly callee: Callee }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'undeclared' }

/** What the name of a call stands for: what the text declares goes before the operations. */
export function meaningOf(e: Call, env: Env): Meaning {
  const text = nameText(e.name, env.labels)
  if (findName(env, text)) return { kind: 'product' }
  const attribute = outwards(env.scope, s => s.attributes.get(text))
  // an attribute may name a block (repeat, activation=relu), and may have the name of an operation (dense has flatten=auto)
  const meant = typeof attribute === 'string' ? namedMeaning(attribute, env) : undefined
  return meant ?? namedMeaning(text, env) ?? (frontier(e.name, env) ? { kind: 'product' } : { kind: 'undeclared' })
}

function namedMeaning(text: string, env: Env): Meaning | undefined {
  const declared = outwards(env.scope, s => s.functions.get(text))
  if (declared === '') return { kind: 'abstract', name: text }
  const block = outwards(env.scope, s => (s.blocks.has(text) ? { header: s.blocks.get(text)!, scope: s } : undefined))
  if (block) return { kind: 'block', callee: { name: text, header: block.header, record: undefined, text: block.scope.text, outer: block.scope } }
  const operation = findOperation(declared ?? text) ?? findOperation(replacement(env.builder, [text]) ?? '')
  switch (operation?.kind) {
    case 'scalar': return { kind: 'scalar', operation }
    case 'matrix': return { kind: 'matrix', operation }
    case 'tensor': return { kind: 'block', callee: operationCallee(operation) }
    case undefined: return text === 'repeat' ? { kind: 'repeat' } : undefined
  }
}

/** The value of a call inside an expression. */
export function readCall(e: Call, env: Env): Value {
  const meaning = meaningOf(e, env)
  switch (meaning.kind) {
    case 'product': return product(e, env)
    case 'scalar': return callScalar(e, meaning.operation, env)
    case 'matrix': return callMatrix(e, meaning.operation, env)
    case 'abstract': return callAbstract(e, meaning.name, env)
    case 'undeclared': return callUndeclared(e, env)
    case 'block': return nested(e, meaning.callee, env)
    case 'repeat': return only(expandCall(e, layerName(env, 'repeat'), undefined, env)!, e, env)
  }
}

/** `w(a + b)` with a tensor w is a product. */
function product(e: Call, env: Env): Value {
  if (e.args.length !== 1 || e.named.length > 0 || e.primes > 0) {
    if (e.primes > 0) throw notDeclared(placeIn(env, e.name.span), `the function ${e.name.text}`, namesInReach(env))
    throw argumentCount(placeIn(env, e.span), `${e.name.text} is a tensor: a product with it`, 'one factor', e.args.length + e.named.length)
  }
  const left: Expression = { kind: 'name', name: e.name, span: e.name.span }
  return env.read({ kind: 'binary', operator: 'juxtapose', left, right: { kind: 'group', inner: e.args[0]!, span: e.args[0]!.span }, span: e.span }, env)
}

/** A call of a block or an operation inside an expression: in place, a shared node, or a layer named after its owner. */
function nested(e: Call, callee: Callee, env: Env): Value {
  const request: Expansion = { call: e, callee, args: e.args.map(x => ({ e: x })), named: e.named, names: [], scopeName: '', layered: false, result: undefined, parent: env.scope.layer }
  if (callee.record?.inline || env.scope.inline) return only(expand({ ...request, inline: true }, env), e, env)
  if (isStateless(callee, e, env)) return sharedCall(request, env)
  const name = layerName(env, callee.name)
  return only(expand({ ...request, names: [name], scopeName: name, layered: true }, env), e, env)
}

/** `d.dense`, `d.dense2`: a layer inside the expression that defines d. */
function layerName(env: Env, operation: string): string {
  const taken = (name: string) => env.builder.byName.has(name) || env.builder.layerNames.has(name)
  const first = `${env.owner}.${operation}`
  if (!taken(first)) return first
  for (let k = 2; ; k++) if (!taken(`${first}${k}`)) return `${first}${k}`
}

const only = (values: readonly Value[], e: Call, env: Env): Value => {
  if (values.length !== 1) throw resultCount(placeIn(env, e.span), e.name.text, 1, values.length)
  return values[0]!
}

/**
 * A call that is a whole right side: its results become the named nodes. Undefined when the call makes no nodes of
 * its own, so that it is read as an expression.
 */
export function expandCall(e: Call, scopeName: string, targets: readonly string[] | undefined, env: Env): readonly Value[] | undefined {
  const meaning = meaningOf(e, env)
  const names = targets ?? [scopeName]
  if (meaning.kind === 'repeat') return repeated(e, scopeName, names, env)
  if (meaning.kind !== 'block' || meaning.callee.record?.inline || env.scope.inline) return undefined
  return expand({ call: e, callee: meaning.callee, args: e.args.map(x => ({ e: x })), named: e.named, names, scopeName, layered: true, result: undefined, parent: env.scope.layer }, env)
}

/** `repeat(3, residual, x)`: every call reads the result of the one before. */
function repeated(e: Call, scopeName: string, names: readonly string[], env: Env): readonly Value[] {
  const place = placeIn(env, e.span)
  const [count, block, first, ...rest] = e.args
  const times = count && readSize(count, env).value
  if (block?.kind !== 'name' || !first || times === undefined || times < 1 || times > 10_000) throw repeatForm(place)
  const meaning = meaningOf({ ...e, name: block.name, args: [], named: [] }, env)
  if (meaning.kind !== 'block') throw repeatForm(place)
  const layer = { name: scopeName, operation: 'repeat', attributes: { count: times, block: block.name.text }, unstated: [], output: names[0]!, inputs: [callText(first, env)], ...(env.scope.layer && { parent: env.scope.layer }) }
  addLayer(env.builder, layer)
  let values: readonly Value[] = []
  for (let k = 1; k <= times; k++) {
    const scope = `${scopeName}.${k}`
    const fed = values[0] && { kind: 'value' as const, value: values[0] }
    const args = [fed ? { e: first, binding: fed } : { e: first }, ...rest.map(x => ({ e: x }))]
    values = expand({ call: e, callee: meaning.callee, args, named: e.named, names: k === times ? names : [scope], scopeName: scope, layered: true, result: undefined, parent: layer }, env)
  }
  return values
}
