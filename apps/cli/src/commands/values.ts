/** `chainrule values NET`: all numbers of a network at a point. */
import type { Command } from 'commander'
import { readPoint } from '../input/read-point.ts'
import { collectNames, seed } from '../options.ts'
import { formatOf, type Format, type OutputOptions, PAGE_FORMATS, pageAs } from '../output/formats.ts'
import { writeOut } from '../output/write.ts'
import { exampleOf, loadNetwork, type NetworkOptions, setExit, withNetwork, withOutput } from './common.ts'

interface ValuesOptions extends NetworkOptions, OutputOptions {
  readonly of?: string
  readonly at?: string
  readonly wrt?: string[]
  readonly seed?: number
}

const FORMATS: readonly Format[] = [...PAGE_FORMATS, 'dot', 'svg']

export function addValues(program: Command): void {
  const command = withNetwork(program.command('values'))
    .summary('every value and every gradient at a point')
    .description('Computes every node, every gradient and the local derivative on every edge; exact where the numbers are.')
    .option('--at <point>', 'values of inputs and parameters: a JSON file, - or the JSON itself; they go before numbers in the text')
    .option('--of <name>', 'whose gradients: a node that is a number; default: the declared loss, else the last such node')
    .option('--wrt <name>', 'limit the gradients to these; may be repeated', collectNames)
    .option('--seed <number>', 'for the functions that stand for abstract ones', seed)
  withOutput(command, FORMATS).addHelpText('after', () => exampleOf('values')).action(values)
}

async function values(net: string, options: ValuesOptions): Promise<void> {
  const format = formatOf(options, FORMATS)
  const at = readPoint(options.at)
  const network = await loadNetwork(net, options)
  const { renderDot, valuesReport } = await import('@chainrule/core')
  const page = valuesReport(network, { at, of: options.of, wrt: options.wrt, seed: options.seed })
  if (format === 'dot') writeOut(renderDot(page.graph), options.output)
  else if (format === 'svg') writeOut(await (await import('../output/svg.ts')).svgOf(renderDot(page.graph)), options.output)
  else writeOut(await pageAs(page, format, options.output), options.output)
  setExit(page)
}
