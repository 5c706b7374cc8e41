/** Programs tidied up as a whole, when it is known how often each node is read. */
import { type Argument, type Node, type NodeOf, type Program, renamed, renumbered, useCounts, withoutDead } from './program.ts'

const volume = (n: Node): number => n.shape.reduce((v, k) => v * k, 1)

/**
 * A number times a product that nothing else reads is taken into its smaller factor, where that is smaller than the product:
 * rate * (D^T X) = (rate D)^T X. A number times a mean is one number times a sum: rate * (1/n sum) = (rate/n) sum.
 */
export function tidied(given: Program): Program {
  const program = withoutDead(given)
  const uses = useCounts(program)
  const nodes: Node[] = []
  const place: number[] = []
  const put = (n: Node): number => nodes.push(n) - 1
  program.nodes.forEach(n => {
    const scaled = n.kind === 'map' && n.fn === 'mul' ? scaledProduct(program, n, uses) : undefined
    if (!scaled) { place.push(put(withPlaces(n, place))); return }
    const { scalar, product, argument } = scaled
    if (argument) {
      const both = put({ kind: 'map', fn: 'mul', shape: [], args: [{ node: place[scalar]!, along: [] }, { node: put({ kind: 'number', value: product.coefficient, shape: [] }), along: [] }] })
      const sum = put(withPlaces({ ...product, coefficient: 1 }, place))
      place.push(put({ kind: 'map', fn: 'mul', shape: n.shape, args: [{ node: both, along: [] }, { ...argument, node: sum }] }))
      return
    }
    const [a, b] = product.operands
    const least = !b || volume(program.nodes[a!.node]!) <= volume(program.nodes[b.node]!) ? a! : b
    const { shape } = program.nodes[least.node]!
    const factor = put({ kind: 'map', fn: 'mul', shape, args: [{ node: place[scalar]!, along: [] }, { node: place[least.node]!, along: shape.map((_, j) => j) }] })
    place.push(put({ ...product, operands: product.operands.map(o => (o === least ? { ...o, node: factor } : { ...o, node: place[o.node]! })) }))
  })
  return withoutDead({ nodes, outputs: program.outputs.map(o => ({ ...o, node: place[o.node]! })), ...(program.names && { names: renamed(program.names, n => place[n]) }) })
}

function scaledProduct(p: Program, n: NodeOf<'map'>, uses: readonly number[]): { readonly scalar: number; readonly product: NodeOf<'contract'>; readonly argument?: Argument } | undefined {
  for (const [one, other] of [[0, 1], [1, 0]] as const) {
    const scalar = n.args[one]!
    const product = n.args[other]!
    const node = p.nodes[product.node]!
    const dynamic = p.nodes[scalar.node]!
    if (dynamic.shape.length > 0 || dynamic.kind === 'number' || node.kind !== 'contract' || uses[product.node] !== 1) continue
    if (node.operands.length === 1 && node.coefficient !== 1 && volume(node) > 1) return { scalar: scalar.node, product: node, argument: product }
    const least = Math.min(...node.operands.map(o => volume(p.nodes[o.node]!)))
    if (least < volume(node) && product.along.every((axis, k) => axis === k)) return { scalar: scalar.node, product: node }
  }
  return undefined
}

const withPlaces = (n: Node, place: readonly number[]): Node => renumbered(n, k => place[k]!)
