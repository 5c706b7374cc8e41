/** Maxima over indices, and which entry attains them. */
import type { Expr, Index, Reduce, Selector, SelectorTerm } from '../expression/index.ts'
import { selector } from '../expression/index.ts'
import { size } from '../shape/index.ts'
import { type Labelled, nodeOf, numberNode } from './builder.ts'
import { formOf, type Solved, solveAll } from './equations.ts'
import { type Form, indicesOf, maskPart, ones, type Part, staysInside } from './forms.ts'
import type { Lowering } from './lowering.ts'
import type { Extreme, Place } from './program.ts'

interface Search { readonly over: Extreme; readonly outer: readonly Index[]; readonly inner: readonly Index[]; readonly solved: Solved }

/** Equations among the conditions are solved for the searched index of the largest axis, the others are masks. */
function searchOf(l: Lowering, e: Reduce): Search | undefined {
  const { b } = l
  const selectors = e.where.filter((w): w is Selector => w.kind === 'selector')
  const body = l.lower(e.body)
  const solved = solveAll(selectors, l.numberOf, b.sizeOf, i => e.over.includes(i), i => body.axes.includes(i))
  if (solved.impossible) return undefined
  const others = e.where.filter(w => w.kind !== 'selector').map(w => l.lower(w))
  const part = (v: Labelled) => ({ node: v.node, at: v.axes.map(i => formOf(solved, i)) })
  const masks = [...others.map(part), ...solved.masks.map(m => maskPart(b, m.relation, m.of)), ...[...solved.forms].filter(([i, form]) => !body.axes.includes(i) && !staysInside(form, b.sizeOf(i), b.sizeOf)).map(([i, form]) => ({ node: ones(b, b.sizeOf(i)), at: [form] }))]
  const operand = part(body)
  const inner = e.over.filter(i => !solved.forms.has(i))
  const outer = [...indicesOf([operand, ...masks].flatMap(p => p.at))].filter(i => !e.over.includes(i))
  const loops = [...outer, ...inner]
  const place = (f: Form): Place => ({ terms: [...f.terms].map(([i, c]): [number, number] => [loops.indexOf(i), c]).sort((x, y) => x[0] - y[0]), constant: f.constant })
  const read = (p: Part) => ({ node: p.node, at: p.at.map(place) })
  return { outer, inner, solved, over: { loops: loops.map(b.sizeOf), outer: outer.length, operand: read(operand), masks: masks.map(read) } }
}

/** max of the body over the indices where all conditions hold. */
export function maximum(l: Lowering, e: Reduce): Labelled {
  const s = searchOf(l, e)
  if (!s) return numberNode(l.b, -Infinity)
  return { node: nodeOf(l.b, { kind: 'max', over: s.over, shape: s.outer.map(l.b.sizeOf) }), axes: s.outer }
}

/** 1 at the first entry that attains the maximum: over the positions `at` of the indices that are searched, and equations for the others. */
export function winner(l: Lowering, e: Reduce): { readonly value: Labelled; readonly selectors: readonly Selector[] } {
  const s = searchOf(l, e)
  if (!s) return { value: numberNode(l.b, 0), selectors: [] }
  const at = (i: Index): Index => { const k = e.over.indexOf(i); return k < 0 ? i : e.at[k]! }
  const node = nodeOf(l.b, { kind: 'winner', over: s.over, shape: s.over.loops })
  const selectors = [...s.solved.forms].flatMap(([i, form]) => {
    const terms = [...form.terms].map(([j, c]): SelectorTerm => ({ coefficient: size(-c), index: at(j) }))
    const equation: Expr = selector('eq', [{ coefficient: size(1), index: at(i) }, ...terms], size(-form.constant))
    return equation.kind === 'selector' ? [equation] : []
  })
  return { value: { node, axes: [...s.outer, ...s.inner.map(at)] }, selectors }
}
