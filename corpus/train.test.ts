/** Networks of the corpus train: some steps on the same few samples lower the loss, with gradients and updates from one graph. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Network, readNetwork, sizeSymbols } from '@chainrule/core'
import { type Dataset, gather, stream, train, type TrainOptions, withLoss } from '@chainrule/train'
import { onnxruntimeNode } from '@chainrule/train/runtimes'
import { describe, expect, it } from 'vitest'
import { sizeAt, wantedBy } from '../packages/train/src/fit/wanted.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Networks up to LeNet-5, and small ones of every kind; the others of the folder are there for their counts. */
const NETWORKS = ['c3', 'lenet5', 'two-layer', 'small-resnet', 'transformer-block', 'lstm'].map(n => `networks/${n}.chain`)

/** Without parameters there is nothing to train. */
const WITHOUT_PARAMETERS = ['sheet-a/softmax.chain', 'sheet-c/softmax-loss.chain']
const SHEETS = ['a', 'b', 'c', 'd', 'e'].flatMap(s => readdirSync(join(root, `sheet-${s}`)).filter(f => f.endsWith('.chain')).map(f => `sheet-${s}/${f}`)).filter(p => !WITHOUT_PARAMETERS.includes(p))

/** Large networks are trained in a smaller size, the same layers with fewer entries; any depth leaves its target undeclared. */
const trainable = (text: string): string => text.replace('loss J = cost(a^[L], y)', 'target y[n[L]]\nloss J = cost(a^[L], y)').replace('x[1, 100, 100]', 'x[1, 12, 12]').replaceAll('filters=100', 'filters=4').replace('x[C, 64, 64]', 'x[C, 12, 12]').replaceAll('filters=96', 'filters=4').replace('kernel=64', 'kernel=12')

interface Settings { readonly functions?: Readonly<Record<string, string>>; readonly depth?: number }
const settings: Readonly<Record<string, Settings>> = { 'sheet-d/any-depth.chain': { depth: 3, functions: { 'g^[1]': 'tanh', 'g^[2]': 'tanh', 'g^[3]': 'sigmoid', cost: 'squared_error' } }, 'sheet-d/four-layers.chain': { functions: { g: 'tanh', cost: 'squared_error' } } }

function networkOf(path: string): Network {
  const text = trainable(readFileSync(join(root, path), 'utf8'))
  const plain = readNetwork(text, path, settings[path])
  const functions = settings[path]?.functions ?? Object.fromEntries(plain.functions.map(f => [f, 'tanh']))
  const network = readNetwork(text, path, { ...settings[path], functions })
  if (network.loss === undefined) { const each = network.byName.has('E') ? 'E' : network.byName.has('L') ? 'L' : 'squared-error'; return withLoss(network, each) }
  return network.byName.get(network.loss)!.tensor.sample ? withLoss(network, 'mean') : network
}

const COUNT = 8

/** Numbers for every size that the text leaves open, and random samples. */
function dataFor(network: Network): Pick<TrainOptions, 'data' | 'dims' | 'set'> {
  const open = [...new Set(network.nodes.flatMap(n => (n.tensor.sample ? n.tensor.axes.slice(1) : n.tensor.axes).flatMap(a => [...sizeSymbols(a)])))].filter(s => network.dims.get(s) === undefined)
  const dims = Object.fromEntries(open.map((s, k) => [s, 3 + (k % 3)]))
  const sizes = new Map([...network.dims].flatMap(([s, n]) => (n === undefined ? [] : [[s, n] as const])).concat(Object.entries(dims)))
  return { dims, data: samplesOf(network, name => sizes.get(name)), set: Object.fromEntries(network.nodes.filter(n => (n.kind === 'given' || n.kind === 'rate') && n.value === undefined).map(n => [n.name, 0.01])) }
}

/** Inputs between -1 and 1, class numbers for rows with a single 1. */
function samplesOf(network: Network, sizeOf: (name: string) => number | undefined): Dataset {
  const random = stream(1, 'corpus', network.path)
  const wanted = wantedBy(network).map(w => ({ ...w, shape: w.axes.map(a => sizeAt(a, new Map([...sizeSymbols(a)].map(s => [s, sizeOf(s)!])))!) }))
  const values = Object.fromEntries(wanted.map(w => {
    const shape = w.hot ? w.shape.slice(0, -1) : w.shape
    const length = COUNT * shape.reduce((a, b) => a * b, 1)
    return [w.name, { shape: [COUNT, ...shape], data: w.hot ? Int32Array.from({ length }, () => random.below(w.shape.at(-1)!)) : Float32Array.from({ length }, () => 2 * random.uniform() - 1) }]
  }))
  return {
    name: 'random', count: COUNT, access: { kind: 'random' }, close: () => Promise.resolve(), read: at => Promise.resolve(gather({ count: COUNT, values }, at)),
    fields: wanted.map(w => ({ name: w.name, role: w.role, shape: w.hot ? w.shape.slice(0, -1) : w.shape, ...(w.hot ? { classes: Array.from({ length: w.shape.at(-1)! }, (_, k) => String(k)) } : {}) })),
  }
}

describe.each([['sheets', SHEETS], ['networks', NETWORKS]] as const)('%s', (_, paths) => {
  it.each(paths)('%s', async path => {
    const network = networkOf(path)
    const losses: number[] = []
    for await (const e of train(network, { ...dataFor(network), runtime: onnxruntimeNode, rate: 0.002, steps: 40, batch: COUNT, normalise: 'none', seed: 3 })) if (e.type === 'step') losses.push(e.loss)
    expect(losses).toHaveLength(40)
    expect(losses.every(Number.isFinite)).toBe(true)
    expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.99)
  })
})
