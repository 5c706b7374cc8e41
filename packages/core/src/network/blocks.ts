/** Calls of blocks and tensor operations expanded: the body is read in a scope of its own. */
import { ChainError } from '../errors.ts'
import type { Attribute as NamedArgument, Expression, Statement } from '../language/ast.ts'
import { parseChain } from '../language/parse.ts'
import { children, expressionsOf } from '../language/walk.ts'
import { findOperation } from '../operations/index.ts'
import { attributesKey } from './attributes.ts'
import { addLayer, countCall, type Draft, valueOf } from './builder.ts'
import type { Call } from './functions.ts'
import { bindEllipsis, collectHints } from './letters.ts'
import { inOperation, noReturn, resultCount, tooDeep } from './messages.ts'
import { defineNode, nodeOfValue, unusedName } from './nodes.ts'
import { type Argument, bindArguments, bindingValue, type Bound, type Callee } from './signatures.ts'
import { bare, type Binding, type BlockStatement, type Env, outwards, placeIn, type Scope, written } from './scope.ts'
import type { LayerCall, NetworkNode } from './types.ts'
import type { Value } from './value.ts'

/** One call to be expanded. */
export interface Expansion {
  readonly call: Call
  readonly callee: Callee
  readonly args: readonly Argument[]
  readonly named: readonly NamedArgument[]
  /** Names of the nodes of the results. */
  readonly names: readonly string[]
  /** What the names inside begin with. */
  readonly scopeName: string
  /** Listed among the layers. */
  readonly layered: boolean
  readonly inline?: boolean
  readonly result: Scope['result']
  readonly parent: LayerCall | undefined
  /** Tensor arguments that are known already, by parameter. */
  readonly ready?: ReadonlyMap<string, Binding>
}

const deepest = 40

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The results of a call. */
export function expand(x: Expansion, env: Env): readonly Value[] {
  const { callee } = x
  const place = placeIn(env, x.call.span)
  countCall(env.builder, place)
  if (env.scope.depth >= deepest) throw tooDeep(place, callee.name)
  const scope = newScope(x, env)
  const bound = bindArguments(callee, x.args, x.named, x.call.span, scope, env, x.ready)
  const free = [...bound.tensors.values()].some(b => b.kind === 'value' && b.value.expr.free.some(i => !i.sample && !(b.value.axes.includes(i))))
  scope.inline = x.inline === true || free
  const inputs: string[] = []
  if (!scope.inline) for (const [key, binding] of bound.tensors) inputs.push(nameArgument(key, binding, x, scope, env))
  const body = bodyOf(x, bound, env)
  scope.text = body.text
  scope.hints = collectHints(body.statements)
  const returned = body.statements.find(s => s.kind === 'return')
  if (!returned) throw noReturn(placeIn(env, callee.header.name.span), callee.name)
  if (!scope.inline) {
    if (returned.values.length !== x.names.length) throw resultCount(place, callee.name, x.names.length, returned.values.length)
    scope.outputs = outputNames(body.statements, returned.values, x.names)
    if (x.layered) scope.layer = layerOf(x, bound, inputs)
    if (scope.layer && x.layered) addLayer(env.builder, scope.layer)
    const single = body.statements.filter(s => s.kind !== 'remark').length === (returned.values.some(v => bare(v).kind === 'name') ? 2 : 1)
    const operation = callee.record && single ? { name: callee.record.name, args: inputs, attributes: bound.attributes } : undefined
    scope.result = x.result || operation ? { ...x.result, ...(operation && { operation }) } : undefined
  }
  const inside: Env = {
    ...env, scope, letters: new Map(), ellipsis: undefined, window: undefined, labels: new Map(), owner: x.names[0] ?? env.owner, loss: false, early: new Map(),
  }
  return guarded(callee, env, x, () => {
    for (const s of body.statements) if (s !== returned) inside.statement(s, inside)
    return returned.values.map((v, k) => resultOf(v, x.names[k], inside))
  })
}

