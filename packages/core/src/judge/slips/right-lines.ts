/** Right lines to compare with: the ones on the page, and our own derivation in index and in matrix form. */
import { deriveAll } from '../../calculus/index.ts'
import { type Expr, type Index, substitute, type Sym } from '../../expression/index.ts'
import { ChainError } from '../../errors.ts'
import { type Latex, type Lexicon, readLatex } from '../../language/latex/index.ts'
import { indexForm, matrixForm, renderLatex } from '../printing.ts'
import type { Content } from '../meaning/meaning.ts'
import type { Scene } from '../scene.ts'

/** Our own results for what the first part of a chain asks for, as trees of the page's language. */
export function derivedLines(first: Content | undefined, scene: Scene, lexicon: Lexicon): readonly Latex[] {
  if (first?.kind !== 'tensor') return []
  const { expr } = first
  const found: Latex[] = []
  for (const { result, axes } of resultsFor(expr, first.axes, scene)) {
    for (const formula of [indexForm(result, { showSample: false }), axes.length > 0 && axes.length <= 2 ? matrixForm(result, { ...(axes[0] ? { row: axes[0] } : {}), ...(axes[1] ? { column: axes[1] } : {}) }) : null]) {
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

/** The derivative, or the definition of a quantity, over the indices that the page uses. */
function resultsFor(e: Expr, axes: readonly Index[], scene: Scene): Result[] {
  const { network } = scene
  if (e.kind === 'symbol') {
    const node = network.byTensor.get(e.tensor.key)
    return node?.definition ? [{ result: substitute(node.definition, new Map(node.indices.map((i, k) => [i, e.indices[k]!]))), axes }] : []
  }
  if (e.kind !== 'derivative' || e.direct || e.of.kind !== 'symbol') return []
  const [of, by] = [network.byTensor.get(e.of.tensor.key), network.byTensor.get(e.by.tensor.key)]
  if (!of?.definition || !by) return []
  const nodes = network.nodes.filter(n => !n.name.startsWith('page_'))
  try {
    const d = deriveAll({ ...network, nodes }, nodes, of, by)
    const put = new Map([...pairs(d.byIndices, e.by), ...pairs(d.ofIndices, e.of)])
    return [d.result, ...(d.blocks.at(-1)?.kind === 'total' ? [d.blocks.at(-2)!.result] : [])].map(r => ({ result: substitute(r, put), axes }))
  } catch (error) {
    if (error instanceof ChainError) return []
    throw error
  }
}

const pairs = (from: readonly Index[], to: Sym): (readonly [Index, Index])[] => from.flatMap((i, k) => { const j = to.indices[to.indices.length - from.length + k]; return j ? [[i, j] as const] : [] })
