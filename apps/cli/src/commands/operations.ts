/** `chainrule operations [NAME]`: what can stand in a network. */
import type { Command } from 'commander'
import { type OutputOptions, PAGE_FORMATS, writePage } from '../output/formats.ts'
import { exampleOf, withOutput } from './common.ts'

export function addOperations(program: Command): void {
  const command = program.command('operations')
    .summary('list the operations, or show one')
    .description('Lists the operations that a network may use, or shows one with its definition and derivative.')
    .argument('[name]', 'an operation, as in softmax')
  withOutput(command, PAGE_FORMATS).addHelpText('after', () => exampleOf('operations')).action(operations)
}

async function operations(name: string | undefined, options: OutputOptions): Promise<void> {
  const { operationReport, operationsReport } = await import('@chainrule/core')
  await writePage(name === undefined ? operationsReport() : operationReport(name), options)
}
