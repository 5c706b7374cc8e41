/** `chainrule evaluate RUN`: loss and accuracy of a trained network. */
import { type Command, Option } from 'commander'
import { wholeNumber } from '../options.ts'
import { PAGE_FORMATS } from '../output/formats.ts'
import type { EvaluateFlags } from '../train/evaluate.ts'
import { MODEL_HELP } from '../train/model-help.ts'
import { withData, withFit, withMachine, withNetworkOptions } from '../train/options.ts'
import { exampleOf, withOutput } from './common.ts'

export function addEvaluate(program: Command): void {
  const command = program.command('evaluate')
    .summary('loss and accuracy of a trained network')
    .description('Evaluates a trained network: its loss, and where the target is a class its accuracy and which classes it confuses.\nBatch norm uses its running averages, dropout drops nothing.')
    .argument('<run>', MODEL_HELP)
  withModel(command)
  withOutput(withMachine(command), PAGE_FORMATS).addHelpText('after', () => exampleOf('evaluate'))
    .action(async (run: string, options: EvaluateFlags) => { await (await import('../train/evaluate.ts')).runEvaluation(run, options) })
}

/** Options of commands that use a trained network. */
export const withModel = (command: Command): Command => withFit(withData(withNetworkOptions(command)
  .optionsGroup('Model:')
  .addOption(new Option('--checkpoint <which>', 'of the folder of a run; default: best').choices(['best', 'latest']))
  .option('--weights <file>', 'parameters for a network: safetensors, with names of this network or of PyTorch'))
  .option('--part <part>', 'train, validation or test; default: the test part, else what a run was validated by, else everything')
  .option('--batch <number>', 'samples at once; default: 256', wholeNumber))
