/** What the commands share: options, reading a network, exit codes, examples. */
import { type Command, Option } from 'commander'
import type { ElaborateOptions, Network } from '@chainrule/core'
import examples from '../examples.json' with { type: 'json' }
import { EXIT } from '../exit-codes.ts'
import { NET_HELP, readSource } from '../input/read-source.ts'
import { collectAssignments, collectSizes, wholeNumber } from '../options.ts'
import type { Format } from '../output/formats.ts'

/** Options of every command that reads a network. */
export interface NetworkOptions {
  readonly let?: Record<string, string>
  readonly dim?: Record<string, number>
  readonly depth?: number
}

/** Adds the argument NET and the options that complete a network. */
export const withNetwork = (command: Command): Command => command
  .argument('<net>', NET_HELP)
  .optionsGroup('Network:')
  .option('--let <name=function>', 'a function for a declared one, as in --let g=sigmoid; may be repeated', collectAssignments)
  .option('--dim <name=number>', 'a number for a dim, as in --dim n0=7; may be repeated', collectSizes)
  .option('--depth <number>', 'a number for the depth of `layers l = 1..L`', wholeNumber)
  .optionsGroup('Question:')

/** Adds the options that say how and where the result is written. */
export const withOutput = (command: Command, formats: readonly Format[]): Command => command
  .optionsGroup('Output:')
  .addOption(new Option('--format <format>', 'default: what the name of the output file says, else text').choices(formats))
  .option('--json', 'same as --format json')
  .option('-o, --output <file>', 'write to a file instead of standard output')
  .option('--debug', 'show where an error comes from')

/** What the options say about how a network is read. */
export const elaborationOf = (options: NetworkOptions): ElaborateOptions => ({
  ...(options.dim ? { dims: options.dim } : {}),
  ...(options.depth === undefined ? {} : { depth: options.depth }),
  ...(options.let ? { functions: options.let } : {}),
})

/** Reads the network. Throws a UsageError or a ChainError. */
export async function loadNetwork(net: string, options: NetworkOptions): Promise<Network> {
  const source = readSource(net)
  const { readNetwork } = await import('@chainrule/core')
  return readNetwork(source.text, source.path, elaborationOf(options))
}

/** A failed check is the exit code's business; the page has said what failed. */
export const setExit = (page: { readonly ok: boolean }): void => {
  if (!page.ok) process.exitCode = EXIT.checkFailed
}

interface Example { readonly command: string; readonly output: string }

/** The example of a command for its help; its output was produced by that command (`node apps/cli/test/examples.mjs`). */
export function exampleOf(name: keyof typeof examples.commands): string {
  const indent = (text: string): string => text.trimEnd().split('\n').map(line => (line === '' ? '' : `  ${line}`)).join('\n')
  const example: Example = examples.commands[name]
  const files = Object.entries(examples.files).filter(([path]) => example.command.includes(path))
  const listing = files.map(([path, text]) => `  $ cat ${path}\n${indent(text)}\n`).join('')
  return `\nExample:\n${listing}  $ ${example.command}\n${indent(example.output)}\n`
}
