/** Every record of the list, with no test of its own: shapes, gradients three ways, and what is printed. */
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { byDuals, mismatch } from '../calculus/against-duals.ts'
import { gradients } from '../calculus/index.ts'
import { evaluateNodes, floats, gradcheck, makePoint, type Point, randomPoint, type RandomPoint } from '../evaluate/index.ts'
import { parseChain, printChain } from '../language/index.ts'
import { readNetwork } from '../network/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { indexForm, renderLatex, renderText } from '../print/index.ts'
import { matrixForm } from '../print/matrix/index.ts'
import { evaluateS, printSize } from '../shape/index.ts'
import { axesFor, notationWith } from '../views/notation.ts'
import { evaluateGradients } from '../views/numeric-gradients.ts'
import { operations, type ScalarOperation } from './index.ts'

/** Entries of a tensor that are also checked by differences. */
const CHECKED = 24

const fresh = (p: Point<number>): Point<number> => makePoint<number>({ sizes: p.sizes, values: p.values, functions: p.functions })
const leavesOf = (n: Network): NetworkNode[] => n.nodes.filter(x => !x.definition && x.kind !== 'target' && !x.facts.some(f => f === 'one-hot' || f === 'class'))
const lossOf = (n: Network): NetworkNode => n.byName.get(n.loss!)!
const drawn = (n: Network): RandomPoint => randomPoint(n.nodes, n.dims, { seed: 3, awayFromKinks: 1e-2 })

const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'span' ? undefined : part)))

const shapes = (n: Network): Record<string, string> => Object.fromEntries(n.nodes.map(x => [x.name, x.tensor.axes.map(a => printSize(a)).join(' ')]))

/** Derived gradients by every leaf equal those of dual numbers, and differences where the function is smooth. */
function checkGradients(network: Network, point: Point<number>): void {
  const loss = lossOf(network)
  const leaves = leavesOf(network)
  const { byKey } = evaluateGradients(network, loss, fresh(point), floats, gradients(network, loss, leaves))
  for (const n of leaves) {
    const derived = byKey.get(n.tensor.key)
    expect(derived, n.name).toBeDefined()
    expect(mismatch(derived!, byDuals(network.nodes, loss, n, point, derived!)), n.name).toBeUndefined()
    const start = Float64Array.from(point.values.get(n.tensor.key)!.data)
    const along = (x: Float64Array): number => {
      const values = new Map(network.nodes.filter(k => !k.definition).map(k => [k.tensor.key, point.values.get(k.tensor.key)!]))
      values.set(n.tensor.key, { shape: derived!.shape, data: Float64Array.from(x) })
      return evaluateNodes(network.nodes, makePoint<number>({ sizes: point.sizes, values, functions: point.functions }), floats).values.get(loss.tensor.key)!.data[0]!
    }
    const many = Math.min(CHECKED, start.length)
    const entries = Array.from({ length: many }, (_, k) => Math.floor(k * start.length / many))
    expect(gradcheck(along, start, derived!.data, { entries }).entries.filter(e => e.verdict === 'fail'), n.name).toEqual([])
  }
}

/** Every adjoint is written: LaTeX that KaTeX reads, text without holes, in matrix form too where there is one. */
function checkPrinting(network: Network): void {
  const notation = notationWith(network.nodes, new Map())
  for (const block of gradients(network, lossOf(network)).blocks) {
    const axes = axesFor(block.free.filter(i => !i.sample), [], 'gradient')
    for (const form of [indexForm(block.result, notation.index), axes && matrixForm(block.result, axes, notation.matrix)]) {
      if (!form) continue
      katex.renderToString(renderLatex(form), { throwOnError: true, strict: 'ignore' })
      expect(renderText(form)).not.toMatch(/undefined|NaN/)
    }
  }
}

const samples = operations.flatMap(o => (o.kind === 'scalar' ? [] : o.samples.map(s => [o.name, s] as const)))

describe.each(samples)('%s: %s', (_, source) => {
  const network = readNetwork(source, 'sample')

  it('is printed and read again', () => {
    const file = parseChain(source, 'sample')
    const printed = printChain(file)
    expect(bare(parseChain(printed).statements)).toEqual(bare(file.statements))
    expect(shapes(readNetwork(printed))).toEqual(shapes(network))
  })

  it('has values of the declared shapes', () => {
    const { floats: point, sizes } = drawn(network)
    for (const n of network.nodes) {
      const declared = n.tensor.axes.map(a => Number(evaluateS(a, name => sizes.get(name))!.n))
      expect(point.values.get(n.tensor.key)!.shape, n.name).toEqual(declared)
      expect(n.tensor.sample ? declared[0] : 2, n.name).toBeGreaterThanOrEqual(2)
    }
  })

  it('has the gradients of dual numbers and of differences', () => checkGradients(network, drawn(network).floats))
  it('prints every adjoint', () => checkPrinting(network))
})

describe.each(operations.filter((o): o is ScalarOperation => o.kind === 'scalar').map(o => [o.name, o] as const))('%s', (name, o) => {
  const letters = o.arguments.map((_, k) => `u_${k + 1}`)
  const network = readNetwork(`param ${letters.join(', ')}\nloss E = ${name}(${letters.join(', ')})`)

  it.each([0.0713, 0.3719, 0.6127, 0.9331])('has the value of its record and the gradients of dual numbers and of differences, %f into its domain', part => {
    const at = o.domain.map(([low, high], k) => low + (high - low) * ((part + k * 0.3947) % 1))
    const values = new Map(letters.map((u, k) => [network.byName.get(u)!.tensor.key, { shape: [], data: Float64Array.of(at[k]!) }]))
    const point = evaluateNodes(network.nodes, makePoint<number>({ values }), floats)
    expect(point.values.get(lossOf(network).tensor.key)!.data[0]).toBeCloseTo(o.fn.real!(...at), 13)
    checkGradients(network, point)
  })
  it('prints every adjoint', () => checkPrinting(network))
})
