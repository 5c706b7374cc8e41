/** A network as its equations: every node in order of computation, in matrix form where it has one. */
import type { Network, NetworkNode } from '../network/types.ts'
import { findOperation } from '../operations/index.ts'
import { type Formula, renderLatex, renderText } from '../print/index.ts'
import { printSize } from '../shape/index.ts'
import { definitionOf, notationWith } from './notation.ts'
import type { Inline, Line, Page } from './page.ts'

const shapeText = (node: NetworkNode): string => node.tensor.axes.slice(node.tensor.sample ? 1 : 0).map(s => printSize(s)).join(' × ')

function declared(network: Network, kind: NetworkNode['kind'], word: string): Inline[][] {
  const nodes = network.nodes.filter(n => n.kind === kind)
  if (nodes.length === 0) return []
  return [nodes.flatMap((n, k): Inline[] => {
    const shape = shapeText(n)
    return [k === 0 ? `${word}  ` : ', ', { kind: 'name', name: n.name }, ...(shape === '' ? [] : [`: ${shape}`])]
  })]
}

/** `s = softmax(z)` where the definition is one call of an operation; undefined elsewhere, and where the operation is written in place. */
function callOf(node: NetworkNode): Formula | undefined {
  const operation = node.operation && findOperation(node.operation.name)
  if (!node.operation || operation?.kind !== 'tensor' || operation.inline) return undefined
  const symbol = operation.latex === undefined ? {} : { symbol: { text: operation.name, latex: operation.latex } }
  const right: Formula = { kind: 'call', name: operation.name, primes: 0, args: node.operation.args.map((name): Formula => ({ kind: 'name', name })), ...symbol }
  return { kind: 'equation', left: { kind: 'name', name: node.name }, relation: '=', right }
}

/** The equations of the network as a page. */
export function equationsReport(network: Network): Page {
  const notation = notationWith(network.nodes, new Map())
  const nodes = network.nodes.filter(n => n.definition)
  const equations = nodes.flatMap((node): { node: NetworkNode; formula: Extract<Formula, { kind: 'equation' }> }[] => {
    if (node.display || (node.inner && node.layer)) return []
    const formula = callOf(node) ?? definitionOf(node, notation, 'matrix')
    return formula?.kind === 'equation' ? [{ node, formula }] : []
  })
  const lines = equations.map(({ node, formula }): Line => ({
    left: formula.left, right: formula.right, notes: shapeText(node) === '' ? [] : [[shapeText(node)]],
  }))
  return {
    title: [network.path === '' ? 'network' : network.path],
    preamble: [...declared(network, 'input', 'inputs'), ...declared(network, 'target', 'targets'), ...declared(network, 'param', 'parameters')],
    sections: lines.length === 0 ? [] : [{ kind: 'lines', lines }],
    footer: [], ok: true,
    data: { equations: equations.map(({ node, formula }) => ({ name: node.name, kind: node.kind, shape: node.tensor.axes.map(s => printSize(s)), latex: renderLatex(formula), text: renderText(formula) })) },
  }
}
