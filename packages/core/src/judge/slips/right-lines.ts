/** Right lines to compare with: the ones on the page, and our own derivation in index and in matrix form. */
import { deriveAll, deriveSecond, type Derivation } from '../../calculus/index.ts'
import { type Expr, type Index, mapChildren, substitute } from '../../expression/index.ts'
import { ChainError } from '../../errors.ts'
import { type Latex, type Lexicon, readLatex } from '../../language/latex/index.ts'
import { indexForm, matrixForm, renderLatex } from '../printing.ts'
import type { Content } from '../meaning/meaning.ts'
import type { Network } from '../../network/types.ts'
import type { Scene } from '../scene.ts'

/** Our own results for what the first part of a chain asks for, as trees of the page's language. */
export function derivedLines(first: Content | undefined, scene: Scene, lexicon: Lexicon): readonly Latex[] {
  if (!first) return []
  if (first.kind === 'tuple') return first.items.flatMap(m => derivedLines(m, scene, lexicon))
  const { expr } = first
  const found: Latex[] = []
  for (const { result, axes } of resultsFor(expr, first.axes, scene)) {
    for (const formula of [indexForm(result, { showSample: false }), axes.length <= 2 ? matrixForm(result, { ...(axes[0] ? { row: axes[0] } : {}), ...(axes[1] ? { column: axes[1] } : {}) }) : null]) {
      if (!formula) continue
      try {
        const [tree, ...more] = readLatex(renderLatex(formula), { lexicon }).statements
        if (tree && more.length === 0) found.push(tree)
      } catch (error) {
        if (!(error instanceof ChainError)) throw error
      }
    }
  }
  return found
}

interface Result { readonly result: Expr; readonly axes: readonly Index[] }

/** What the first part comes to, every derivative in it worked out, over the indices that the page uses. */
function resultsFor(e: Expr, axes: readonly Index[], scene: Scene): Result[] {
  const { network } = scene
  if (e.kind === 'symbol') {
    const node = network.byTensor.get(e.tensor.key)
    return node?.definition ? [{ result: substitute(node.definition, new Map(node.indices.map((i, k) => [i, e.indices[k]!]))), axes }] : []
  }
  const whole = derivationOf(e, network)
  if (whole) return [whole.result, ...(whole.blocks.at(-1)?.kind === 'total' ? [whole.blocks.at(-2)!.result] : [])].map(r => ({ result: put(r, whole, e as Derivative), axes }))
  return [{ result: workedOut(e, network), axes }]
}

type Derivative = Extract<Expr, { kind: 'derivative' }>

function workedOut(e: Expr, network: Network): Expr {
  const d = derivationOf(e, network)
  return d ? put(d.result, d, e as Derivative) : e.kind === 'derivative' ? e : mapChildren(e, x => workedOut(x, network))
}

/** The derivation of a derivative, first or second; undefined for anything else, and where there is none. */
function derivationOf(e: Expr, network: Network): Derivation | undefined {
  if (e.kind !== 'derivative' || e.direct) return undefined
  const nodes = network.nodes.filter(n => !n.name.startsWith('page_'))
  const plain = { ...network, nodes }
  const by = network.byTensor.get(e.by.tensor.key)
  try {
    if (e.of.kind === 'symbol') {
      const of = network.byTensor.get(e.of.tensor.key)
      return of?.definition && by ? deriveAll(plain, nodes, of, by) : undefined
    }
    if (e.of.kind !== 'derivative' || e.of.direct || e.of.of.kind !== 'symbol' || e.of.of.tensor.axes.length > 0) return undefined
    const [of, first] = [network.byTensor.get(e.of.of.tensor.key), network.byTensor.get(e.of.by.tensor.key)]
    if (!of?.definition || !first || !by) return undefined
    const { second } = deriveSecond(plain, of, first, by)
    return second
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** The result over the indices of the page. */
function put(result: Expr, d: Derivation, e: Derivative): Expr {
  const of = e.of.kind === 'symbol' ? e.of.indices : e.of.kind === 'derivative' ? e.of.by.indices : []
  return substitute(result, new Map([...pairs(d.byIndices, e.by.indices), ...pairs(d.ofIndices, of)]))
}

const pairs = (from: readonly Index[], to: readonly Index[]): (readonly [Index, Index])[] => from.flatMap((i, k) => { const j = to[to.length - from.length + k]; return j ? [[i, j] as const] : [] })
