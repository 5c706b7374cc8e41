/** `chainrule equal A B`: whether two formulas say the same. */
import { type Command, Option } from 'commander'
import { EQUAL_FORMATS, type EqualOptions } from '../check/formats.ts'
import { NET_HELP } from '../input/read-source.ts'
import { collectAssignments, seed } from '../options.ts'
import { exampleOf } from './common.ts'

const EXIT_CODES = `
Exit codes of this command:
  0  equal, equal under an assumption that is named, or not decided, which is said
  1  refuted: there are numbers for which they differ
  2  a formula could not be read`

export function addEqual(program: Command): void {
  program.command('equal')
    .summary('compare two formulas')
    .description('Says whether two formulas in LaTeX are equal: proved, equal at every point tried, or refuted by numbers.\nWithout a network all letters are free.')
    .argument('<a>', "a formula in LaTeX, in quotes: '(y-t)^2'")
    .argument('<b>', 'another one')
    .optionsGroup('Network:')
    .option('--network <net>', `what the letters mean: ${NET_HELP}`)
    .option('--let <name=function>', 'a function for a declared one, as in --let g=sigmoid; may be repeated', collectAssignments)
    .option('--seed <number>', 'for the random points', seed)
    .optionsGroup('Output:')
    .addOption(new Option('--format <format>', 'how the verdict is written').choices(EQUAL_FORMATS))
    .option('--json', 'same as --format json')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--debug', 'show where an error comes from')
    .addHelpText('after', () => exampleOf('equal') + EXIT_CODES)
    .action(async (a: string, b: string, options: EqualOptions) => (await import('../check/run-equal.ts')).equal(a, b, options))
}
