/** Random networks: derived gradients against forward-mode dual numbers, replay, and what is printed. */
import { describe, expect, it } from 'vitest'
import { derivativeHook, evaluate, evaluateNodes, floats, makePoint, type Point, randomPoint, sameValue } from '../evaluate/index.ts'
import { derivative, entry, forgetSince, internMark } from '../expression/index.ts'
import { readNetwork } from '../network/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { indexForm, renderLatex, renderText } from '../print/index.ts'
import { matrixForm } from '../print/matrix/index.ts'
import { axesFor, notationWith } from '../views/notation.ts'
import { evaluateGradients } from '../views/numeric-gradients.ts'
import { byDuals, mismatch } from './against-duals.ts'
import { type Derivation, deriveAll, gradients, replay } from './index.ts'
import { randomNetwork, smaller, textOf } from './random-network.ts'

const env = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {}
const COUNT = Number(env['CHAINRULE_NETWORKS'] ?? 800)
/** The first of the seeds; a run can be repeated, or another begun, with CHAINRULE_SEED. */
const SEED = Number(env['CHAINRULE_SEED'] ?? 20_261_120)
const CHUNK = Math.min(100, COUNT)

const leavesOf = (n: Network): NetworkNode[] => n.nodes.filter(x => !x.definition && x.kind !== 'target')

/** What is wrong with the network of a text; undefined when all is well. `choice` picks the inner node and the variable that is derived line by line. */
function fault(text: string, choice: number): string | undefined {
  const network = readNetwork(text)
  const of = network.byName.get(network.loss!)!
  const leaves = leavesOf(network)
  const point = randomPoint(network.nodes, network.dims, { seed: choice, awayFromKinks: 1e-4 })
  // a node that is zero at every point stays on its kink: which slope counts there is a convention
  if (point.margin === 0) return undefined
  const inner = network.nodes.filter(n => n.definition && n !== of)
  const between = inner.length > 0 ? [inner[choice % inner.length]!] : []
  const asked = [...leaves, ...between]
  const all = gradients(network, of, asked)
  const { byKey } = evaluateGradients(network, of, fresh(point.floats), floats, all)
  for (const n of asked) {
    const derived = byKey.get(n.tensor.key)!
    const wrong = mismatch(derived, byDuals(network.nodes, of, n, point.floats, derived))
    if (wrong) return `d${of.name}/d${n.name}: ${wrong}`
  }
  const by = asked[choice % asked.length]!
  return faultOfLines(deriveAll(network, network.nodes, of, by), by, point, choice) ?? faultOfPrint(network, all.blocks.map(b => b.result))
}

const fresh = (p: Point<number>): Point<number> => makePoint<number>({ sizes: p.sizes, values: p.values, functions: p.functions })

function faultOfLines(d: Derivation, by: NetworkNode, point: ReturnType<typeof randomPoint>, choice: number): string | undefined {
  if (replay(d) !== d.result) return `d${d.of.name}/d${by.name} replays to something else`
  // the derivation speaks of nodes of its own: the loss of one sample
  const { sizes, values, functions } = point.floats
  const at = evaluateNodes(d.nodes, makePoint<number>({ sizes, values, functions, derivative: derivativeHook(d.nodes) }), floats)
  const wrong = mismatch(evaluate(d.result, at, floats, d.free), evaluate(derivative(entry(d.of.tensor, d.ofIndices), entry(d.by.tensor, d.byIndices)), at, floats, d.free))
  if (wrong) return `d${d.of.name}/d${by.name}, derived line by line: ${wrong}`
  if (choice % 8 !== 0) return undefined
  const trial = randomPoint(d.nodes, undefined, { seed: choice, awayFromKinks: 1e-4 })
  for (const block of d.blocks) for (const step of block.steps) {
    const same = sameValue(step.before, step.after, [trial], block.free)
    if (same.verdict === 'differs') return `d${d.of.name}/d${by.name}, step "${step.name}": ${same.counterexample!.before} became ${same.counterexample!.after}`
  }
  return undefined
}

function faultOfPrint(network: Network, results: readonly Derivation['result'][]): string | undefined {
  const notation = notationWith(network.nodes, new Map())
  for (const result of results) {
    const index = indexForm(result, notation.index)
    const written = `${renderText(index)} ${renderLatex(index)}`
    if (/undefined|NaN|\[object/.test(written)) return `printed: ${written}`
    const axes = axesFor(result.free.filter(i => !i.sample), [], 'gradient')
    if (axes) matrixForm(result, axes, notation.matrix)
  }
  return undefined
}

const tried = (text: string, choice: number): string | undefined => {
  try { return fault(text, choice) } catch (error) { return error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}

/** Faults of one kind differ in names and numbers only. */
const kindOf = (fault: string | undefined): string | undefined => fault?.replace(/d\S+\/d\S+/g, 'd').replace(/-?\d[\d.e+-]*/g, '0')

/** The fault of a seed, told with the smallest text that has it. */
function report(seed: number): string | undefined {
  const network = randomNetwork(seed)
  const found = tried(textOf(network), seed)
  if (found === undefined) return undefined
  const least = smaller(network, n => kindOf(tried(textOf(n), seed)) === kindOf(found))
  return `CHAINRULE_SEED=${seed} CHAINRULE_NETWORKS=1: ${found}\n${textOf(network)}\n\nsmaller:\n${textOf(least)}\n${tried(textOf(least), seed)}`
}

describe(`${COUNT} random networks from seed ${SEED}`, { timeout: 300_000 }, () => {
  const chunks = Array.from({ length: Math.ceil(COUNT / CHUNK) }, (_, k) => SEED + k * CHUNK)
  it.each(chunks)('from %i: gradients of dual numbers, derivations that replay, forms that print', from => {
    const mark = internMark()
    const faults = Array.from({ length: CHUNK }, (_, k) => report(from + k)).filter(f => f !== undefined)
    forgetSince(mark)
    expect(faults.slice(0, 3).join('\n\n')).toBe('')
  })
})
