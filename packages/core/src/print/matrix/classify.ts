/** The factors of a term as scalars, labels and edges of a network. */
import { type Expr, type Index, number, power } from '../../expression/index.ts'
import { ONE, signR, negR } from '../../shape/index.ts'
import { cheaper, type Mat } from './algebra.ts'
import { scaledM } from './build.ts'
import type { Edge, Label } from './network.ts'
import { axesOf, type Printer } from './printer.ts'
import { transposeM } from './products.ts'

export interface Parts { readonly scalars: readonly Mat[]; readonly labels: readonly Label[]; readonly edges: readonly Edge[] }

/** base and sign of a factor: x^-2 is x² below the line. */
function split(f: Expr): { readonly core: Expr; readonly below: boolean } {
  if (f.kind !== 'power' || f.exponent.kind !== 'number' || signR(f.exponent.value) >= 0) return { core: f, below: false }
  return { core: power(f.base, number(negR(f.exponent.value))), below: true }
}

/** The network of the factors; null when one of them has no form as scalar, vector or matrix. */
export function classify(factors: readonly Expr[], p: Printer): Parts | null {
  const scalars: Mat[] = []
  const labels: Label[] = []
  const edges: Edge[] = []
  for (const f of factors) {
    const { core, below } = split(f)
    const [a, b, more] = axesOf(core)
    if (more) return null
    if (!a) {
      const m = p.form(core, {})
      if (!m) return null
      scalars.push(below ? scaledM(ONE, [], [m]) : m)
    } else if (!b) {
      const value = p.form(core, { row: a })
      if (!value) return null
      labels.push({ at: a, value, below })
    } else {
      const edge = edgeOf(core, a, b, below, p)
      if (!edge) return null
      edges.push(edge)
    }
  }
  return { scalars, labels, edges }
}

function edgeOf(core: Expr, a: Index, b: Index, below: boolean, p: Printer): Edge | null {
  const there = p.form(core, { row: a, column: b })
  const back = p.form(core, { row: b, column: a })
  const forward = cheaper(there, back && transposeM(back))
  const backward = cheaper(back, there && transposeM(there))
  return forward && backward && { a, b, forward, backward, below }
}
