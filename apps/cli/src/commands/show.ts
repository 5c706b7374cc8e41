/** `chainrule show NET`: the network itself, in canonical form or as equations. */
import type { Command } from 'commander'
import { readSource } from '../input/read-source.ts'
import { formatOf, type Format, type OutputOptions, PAGE_FORMATS, pageAs } from '../output/formats.ts'
import { writeOut } from '../output/write.ts'
import { exampleOf, loadNetwork, type NetworkOptions, withNetwork, withOutput } from './common.ts'

const FORMATS: readonly Format[] = PAGE_FORMATS

export function addShow(program: Command): void {
  const command = withNetwork(program.command('show'))
    .summary('print a network or its equations')
    .description('Prints the network in canonical form; with --format latex, markdown, html or json its equations.')
  withOutput(command, FORMATS).addHelpText('after', () => exampleOf('show')).action(show)
}

async function show(net: string, options: NetworkOptions & OutputOptions): Promise<void> {
  const format = formatOf(options, FORMATS)
  const core = await import('@chainrule/core')
  if (format === 'text') {
    const source = readSource(net)
    core.readNetwork(source.text, source.path)
    writeOut(core.printChain(core.parseChain(source.text.replace(/^\n+/, ''), source.path)), options.output)
  } else if (format !== 'dot' && format !== 'svg') {
    writeOut(await pageAs(core.equationsReport(await loadNetwork(net, options)), format, options.output), options.output)
  }
}
