/** A proof on the page: each equation and each derived gradient as it is, and what the claims make of it. */
import { entry, type Expr, type Formula, type Gradients, type Index, type Inline, type Line, somewhere } from '@chainrule/core'
import type { Claims, Consequence } from './consequences.ts'
import type { Writer } from './formulas.ts'

/** Two lines for each value and gradient that the claims change; those that they leave alone are left out, except gradients of parameters. */
export function proofLines(proof: readonly Consequence[], claims: Claims, g: Gradients, w: Writer): readonly Line[] {
  return proof.flatMap((c): Line[] => {
    const [before, after] = [w.write(c.before, c.indices), w.write(c.after, c.indices)]
    if (c.before === c.after && c.kind !== 'gradient') return []
    const notes = reasons(c, proof, claims, g, w)
    return [
      { left: leftOf(c, g, w), relation: '=', right: before, notes: c.before === c.after ? notes : [] },
      ...(c.before === c.after ? [] : [{ relation: '=', right: after, notes } as const]),
    ]
  })
}

function leftOf(c: Consequence, g: Gradients, w: Writer): Formula {
  const at = entry(c.node.tensor, c.indices.slice(c.indices.length - c.node.tensor.axes.length))
  if (c.kind === 'value') return w.write(at, c.indices)
  const output = c.kind === 'gradient' && g.overData ? g.of : g.output
  return w.partial(entry(output.tensor, output.indices), at)
}

/** Why `after` is what it is: the claims and earlier results that the line reads. */
function reasons(c: Consequence, proof: readonly Consequence[], claims: Claims, g: Gradients, w: Writer): readonly (readonly Inline[])[] {
  const reads = (key: string): boolean => somewhere(e => e.kind === 'symbol' && e.tensor.key === key)(c.before)
  const of = (x: Consequence): Inline => (x.kind === 'adjoint' ? bare(leftOf(x, g, w)) : { kind: 'name', name: x.node.name })
  return proof.flatMap((x): Inline[][] => {
    const claim = claims.get(x.node.name)
    if (x === c || !reads(claim ? x.node.tensor.key : x.key)) return []
    if (claim) return claim.zero ? [[of(x), ' = 0']] : claim.same.some(Boolean) ? [[`${equalAlong(claim.same)} of `, of(x), ' are equal']] : []
    if (x.after.kind === 'number') return [[of(x), ' = ', { kind: 'number', value: x.after.value }]]
    const alike = alikeAlong(x)
    return alike.some(Boolean) ? [[`${equalAlong(alike)} of `, of(x), ' are equal']] : []
  })
}

/** ∂J/∂z of ∂J/∂z_i. */
const bare = (f: Formula): Formula => (f.kind === 'partial' && f.by.kind === 'entry' ? { ...f, by: f.by.base } : f)

/** For each axis, without that of the samples: does the place along it make no difference? */
export const alikeAlong = (c: { readonly indices: readonly Index[]; readonly after: Expr }): readonly boolean[] =>
  c.indices.filter(i => !i.sample).map(i => !c.after.free.includes(i))

/** What is equal when the place along some axes makes no difference: rows, columns, entries. */
export function equalAlong(same: readonly boolean[]): string {
  if (same.every(Boolean)) return 'entries'
  if (same.length === 2) return same[0] ? 'rows' : 'columns'
  return `slices along axis ${same.flatMap((is, k) => (is ? [k + 1] : [])).join(', ')}`
}
