/** Calls of blocks and operations: arguments to the parameters of the signature. */
import type { Attribute as NamedArgument, BlockParameter, Expression, Span } from '../language/ast.ts'
import { parseChain } from '../language/parse.ts'
import type { TensorOperation } from '../operations/index.ts'
import { size, type Size } from '../shape/index.ts'
import { attributeForText, type ReadAttribute, readAttribute, sizeText } from './attributes.ts'
import { valueOf } from './builder.ts'
import { nameText } from './labels.ts'
import { readEarly } from './letters.ts'
import { argumentCount, argumentShape, givenTwice, missingArgument, unknownAttribute } from './messages.ts'
import { draftOf } from './nodes.ts'
import { readSize, sameSize } from './sizes.ts'
import { bare, type Binding, type BlockStatement, type Env, findName, placeIn, type Scope, written } from './scope.ts'
import type { AttributeValue } from './types.ts'
import { isShape, sizesOf } from './value.ts'

/** A block of the text, or an operation as a block. */
export interface Callee {
  readonly name: string
  readonly header: BlockStatement
  readonly record: TensorOperation | undefined
  readonly text: { readonly source: string; readonly path: string }
  readonly outer: Scope | undefined
}

const headers = new WeakMap<TensorOperation, Callee>()

/** An operation as a block without its body. */
export function operationCallee(record: TensorOperation): Callee {
  let made = headers.get(record)
  if (!made) {
    const source = `block ${record.signature}:\n  return 0\n`
    const path = `the operation ${record.name}`
    const [header] = parseChain(source, path).statements
    made = { name: record.name, header: header as BlockStatement, record, text: { source, path }, outer: undefined }
    headers.set(record, made)
  }
  return made
}

/** An argument as written, and what it stands for when that is known already (the result fed back by repeat). */
export interface Argument { readonly e: Expression; readonly binding?: Binding | undefined }

/** A call with its arguments in place. */
export interface Bound {
  /** Tensor arguments by parameter, in the order of the signature. */
  readonly tensors: ReadonlyMap<string, Binding>
  readonly attributes: Readonly<Record<string, AttributeValue>>
  /** Attributes left to their defaults. */
  readonly defaulted: readonly string[]
  /** The arguments that a definition sees. */
  readonly seen: Parameters<TensorOperation['definition']>
}

export const bindingSizes = (b: Binding): readonly Size[] => (b.kind === 'node' ? b.draft.axes : sizesOf(b.value))

/** Puts the arguments of a call in place; names and sizes go into the scope of the call. */
export function bindArguments(callee: Callee, args: readonly Argument[], named: readonly NamedArgument[], span: Span, scope: Scope, env: Env, ready: ReadonlyMap<string, Binding> = new Map()): Bound {
  const { parameters } = callee.header
  const keys = parameters.map(p => p.name.text)
  const signature = `${callee.name}(${keys.join(', ')})`
  if (args.length > parameters.length) throw argumentCount(placeIn(env, span), callee.name, `${parameters.length} arguments at most: ${signature}`, args.length)
  const given = new Map<string, Argument>(args.map((a, k) => [keys[k]!, a]))
  for (const n of named) {
    if (!keys.includes(n.key)) throw unknownAttribute(placeIn(env, n.span), callee.name, n.key, keys)
    if (given.has(n.key)) throw givenTwice(placeIn(env, n.span), n.key)
    given.set(n.key, { e: n.value })
  }
  for (const [key, binding] of ready) {
    const written = given.get(key)
    if (written) given.set(key, { ...written, binding })
  }
  const inside: Env = { ...env, scope, letters: new Map(), labels: new Map(), early: new Map() }
  const tensors = new Map<string, Binding>()
  const attributes: Record<string, AttributeValue> = {}
  const defaulted: string[] = []
  // tensors first: the sizes of their axes are in reach of every default
  for (const p of parameters.filter(p => p.axes)) {
    const argument = given.get(p.name.text)
    if (!argument) throw missingArgument(placeIn(env, span), callee.name, p.name.text, signature)
    const binding = argument.binding ?? tensorArgument(argument.e, env)
    checkAxes(callee, p, binding, argument.e, inside, env)
    tensors.set(p.name.text, binding)
    scope.names.set(p.name.text, binding)
  }
  for (const p of parameters.filter(p => !p.axes)) {
    const key = p.name.text
    const argument = given.get(key)
    const tensor = argument && (argument.binding ?? tensorName(argument.e, env))
    if (tensor) {
      tensors.set(key, tensor)
      scope.names.set(key, tensor)
      continue
    }
    if (!argument && !p.value) throw missingArgument(placeIn(env, span), callee.name, key, signature)
    if (!argument) defaulted.push(key)
    const read = argument ? readAttribute(argument.e, env) : readDefault(callee, p, inside)
    attributes[key] = read.value
    scope.attributes.set(key, read.value)
    if (read.size) scope.sizes.set(key, read.size)
  }
  return { tensors, attributes, defaulted, seen: seenBy(callee, tensors, attributes, scope) }
}

