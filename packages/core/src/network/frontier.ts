/** Names of repeated layers that stand outside the layers read: `a^[0]`, and `a^[l-1]` where the depth is a symbol. */
import type { Name } from '../language/ast.ts'
import type { Size } from '../shape/index.ts'
import { addDraft, type Builder, type Draft } from './builder.ts'
import { nameText, withLabel } from './labels.ts'
import { openSize } from './sizes.ts'
import { type Binding, bindNode, type Env, placeIn } from './scope.ts'
import { freshAxes } from './value.ts'

/** A layered name whose shape the text leaves open was met: read again with an assumption. */
export class ShapeOpen extends Error {
  readonly layered: string
  constructor(layered: string) {
    super('a shape is open')
    this.layered = layered
  }
}

/** The name with its layer blanked: `a^[*]`. */
export const anyLayer = (name: Name): string => withLabel(name, '*')

/** The assumed shape: unknown sizes for a number of axes. */
export const assumption = (name: string, rank: number): readonly Size[] => Array.from({ length: rank }, (_, k) => openSize(name, k))

/** A node for a layered name that is not defined here; undefined when the name is no such thing. */
export function frontier(name: Name, env: Env): Binding | undefined {
  if (!name.layer || !env.builder.layered.has(anyLayer(name))) return undefined
  const text = nameText(name, env.labels)
  const axes = env.builder.assumed.get(text)
  if (!axes) throw new ShapeOpen(text)
  const draft = addFrontier(env.builder, text, axes, env, name)
  bindNode(env.scope, text, draft)
  return { kind: 'node', draft }
}

/** Without a number for the depth, the layer before stands for what was computed there; else it is an input. */
function addFrontier(builder: Builder, text: string, axes: readonly Size[], env: Env, name: Name): Draft {
  const boundary = /[[(]\d+[\])]/.test(text)
  const indices = freshAxes(axes)
  return addDraft(builder, {
    name: text, kind: boundary ? 'input' : 'node', axes, sample: true, row: false, indices: [builder.sample, ...indices],
    facts: [], inner: false, place: placeIn(env, name.span),
  })
}
