/** `chainrule search NET`: hyper-parameters, by grid or at random. */
import { type Command, Option } from 'commander'
import { wholeNumber } from '../options.ts'
import { PAGE_FORMATS } from '../output/formats.ts'
import { withRun } from '../train/options.ts'
import type { SearchFlags } from '../train/search.ts'
import { collect } from '../train/values.ts'
import { exampleOf, withNetwork, withOutput } from './common.ts'

export function addSearch(program: Command): void {
  const command = withNetwork(program.command('search'))
    .summary('search hyper-parameters')
    .description('Trains a network many times, with settings from a grid or drawn at random, and lists what each run reached, the best first.\nCtrl-C ends the search and lists what there is.')
    .option('--over <name=values>', 'what varies: an option, a number of the optimiser or a size; rate=1e-4..1e-1:log, h=32,64,128, h=10..50:whole; may be repeated', collect)
    .option('--random <number>', 'so many settings drawn at random, instead of the whole grid', wholeNumber)
    .option('--ticks <number>', 'values of a range in a grid; default: 5', wholeNumber)
    .addOption(new Option('--by <metric>', 'what is compared; default: accuracy where there is one, else loss').choices(['accuracy', 'loss']))
  withOutput(withRun(command), PAGE_FORMATS).addHelpText('after', () => exampleOf('search'))
    .action(async (net: string, options: SearchFlags) => { await (await import('../train/search.ts')).runSearch(net, options) })
}