/** The default of an attribute: another reading that the options ask for, or what the signature says; there a bare word of an operation is that word. */
function readDefault(callee: Callee, p: BlockParameter, inside: Env): ReadAttribute {
  const e = p.value!
  const other = callee.record ? inside.builder.attributeDefaults[callee.name]?.[p.name.text] : undefined
  if (other !== undefined) return typeof other === 'number' ? { value: other, size: size(other) } : { value: other }
  const word = callee.record && e.kind === 'name' && e.name.text !== 'true' && e.name.text !== 'false'
  return word ? { value: e.name.text } : readAttribute(e, inside)
}

/** A bare name that is a tensor. */
function tensorName(e: Expression, env: Env): Binding | undefined {
  const b = bare(e)
  return b.kind === 'name' && !env.letters.has(b.name.text) ? findName(env, nameText(b.name, env.labels)) : undefined
}

function tensorArgument(e: Expression, env: Env): Binding {
  const named = tensorName(e, env)
  if (named) return named
  const value = readEarly(e, env)
  const draft = draftOf(value, env.builder)
  return draft ? { kind: 'node', draft } : { kind: 'value', value }
}

function checkAxes(callee: Callee, p: BlockParameter, binding: Binding, e: Expression, inside: Env, env: Env): void {
  const sizes = bindingSizes(binding)
  const axes = p.axes!
  const dots = axes.some(a => a.kind === 'ellipsis')
  const named = axes.flatMap(a => (a.kind === 'index' ? [a.value] : []))
  const wanted = `${p.name.text}[${axes.map(a => (a.kind === 'ellipsis' ? '...' : a.value.kind === 'name' ? a.value.name.text : a.value.kind === 'number' ? a.value.text : '·')).join(', ')}]`
  const row = binding.kind === 'node' ? binding.draft.row : binding.value.row
  const fail = () => argumentShape(placeIn(env, e.span), callee.name, { text: written(env, e.span), sizes, row }, wanted)
  if (dots ? sizes.length < named.length : sizes.length !== named.length) throw fail()
  named.forEach((axis, k) => {
    const size = sizes[sizes.length - named.length + k]!
    const local = axis.kind === 'name' ? inside.scope.sizes.get(axis.name.text) : undefined
    if (axis.kind === 'name' && !local) inside.scope.sizes.set(axis.name.text, size)
    else if (!sameSize(local ?? readSize(axis, inside), size)) {
      const known = local ? `, where ${axis.kind === 'name' ? axis.name.text : ''} is ${isShape([local]).replace(/^is a vector of | entr\w+$/g, '')}` : ''
      throw argumentShape(placeIn(env, e.span), callee.name, { text: written(env, e.span), sizes, row }, `${wanted}${known}`)
    }
  })
}

function seenBy(callee: Callee, tensors: ReadonlyMap<string, Binding>, attributes: Readonly<Record<string, AttributeValue>>, scope: Scope): Bound['seen'] {
  const shapes: Record<string, string[]> = {}
  const sizes: Record<string, string> = {}
  for (const p of callee.header.parameters) {
    const binding = tensors.get(p.name.text)
    if (!binding) continue
    const all = bindingSizes(binding)
    const names = (p.axes ?? []).filter(a => a.kind === 'index').map(a => (a.kind === 'index' && a.value.kind === 'name' ? a.value.name.text : undefined))
    shapes[p.name.text] = all.map((s, k) => {
      const name = names[k - (all.length - names.length)]
      const text = sizeText(s, name ?? `${p.name.text}_axis${k + 1}`, scope)
      if (name !== undefined) sizes[name] = text
      return text
    })
  }
  const seen = Object.fromEntries(Object.entries(attributes).map(([k, v]) => [k, attributeForText(v, k, scope)]))
  for (const [k, b] of tensors) if (!callee.header.parameters.find(p => p.name.text === k)?.axes) seen[k] = b.kind === 'node' ? b.draft.name : k
  return [seen, sizes, shapes]
}

/** The value of an argument. */
export const bindingValue = (b: Binding, env: Env) => (b.kind === 'node' ? valueOf(env.builder, b.draft) : b.value)
