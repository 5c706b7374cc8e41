/** `chainrule train NET`: a network trained on data. */
import type { Command } from 'commander'
import { NET_HELP } from '../input/read-source.ts'
import { wholeNumber } from '../options.ts'
import { type TrainFlags, withNetworkOptions, withRun } from '../train/options.ts'
import { exampleOf } from './common.ts'

const EXIT_CODES = `
Exit codes of this command:
  0    the run has ended, early or not
  1    the loss or a gradient is not finite
  2    wrong use, or data that cannot be read or do not fit
  130  stopped by Ctrl-C; with -o everything up to the last step is kept`

export function addTrain(program: Command): void {
  const command = program.command('train')
    .summary('train a network on data')
    .description('Trains a network by the gradient that `derive` shows, in one graph with the update of the optimiser.\nCtrl-C ends the run after the step under way.')
    .argument('[net]', `${NET_HELP}; left out, --resume goes on with the one of the run`)
  withRun(withNetworkOptions(command))
    .optionsGroup('Output:')
    .option('-o, --output <folder>', 'checkpoints: the last two, and the best')
    .option('--resume', 'go on from the newest whole checkpoint in the folder; without one, begin')
    .option('--every <steps>', 'a checkpoint after every so many steps', wholeNumber)
    .option('--every-epochs <epochs>', 'a checkpoint after every so many epochs; default: 1, more where they are short', wholeNumber)
    .option('--json', 'every event as a line of JSON')
    .option('--plot <file>', 'loss, accuracy and the norm of every gradient as SVG; with --diagnose also updates, dead and saturated units')
    .option('--diagnose <steps>', 'look inside at every so manieth step: gradients and updates by layer, dead and saturated units', wholeNumber)
    .option('--debug', 'show where an error comes from')
    .addHelpText('after', () => exampleOf('train') + EXIT_CODES)
    .action(async (net: string | undefined) => { await (await import('../train/run.ts')).runTraining(net, typed(command)) })
}

/** The options that were typed, without defaults. */
function typed(command: Command): TrainFlags {
  return Object.fromEntries(Object.entries(command.opts()).filter(([key]) => command.getOptionValueSource(key) === 'cli'))
}
