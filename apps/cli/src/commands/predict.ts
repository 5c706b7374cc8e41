/** `chainrule predict RUN`: what a trained network says of samples. */
import type { Command } from 'commander'
import { MODEL_HELP } from '../train/model-help.ts'
import { withMachine } from '../train/options.ts'
import type { PredictFlags } from '../train/predict.ts'
import { exampleOf } from './common.ts'
import { withModel } from './evaluate.ts'

export function addPredict(program: Command): void {
  const command = program.command('predict')
    .summary('what a trained network says of samples')
    .description('Writes a line for each sample: its number from 1, the class that is predicted, or the numbers. Targets are not needed.')
    .argument('<run>', MODEL_HELP)
  withMachine(withModel(command))
    .optionsGroup('Output:')
    .option('--values', 'the numbers of the output beside the class')
    .option('--json', 'lines of JSON; default: CSV')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--debug', 'show where an error comes from')
    .addHelpText('after', () => exampleOf('predict'))
    .action(async (run: string, options: PredictFlags) => { await (await import('../train/predict.ts')).runPrediction(run, options) })
}
