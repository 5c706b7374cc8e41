/** A loss for a network whose text has none, or has one for each sample. */
import { type Network, type NetworkNode, printSize, readNetwork } from '@chainrule/core'
import { axesOf } from '../fit/wanted.ts'
import { lossDeclared, lossPerSample, noLoss, noSuchLoss } from './messages.ts'
import { dependOnTargets } from './output.ts'

/** Losses by name; besides, `mean` and `sum` say how a declared loss goes over the data, and a node's name makes it the loss. */
export const lossKinds = ['cross-entropy', 'squared-error', 'mean', 'sum'] as const

/**
 * The network with a loss E over the data. `cross-entropy` and `squared-error` hold the last node against a target, which is declared
 * where there is none; `mean` and `sum` take a declared loss of one sample over the data; the name of a node that is one number for each
 * sample makes its mean the loss. Throws a ChainError where there is nothing of the kind.
 */
export function withLoss(network: Network, asked: string): Network {
  const read = (text: string): Network => readNetwork(text, network.path, network.options)
  if (asked === 'mean' || asked === 'sum') return read(overData(network, asked))
  if (network.loss !== undefined) throw lossDeclared(network.loss)
  const free = (...names: readonly string[]): string => names.find(n => !network.byName.has(n))!
  const [name, text] = [free('E', 'L', 'J', 'loss'), `${network.source.trimEnd()}\n`]
  if (asked !== 'cross-entropy' && asked !== 'squared-error') {
    const node = network.byName.get(asked)
    if (!node?.definition || !node.tensor.sample || axesOf(node).length > 0) throw noSuchLoss(asked, [...lossKinds, ...network.nodes.filter(n => n.definition && n.tensor.sample && !n.inner && axesOf(n).length === 0).map(n => n.name)])
    return read(`${text}loss ${name} = mean over data: ${asked}\n`)
  }
  const y = lastOutput(network)
  // a vector with one entry is that entry
  const one = axesOf(y).length === 1 && printSize(axesOf(y)[0]!) === '1'
  const out = one ? free('out', 'output', 'said') : y.name
  const axes = one ? [] : axesOf(y).map(a => printSize(a))
  const known = network.nodes.find(n => n.kind === 'target' && axesOf(n).map(a => printSize(a)).join() === axes.join())
  const target = known?.name ?? free('t', 'target', 'wanted')
  const declared = known ? '' : `target ${target}${axes.length > 0 ? `[${axes.join(', ')}]` : ''}${asked === 'cross-entropy' && axes.length > 0 ? ' one-hot' : ''}\n`
  const each = `${operation(asked, axes.length, network.source, y)}(${out}, ${target})`
  return read(`${text}${one ? `${out} = ${y.name}[1]\n` : ''}${declared}loss ${name} = mean over data: ${asked === 'cross-entropy' && axes.length > 1 ? `mean(${each})` : each}\n`)
}

/** Probabilities are taken as such where the text computes them last. */
function operation(asked: 'cross-entropy' | 'squared-error', rank: number, source: string, y: NetworkNode): string {
  if (asked === 'squared-error') return 'squared_error'
  const last = source.split('\n').map(l => l.trim()).find(l => l.startsWith(`${y.name} `) || l.startsWith(`${y.name}=`)) ?? ''
  const probabilities = /=\s*(softmax|sigmoid|logistic)\s*\(/.test(last)
  return `${rank === 0 ? 'binary_cross_entropy' : 'cross_entropy'}${probabilities ? '' : '_logits'}`
}

/** What the network says: its last node that knows no target. */
function lastOutput(network: Network): NetworkNode {
  const below = dependOnTargets(network)
  const y = network.nodes.filter(n => n.definition && n.tensor.sample && !n.inner && !below.has(n.tensor.key)).at(-1)
  if (!y) throw noLoss()
  return y
}

/** `loss E = ...` becomes `loss E = mean over data: (...)`. */
function overData(network: Network, how: 'mean' | 'sum'): string {
  if (network.loss === undefined) throw noLoss()
  const declared = /^([ \t]*loss\s+[^=\n]*=[ \t]*)([^\n#]*?)([ \t]*(?:#[^\n]*)?)$/m
  if (!network.byName.get(network.loss)!.tensor.sample || !declared.test(network.source)) throw lossPerSample(network.loss)
  return network.source.replace(declared, (_, start: string, value: string, end: string) => `${start}${how} over data: (${value})${end}`)
}
