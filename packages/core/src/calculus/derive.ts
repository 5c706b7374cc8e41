/**
 * d of / d by through a network, as blocks of steps: first the output, then node by node towards the variable.
 * Adjoints are shared, so an L-layer network stays linear in size; short ones are written out where they are used.
 */
import { derivative, type Expr, type Index, open, type Sym } from '../expression/index.ts'
import type { NetworkNode } from '../network/types.ts'
import { cost } from './expand.ts'
import { foldablesOf } from './foldables.ts'
import { factsOf, symmetricOf } from './known-facts.ts'
import { freshEntry, graphBetween } from './graph.ts'
import { hasDerivative, WRITE_OUT_ANSWER } from './rewrites.ts'
import { hasOpenDerivative } from './differentiate.ts'
import { simplify, takeStep, takeSteps } from './simplify.ts'
import type { Block, Graph, GraphNode, RewriteContext, Step } from './types.ts'

export interface DeriveOptions {
  /** Adjoints up to this length, or those for which it holds, are written out where they are used; the others keep their name. */
  readonly writeOut?: number | ((block: Block) => boolean)
  /** Also derive every local factor rule by rule. */
  readonly locals?: boolean
}

const WRITE_OUT = 30

/** The graph with its rewrite context, shared by all blocks of one derivation. */
export function contextFor(nodes: readonly NetworkNode[], of: NetworkNode, ofIndices: readonly Index[], by: readonly NetworkNode[]): RewriteContext {
  return { graph: graphBetween(nodes, of, ofIndices, by), foldables: foldablesOf(nodes), facts: factsOf(nodes), symmetric: symmetricOf(nodes), known: new Map() }
}

/** The nodes that lie between, from the output backwards, then the variables: each gets a block. */
export function backwardOrder(graph: Graph, by: readonly NetworkNode[]): NetworkNode[] {
  const last = new Set(by.map(v => v.tensor.key))
  const order = graph.nodes.map(n => n.node).filter(n => n.tensor.key !== graph.of.tensor.key && !graph.frontier.has(n.tensor.key)).reverse()
  // a variable that is itself a node on the way of another variable keeps its place in the order
  return order.some(n => last.has(n.tensor.key)) ? [...order, ...by.filter(v => !order.includes(v))] : [...order, ...by]
}

/** All blocks for the derivatives of the graph's output by the given variables. */
export function deriveBlocks(context: RewriteContext, by: readonly NetworkNode[], options: DeriveOptions = {}): Block[] {
  return backwardOrder(context.graph, by).map(node => {
    const limit = options.writeOut ?? WRITE_OUT
    const block = adjointBlock(context, node, options, by.length === 1 && node === by[0])
    const length = cost(block.result, WRITE_OUT_ANSWER)
    const short = typeof limit === 'number' ? length <= limit : limit(block)
    if (short || (typeof limit === 'number' && by.length === 1 && length <= WRITE_OUT_ANSWER)) {
      context.known.set(node.tensor.key, { by: byOf(block), result: block.result, long: !short })
    }
    return block
  })
}

const byOf = (b: Block): Sym => (b.left.kind === 'derivative' ? b.left.by : (() => { throw new TypeError('a block derives a derivative') })())

/** d of / d node: chain rule, local derivatives, what is known, simplification. */
function adjointBlock(context: RewriteContext, node: NetworkNode, options: DeriveOptions, answer: boolean): Block {
  const at = freshEntry(context.graph, node)
  const left = derivative(context.graph.of, at)
  const steps = takeSteps(['chain-rule'], left, context)
  const chained = steps.at(-1)?.after ?? left
  if (chained.kind === 'derivative' && chained.direct && chained.of.kind === 'symbol') {
    steps.push(...localSteps(chained, context, options))
  } else {
    steps.push(...takeSteps([answer ? 'written-out' : 'known', 'local'], chained, context))
    steps.push(...simplify(steps.at(-1)?.after ?? chained, context))
  }
  const locals = options.locals ? localBlocks(chained, context) : []
  const free = [...context.graph.of.indices, ...at.indices.filter(i => i !== context.graph.sample)]
  return { by: node, kind: 'adjoint', left, free, steps, result: steps.at(-1)?.after ?? left, locals }
}

/** One local factor rule by rule: definition, the rules, simplification. */
function localSteps(left: Expr, context: RewriteContext, options: DeriveOptions): Step[] {
  const steps: Step[] = takeSteps(['definition'], left, context)
  let current = steps.at(-1)?.after ?? left
  for (let round = 0; hasOpenDerivative(current) && round < 200; round++) {
    const step = takeStep('rules', current, context)
    if (!step) break
    const last = steps.at(-1)
    // in brief, the rules after the first are merged into one line with it
    if (!options.locals && last?.rule === 'rules') steps[steps.length - 1] = { ...last, after: step.after, notes: mergeNotes(last.notes, step.notes) }
    else steps.push(step)
    current = step.after
  }
  steps.push(...simplify(current, context))
  return steps
}

const mergeNotes = (a: Step['notes'], b: Step['notes']): Step['notes'] => [...a, ...b.filter(n => !a.some(m => m.kind === 'rule' && n.kind === 'rule' && m.id === n.id))]

/** The local factors of a chained expression, each derived rule by rule. */
function localBlocks(chained: Expr, context: RewriteContext): Block[] {
  const seen = new Map<string, Block>()
  const visit = (e: Expr): void => {
    if (e.kind === 'derivative') {
      if (!e.direct || e.of.kind !== 'symbol' || e.of.tensor.key === context.graph.of.tensor.key) return
      const key = `${e.of.tensor.key}/${e.by.tensor.key}`
      const n: GraphNode | undefined = context.graph.byKey.get(e.of.tensor.key)
      if (seen.has(key) || !n) return
      const steps = localSteps(e, context, { locals: true })
      seen.set(key, { by: n.node, kind: 'local', left: e, free: [...new Set([...e.of.indices, ...e.by.indices])], steps, result: steps.at(-1)?.after ?? e, locals: [] })
      return
    }
    if (!hasDerivative(e)) return
    if (e.kind === 'sum') e.terms.forEach(visit)
    if (e.kind === 'contraction') open(e).factors.forEach(visit)
  }
  visit(chained)
  return [...seen.values()]
}
