/** Declarations: dims, inputs, targets, parameters, givens, rates, functions. */
import type { Declared, Statement } from '../language/ast.ts'
import { findOperation, operationNames, operations } from '../operations/index.ts'
import { sizeSymbol } from '../shape/index.ts'
import { holds } from './attributes.ts'
import { addDim, addDraft, replacement } from './builder.ts'
import { readFacts } from './facts.ts'
import { nameText } from './labels.ts'
import { badSize, declaredTwice, freeLetterInCall, isASize, nameOfOperation, noOperation, notInBlock } from './messages.ts'
import { refuseSecond } from './nodes.ts'
import { readAxis, readSize } from './sizes.ts'
import { bindNode, type Env, placeIn, written } from './scope.ts'
import type { NodeKind } from './types.ts'
import { freshAxes } from './value.ts'
import { declaredValue } from './values.ts'

type Declare = Extract<Statement, { kind: 'declare' }>

/** One line of declarations. */
export function declare(s: Declare, env: Env): void {
  if (s.when && !holds(s.when, env)) return
  for (const item of s.items) {
    switch (s.declaration) {
      case 'dim': declareDim(item, env); break
      case 'function': declareFunction(item, env); break
      case 'input': case 'target': case 'param': case 'given': case 'rate': declareTensor(s.declaration, item, env); break
    }
  }
}

/** A dim is a symbol; its number is a default. A formula over other dims is put in place of its name. */
function declareDim(item: Declared, env: Env): void {
  const { builder, scope } = env
  const place = placeIn(env, item.span)
  const text = nameText(item.name, env.labels)
  const family = item.axes[0]
  if (family) throw badSize(place, written(env, item.span), readSize(family, env, true))
  if (scope.depth === 0 && builder.dims.has(text) && scope.sizes.has(text)) throw declaredTwice(place, text, builder.lines.get(text) ?? 1)
  if (scope.depth === 0) refuseSecond(text, place, builder)
  const formula = item.value && readSize(item.value, env)
  if (scope.depth > 0 && formula) { scope.sizes.set(text, formula); return }
  if (formula && formula.value === undefined) {
    if (formula.monomials.every(m => m.atoms.length === 0)) throw badSize(place, written(env, item.value.span), formula)
    scope.sizes.set(text, formula)
    return
  }
  scope.sizes.set(text, sizeSymbol(text))
  addDim(builder, text, formula?.value)
}

/** An abstract function, or the operation that `--let` puts in its place. */
function declareFunction(item: Declared, env: Env): void {
  const text = nameText(item.name, env.labels)
  const place = placeIn(env, item.name.span)
  if (operations.some(o => o.kind === 'scalar' && o.fn.name === text)) throw nameOfOperation(place, text)
  if (env.scope.depth === 0) refuseSecond(text, place, env.builder)
  const operation = replacement(env.builder, [text, item.name.text, item.name.base])
  if (operation !== undefined && !findOperation(operation)) throw noOperation(operation, operationNames)
  env.scope.functions.set(text, operation ?? '')
  if (operation === undefined) env.builder.functions.add(text)
}

function declareTensor(kind: NodeKind, item: Declared, env: Env): void {
  const { builder, scope } = env
  const place = placeIn(env, item.name.span)
  const sample = kind === 'input' || kind === 'target'
  if (scope.depth > 0 && (sample || kind === 'rate')) throw notInBlock(place, kind)
  if (scope.inline) throw freeLetterInCall(place, scope.prefix || 'This operation')
  const text = nameText(item.name, env.labels)
  const name = scope.prefix + text
  refuseSecond(name, place, builder)
  if (scope.depth === 0 && scope.sizes.has(text)) throw isASize(place, text)
  const sizes = item.axes.map(a => readAxis(a, env, true))
  const { facts, axes } = readFacts(item, sizes, env)
  const wanted = facts.includes('class') ? { axes: axes.slice(0, -1), classes: axes.at(-1) } : { axes }
  const value = item.value && declaredValue(item.value, { name, samples: sample, ...wanted }, env)
  const letters = scope.hints.get(item.name.text)
  const hints = letters?.length === axes.length ? letters : undefined
  const indices = freshAxes(axes, hints)
  const draft = addDraft(builder, {
    name, kind, axes, sample, row: false, indices: sample ? [builder.sample, ...indices] : indices, facts, inner: scope.depth > 0, place,
    ...(value !== undefined && { value }), ...(scope.layer && { layer: scope.layer }), ...(hints && { hints }),
  })
  bindNode(scope, text, draft)
}
