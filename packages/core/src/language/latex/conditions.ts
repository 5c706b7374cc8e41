/** Relations that hold or do not, as an indicator has them. */
import type { Latex, Relation, RelationNode } from './ast.ts'

export const conditionSigns: ReadonlySet<Relation> = new Set(['=', '≠', '<', '≤', '>', '≥', '∈'])

/** Whether a node is such a relation with both of its sides. */
export function isCondition(node: Latex): node is RelationNode {
  return node.kind === 'relation' && node.relations.every((sign) => conditionSigns.has(sign)) && node.parts.every((part) => part !== undefined)
}
