/** A structural dump of expressions, for messages of failing tests and for debugging. */
import type { Index } from './indices.ts'
import type { Expr } from './node.ts'

const name = (ix: Index): string => (ix.literal !== undefined ? String(ix.literal) : ix.level > 0 ? `B${ix.level}` : `f${ix.id}`)
/** The structure of an expression as text, bound indices as B1, B2, free ones by id. */
export function show(e: Expr): string {
  switch (e.kind) {
    case 'number': return `${e.value.n}/${e.value.d}`
    case 'symbol': return `${e.tensor.name}[${e.indices.map(name).join(',')}]`
    case 'sum': return `(${e.terms.map(show).join(' + ')})`
    case 'contraction': return `{${e.coefficient.n}/${e.coefficient.d} ${e.bound.map(name).join('')}: ${e.factors.map(show).join(' ')}}`
    case 'selector': return `[${e.terms.map(t => `${t.coefficient.key}*${name(t.index)}`).join('+')}+${e.constant.key}]`
    case 'power': return `${show(e.base)}^${show(e.exponent)}`
    case 'apply': return `${e.fn.name}(${e.args.map(show).join(', ')})`
    case 'reduce': return `${e.op}_${e.over.map(name).join('')} ${show(e.body)}`
    case 'derivative': return `d ${show(e.of)}/d ${show(e.by)}`
  }
}
