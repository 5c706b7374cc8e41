/** The children of every kind of expression, for folds that need nothing else. */
import type { Expression, IndexArg, Statement } from './ast.ts'

/** The direct parts of an expression, in reading order. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number': case 'string': case 'name': return []
    case 'entry': return [expression.base, ...expression.indices.flatMap(indexParts)]
    case 'call': return [...expression.args, ...expression.named.map((attribute) => attribute.value)]
    case 'binary': return [expression.left, expression.right]
    case 'negate': case 'transpose': return [expression.operand]
    case 'group': case 'norm': return [expression.inner]
    case 'reduction': return [...expression.over.flatMap((index) => present(index.size)), ...present(expression.where), expression.body]
    case 'over-data': return [expression.body]
    case 'indicator': return [expression.relation]
    case 'array': return expression.items
  }
}

function indexParts(index: IndexArg): readonly Expression[] { return index.kind === 'index' ? [index.value] : [] }

/** The first part that lies deeper than `limit` levels, found without recursion; undefined when there is none. */
export function deeperThan(root: Expression, limit: number): Expression | undefined {
  const open: (readonly [Expression, number])[] = [[root, 1]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [expression, depth] = next
    if (depth > limit) return expression
    for (const child of children(expression)) open.push([child, depth + 1])
  }
  return undefined
}

/** The expressions that a statement and the lines of a block hold, in reading order. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'remark': return []
    case 'layers': return [statement.from, statement.to]
    case 'return': return statement.values
    case 'declare': return [...statement.items.flatMap((item) => [...item.axes, ...present(item.value)]), ...present(statement.when)]
    case 'define': return [...statement.targets.flatMap((target) => (target.indices ?? []).flatMap((index) => 'ellipsis' in index ? [] : present(index.size))), statement.value, ...present(statement.when)]
    case 'block': return [...statement.parameters.flatMap((parameter) => [...(parameter.axes ?? []).flatMap(indexParts), ...present(parameter.value)]), ...statement.body.flatMap(expressionsOf)]
  }
}

function present(value: Expression | undefined): readonly Expression[] { return value === undefined ? [] : [value] }
