/** `chainrule export NET`: a network or a trained one as a model or as code. */
import { type Command, Option } from 'commander'
import type { ExportFlags } from '../export/flags.ts'
import { NET_HELP } from '../input/read-source.ts'
import { wholeNumber } from '../options.ts'
import { withNetworkOptions } from '../train/options.ts'
import { clip, notNegative } from '../train/values.ts'
import { exampleOf } from './common.ts'

const TARGETS = ['onnx', 'numpy', 'pytorch', 'javascript', 'safetensors'] as const

export function addExport(program: Command): void {
  const command = program.command('export')
    .summary('ONNX, NumPy, PyTorch, JavaScript, safetensors')
    .description('Writes a network, or a trained one with its parameters, for other programs: as an ONNX model, as code of the forward pass and of the\nderived gradients that checks itself when it is run, or its parameters under the names that PyTorch has.')
    .argument('<net>', `${NET_HELP}, or the folder of a run, or a checkpoint`)
  withNetworkOptions(command)
    .option('--loss <loss>', 'for a network without one: cross-entropy, squared-error, or the name of a node; for one that is there once per sample: mean or sum')
    .optionsGroup('Export:')
    .addOption(new Option('--to <target>', 'what is written').choices(TARGETS).makeOptionMandatory())
    .addOption(new Option('--part <part>', 'of a model: the forward pass, loss and gradients, or a training step; default: gradients, for onnx forward').choices(['forward', 'gradients', 'step']))
    .option('--batch <number>', 'samples that it takes at once; default: 1 for the forward pass, else 64', wholeNumber)
    .option('--of <name>', 'forward: the node whose values are computed; default: what the loss holds against the target')
    .option('--class-numbers', 'one-hot targets are asked for as class numbers')
    .option('--weights <file>', 'parameters to put in: safetensors, with names of this network or of PyTorch')
    .addOption(new Option('--checkpoint <which>', 'of the folder of a run; default: best').choices(['best', 'latest']))
    .option('--external', 'onnx: weights in a file of their own beside the model')
    .option('--optimiser <name>', 'step: sgd, momentum, nesterov, rmsprop, adam or adamw; default: adam')
    .option('--decay <number>', 'step: weight decay of all weights', notNegative)
    .option('--clip <limit>', 'step: gradients are clipped, norm=1 or value=0.5; the limit is an input', clip)
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'default: standard output, for code')
    .option('--debug', 'show where an error comes from')
    .addHelpText('after', () => exampleOf('export'))
    .action(async (net: string, options: ExportFlags) => { await (await import('../export/run.ts')).runExport(net, options) })
}