function newScope({ callee, inline, parent, scopeName }: Expansion, env: Env): Mutable<Scope> {
  return {
    prefix: inline ? env.scope.prefix : `${scopeName}.`, outer: callee.outer, text: callee.text, names: new Map(), sizes: new Map(), attributes: new Map(),
    functions: new Map(), blocks: new Map(), hints: new Map(), outputs: new Map(), inline: inline === true, layer: parent, result: undefined, depth: env.scope.depth + 1,
  }
}

/** Arguments that are expressions become nodes, so that the chain rule has a name for them. */
function nameArgument(key: string, binding: Binding, x: Expansion, scope: Scope, env: Env): string {
  if (binding.kind === 'node') return binding.draft.name
  const k = x.callee.header.parameters.findIndex(p => p.name.text === key)
  const e = x.args[k]?.e ?? x.named.find(n => n.key === key)?.value
  const draft = nodeOfValue(binding.value, e ? written(env, bare(e).span) : key, placeIn(env, e?.span ?? x.call.span), env)
  scope.names.set(key, { kind: 'node', draft })
  return draft.name
}

interface Body { readonly statements: readonly Statement[]; readonly text: Scope['text'] }
const bodies = new Map<string, Body>()

/** The lines of a block; those of an operation are written for its arguments. */
function bodyOf({ callee, call }: Expansion, bound: Bound, env: Env): Body {
  if (!callee.record) return { statements: callee.header.body, text: callee.text }
  const { record } = callee
  const lines = guarded(callee, env, { call }, () => record.definition(...bound.seen))
  const source = `block ${record.signature}:\n${lines.replace(/^/gm, '  ')}\n`
  let body = bodies.get(source)
  if (!body) {
    const [header] = parseChain(source, callee.text.path).statements
    bodies.set(source, body = { statements: (header as BlockStatement).body, text: { source, path: callee.text.path } })
  }
  return body
}

/** What goes wrong inside an operation is shown at its call. */
function guarded<T>(callee: Callee, env: Env, x: { readonly call: Call }, run: () => T): T {
  if (!callee.record) return run()
  try {
    return run()
  } catch (e) {
    if (e instanceof ChainError && (e.place === undefined || e.place.path.startsWith('the operation '))) {
      throw e.problem.startsWith(`${callee.name}: `) ? new ChainError({ problem: e.problem, expected: e.expected, nearest: e.nearest, place: placeIn(env, x.call.span) }) : inOperation(placeIn(env, x.call.span), callee.name, e)
    }
    throw e
  }
}

/** Names defined inside that are returned are the nodes outside. */
function outputNames(body: readonly Statement[], values: readonly Expression[], names: readonly string[]): ReadonlyMap<string, string> {
  const defined = new Set(body.flatMap(s => (s.kind === 'define' ? s.targets.map(t => t.name.text) : [])))
  const outputs = new Map<string, string>()
  values.forEach((v, k) => {
    const b = bare(v)
    if (b.kind === 'name' && defined.has(b.name.text) && !outputs.has(b.name.text)) outputs.set(b.name.text, names[k]!)
  })
  return outputs
}

function layerOf({ callee, scopeName, names, parent }: Expansion, bound: Bound, inputs: readonly string[]): LayerCall {
  const attributes = Object.fromEntries(Object.entries(bound.attributes).map(([k, v]) =>
    [k, typeof v === 'string' && callee.record && bound.defaulted.includes(k) && v !== k && Object.hasOwn(bound.attributes, v) ? bound.attributes[v]! : v]))
  return {
    name: scopeName, operation: callee.name, attributes, unstated: Object.keys(callee.record?.unstated ?? {}).filter(k => bound.defaulted.includes(k)),
    output: names[0]!, inputs, ...(parent && { parent }),
  }
}

