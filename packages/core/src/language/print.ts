/** Canonical text of a `.chain` file. */
import type { BlockParameter, ChainFile, Declared, Expression, Statement, Target } from './ast.ts'
import { level } from './pratt.ts'
import { at, printExpression, printIndices, printValue } from './print-expression.ts'

/** The canonical text of a file; `parseChain` reads it back as the same statements. */
export function printChain(file: Pick<ChainFile, 'statements'>): string {
  return file.statements.map((statement) => printStatement(statement)).join('')
}

/** The lines of one statement, each with its line end. */
export function printStatement(statement: Statement, indent = ''): string {
  if (statement.kind === 'remark') return statement.comment === undefined ? '\n' : `${indent}${comment(statement.comment)}\n`
  const tail = statement.comment === undefined ? '' : `  ${comment(statement.comment)}`
  const line = `${indent}${head(statement)}${tail}\n`
  return statement.kind === 'block' ? line + statement.body.map((inner) => printStatement(inner, `${indent}  `)).join('') : line
}

function comment(text: string): string { return text === '' ? '#' : `# ${text}` }

function head(statement: Exclude<Statement, { kind: 'remark' }>): string {
  switch (statement.kind) {
    case 'declare': return `${statement.declaration} ${statement.items.map(printDeclared).join(', ')}${printWhen(statement.when)}`
    case 'layers': return `layers ${statement.variable} = ${at(level.sum, statement.from)}..${at(level.sum, statement.to)}`
    case 'define': return `${statement.loss ? 'loss ' : ''}${printTargets(statement.targets)} = ${at(level.sum, statement.value)}${printWhen(statement.when)}`
    case 'return': return `return ${statement.values.map((value) => at(level.sum, value)).join(', ')}`
    case 'block': return `block ${statement.name.text}(${statement.parameters.map(printParameter).join(', ')}):`
  }
}

function printDeclared({ name, axes, value, facts }: Declared): string {
  const shape = axes.length === 0 ? '' : `[${axes.map((axis) => at(level.sum, axis)).join(', ')}]`
  return `${name.text}${shape}${value === undefined ? '' : ` = ${printValue(value)}`}${facts.map((fact) => ` ${fact}`).join('')}`
}

function printWhen(when: Expression | undefined): string { return when === undefined ? '' : ` if ${printExpression(when)}` }

function printTargets(targets: readonly Target[]): string {
  const texts = targets.map(({ name, indices }) => indices === undefined ? name.text : `${name.text}[${indices.map(printTargetIndex).join(', ')}]`)
  return texts.length === 1 ? texts[0]! : `(${texts.join(', ')})`
}

function printTargetIndex(index: NonNullable<Target['indices']>[number]): string {
  if ('ellipsis' in index) return '...'
  return index.size === undefined ? index.name : `${index.name}: ${at(level.sum, index.size)}`
}

function printParameter({ name, axes, value }: BlockParameter): string {
  return `${name.text}${axes === undefined ? '' : printIndices(axes)}${value === undefined ? '' : `=${at(level.sum, value)}`}`
}
