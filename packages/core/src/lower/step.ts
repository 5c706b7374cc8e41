/** A training step as one program: forward, backward, and the optimiser's update; parameters and state in, updated ones out. */
import { contract, entry, type Expr, freshLike, type Index, multiply, number, ONE_E, power, type Sym, type Tensor } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { clippedByValue, hoistScalars, normScale, type Optimiser, updated } from '../optimise/index.ts'
import { fromNumber, rational } from '../shape/index.ts'
import { afresh } from './afresh.ts'
import { newBuilder, nodeOf } from './builder.ts'
import { lowerExpression } from './expression.ts'
import type { Lowering } from './lowering.ts'
import { needsScalar } from './messages.ts'
import type { Program } from './program.ts'
import { addOutput, begin, finish, lossOf, lowerGradients, lowerNode, nodeNamed, parametersOf, type Sizes, type Work } from './request.ts'

export interface StepRequest {
  readonly optimiser: Optimiser
  /** Parameters that are trained; all by default. */
  readonly parameters?: readonly string[]
  /** Weight decay of a parameter; 0 by default. The loss that is reported does not hold it. */
  readonly decay?: (name: string) => number
  /** A factor of the learning rate of a parameter; 1 by default. */
  readonly rateFactor?: (name: string) => number
  /** `norm`: all gradients together are no longer than the scalar `clip`. `value`: no entry is greater. */
  readonly clip?: 'norm' | 'value'
  /** Further nodes whose values are wanted, such as outputs for metrics and batch statistics. */
  readonly also?: readonly string[]
  /** True: `gradient norm of W` for every parameter. */
  readonly norms?: boolean
}

export interface StepProgram {
  readonly program: Program
  /**
   * What the step reads besides tensors is computed in doubles, once a step: a program from `rate`, `step` (from 1), `clip`
   * and the hyper-parameters to the scalars that `program` reads under the same names.
   */
  readonly scalars: Program
}

/** The name of a state tensor of a parameter: `W#mean`. */
export const stateName = (parameter: string, state: string): string => `${parameter}#${state}`
export const normName = (parameter: string): string => `gradient norm of ${parameter}`

const scalar = (name: string): Tensor => ({ key: `scalar:${name}`, name, axes: [], sample: false, rank: 0 })
const like = (kind: string, p: NetworkNode): Tensor => ({ ...p.tensor, key: `${kind}:${p.tensor.key}`, name: `${kind} of ${p.name}` })
const names = ({ optimiser }: StepRequest): readonly string[] => ['rate', 'step', 'clip', ...optimiser.hyperparameters.map(h => h.name)]
const input = (l: Lowering, name: string, indices: readonly Index[]) =>
  ({ indices, value: { node: nodeOf(l.b, { kind: 'input' as const, name, sample: false, shape: indices.map(l.b.sizeOf) }), axes: indices } })

/** The step of a network. Outputs are the loss, the parameters and states under the names they are read by, and what was asked for besides. */
export const stepProgram = (network: Network, sizes: Sizes, request: StepRequest): StepProgram => afresh(network, own => stepOf(own, sizes, request))

function stepOf(network: Network, sizes: Sizes, request: StepRequest): StepProgram {
  const w = begin(network, sizes)
  const { l } = w
  const loss = lossOf(network)
  if (loss.tensor.axes.length > 0) throw needsScalar(loss.name)
  const trained = request.parameters?.map(name => nodeNamed(network, name)) ?? parametersOf(network)
  const found = lowerGradients(w, loss, trained)
  addOutput(w, loss.name, l.tensors.get(loss.tensor.key)!.value, [])
  for (const p of trained) { const g = found.get(p.name)!; l.tensors.set(like('gradient', p).key, { indices: g.indices, value: g.value }) }
  const wanted = updates(w, trained, request)
  const hoisted = hoistScalars(wanted.map(u => u.value), new Set(names(request).map(n => scalar(n).key)))
  for (const { tensor } of hoisted.scalars) l.tensors.set(tensor.key, input(l, tensor.name, []))
  wanted.forEach((u, k) => addOutput(w, u.name, l.lower(hoisted.expressions[k]!), u.indices))
  for (const name of request.also ?? []) {
    const node = nodeNamed(network, name)
    addOutput(w, name, lowerNode(w, network.nodes, node), node.indices)
  }
  return { program: finish(w), scalars: scalarProgram(w, request, hoisted.scalars) }
}

interface Wanted { readonly name: string; readonly value: Expr; readonly indices: readonly Index[] }

/** The new parameters and states as expressions of the gradients, and the norms that were asked for. */
function updates({ l }: Work, trained: readonly NetworkNode[], request: StepRequest): Wanted[] {
  const gradientAt = (p: NetworkNode, at: readonly Index[]): Sym => entry(like('gradient', p), at)
  const parts = trained.map(p => { const over = p.indices.map(freshLike); return { entry: gradientAt(p, over), over } })
  const clip = entry(scalar('clip'))
  const shrink = request.clip === 'norm' ? normScale(parts, clip) : ONE_E
  const clipped = (g: Expr): Expr => (request.clip === 'value' ? clippedByValue(g, clip) : multiply(shrink, g))
  const wanted = trained.flatMap(p => updateOf(l, p, request, clipped(gradientAt(p, p.indices))))
  if (request.norms) parts.forEach(({ entry: g, over }, k) => wanted.push({ name: normName(trained[k]!.name), value: power(contract(over, [power(g, number(2))]), number(rational(1, 2))), indices: [] }))
  return wanted
}

function updateOf(l: Lowering, p: NetworkNode, { optimiser: o, rateFactor, decay }: StepRequest, gradient: Expr): Wanted[] {
  const state = Object.fromEntries(o.state.map(s => {
    const tensor = like(`state ${s.name}`, p)
    l.tensors.set(tensor.key, input(l, stateName(p.name, s.name), p.indices))
    return [s.name, entry(tensor, p.indices)]
  }))
  const hyper = Object.fromEntries(o.hyperparameters.map(h => [h.name, entry(scalar(h.name))]))
  const rate = multiply(number(fromNumber(rateFactor?.(p.name) ?? 1)), entry(scalar('rate')))
  const symbols = { parameter: entry(p.tensor, p.indices), gradient, state, hyper, rate, step: entry(scalar('step')) }
  const made = updated(o, symbols, { coefficient: number(fromNumber(decay?.(p.name) ?? 0)), kind: o.decay })
  return [
    { name: p.name, value: made.parameter, indices: p.indices },
    ...o.state.map(s => ({ name: stateName(p.name, s.name), value: made.state[s.name]!, indices: p.indices })),
  ]
}

/** The scalars of a step from the rate, the number of the step and the hyper-parameters. */
function scalarProgram(w: Work, request: StepRequest, scalars: readonly { readonly tensor: Tensor; readonly value: Expr }[]): Program {
  const b = newBuilder(() => 1)
  const l: Lowering = { b, numberOf: w.l.numberOf, tensors: new Map(), memo: new Map(), lower: e => lowerExpression(l, e) }
  for (const name of names(request)) l.tensors.set(scalar(name).key, input(l, name, []))
  const own: Work = { network: w.network, l, outputs: [], names: {} }
  for (const { tensor, value } of scalars) addOutput(own, tensor.name, l.lower(value), [])
  return finish(own)
}