function resultOf(e: Expression, name: string | undefined, env: Env): Value {
  const b = bare(e)
  const local = b.kind === 'name' ? env.scope.names.get(b.name.text) : undefined
  if (local && (name === undefined || (b.kind === 'name' && env.scope.outputs.get(b.name.text) === name))) return bindingValue(local, env)
  const { env: inside, indices } = bindEllipsis(e, env, undefined)
  if (name !== undefined && b.kind === 'call') {
    const whole = inside.whole(b, inside.scope.prefix.slice(0, -1), [name], inside)
    if (whole) return whole[0]!
  }
  const read = inside.read(e, inside)
  const value: Value = { ...read, axes: [...indices, ...read.axes] }
  return name === undefined ? value : valueOf(env.builder, defineNode({ name, value, place: placeIn(env, e.span), result: true }, env))
}

/** Whether a call leaves nothing behind but its result: no parameters and no layers inside. */
export function isStateless(callee: Callee, e: Call, env: Env): boolean {
  if (!callee.record) return !callee.header.body.some(s => makesNodes(s, env))
  // the body of an operation depends on its arguments, so it is looked at in a trial scope
  const x: Expansion = { call: e, callee, args: e.args.map(a => ({ e: a })), named: e.named, names: [], scopeName: '', layered: false, result: undefined, parent: undefined }
  const bound = bindArguments(callee, x.args, x.named, e.span, newScope(x, env), env)
  return !bodyOf(x, bound, env).statements.some(s => makesNodes(s, env))
}

function makesNodes(s: Statement, env: Env): boolean {
  if (s.kind === 'declare') return s.declaration !== 'dim' && s.declaration !== 'function'
  const calls = (e: Expression): boolean => (e.kind === 'call' && isLayer(e, env)) || children(e).some(calls)
  return expressionsOf(s).some(calls)
}

function isLayer(e: Call, env: Env): boolean {
  const operation = findOperation(e.name.text)
  return e.name.text === 'repeat' || (operation?.kind === 'tensor' && !operation.inline) || outwards(env.scope, s => s.blocks.get(e.name.text)) !== undefined
}

/** `softmax(z)` inside an expression: one node for all calls with the same arguments. */
export function sharedCall(x: Expansion, env: Env): Value {
  const scope = newScope(x, env)
  const bound = bindArguments(x.callee, x.args, x.named, x.call.span, scope, env)
  const free = [...bound.tensors.values()].some(b => b.kind === 'value' && b.value.expr.free.some(i => !i.sample && !b.value.axes.includes(i)))
  if (free) return expand({ ...x, inline: true }, env)[0]!
  const inputs = [...bound.tensors].map(([key, binding]) => nameArgument(key, binding, x, scope, env))
  const stated = Object.fromEntries(Object.entries(bound.attributes).filter(([k]) => !bound.defaulted.includes(k)))
  const key = `${x.callee.name}(${inputs.join(', ')})${attributesKey(bound.attributes)}`
  const known: Draft | undefined = env.builder.shared.get(key)
  if (known) return valueOf(env.builder, known)
  const words = Object.entries(stated).map(([k, v]) => `${k}=${attributeWord(v)}`)
  const shown = inputs.map(i => env.builder.byName.get(i)?.display?.operation === '' ? env.builder.byName.get(i)!.display!.args[0]! : i)
  const name = unusedName(`${x.callee.name}(${[...shown, ...words].join(', ')})`, env.builder)
  const display: NetworkNode['display'] = { operation: x.callee.name, args: shown }
  const ready = new Map([...bound.tensors.keys()].map(k => [k, scope.names.get(k)!]))
  const value = expand({ ...x, ready, names: [name], scopeName: name, result: { display } }, env)[0]!
  const made = env.builder.byName.get(name)
  if (made) env.builder.shared.set(key, made)
  return value
}

const attributeWord = (v: unknown): string => (Array.isArray(v) ? `[${v.map(attributeWord).join(',')}]` : typeof v === 'object' && v !== null && 'key' in v ? String(v.key) : String(v))

export const callText = (e: Expression, env: Env): string => written(env, e.span)
