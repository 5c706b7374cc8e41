/** `chainrule derive NET`: derivatives, step by step. */
import { type Command, Option } from 'commander'
import { readPoint } from '../input/read-point.ts'
import { collectNames, seed, wholeNumber } from '../options.ts'
import { type OutputOptions, PAGE_FORMATS, writePage } from '../output/formats.ts'
import { exampleOf, loadNetwork, type NetworkOptions, setExit, withNetwork, withOutput } from './common.ts'

interface DeriveOptions extends NetworkOptions, OutputOptions {
  readonly of?: string
  readonly wrt?: string[]
  readonly view?: 'paths' | 'index' | 'matrix' | 'components' | 'values'
  readonly layout?: 'gradient' | 'jacobian'
  readonly detail?: 'brief' | 'full'
  readonly second?: string
  readonly vjp?: string
  readonly jvp?: string
  readonly update?: string
  readonly rate?: string
  readonly decay?: string | true
  readonly differential?: boolean
  readonly route?: 'jacobian' | 'logsumexp'
  readonly at?: string
  readonly seed?: number
  readonly points?: number
}

const choice = (flags: string, description: string, choices: readonly string[]): Option => new Option(flags, description).choices(choices)

export function addDerive(program: Command): void {
  const command = withNetwork(program.command('derive'))
    .summary('derive gradients, step by step')
    .description('Derives any node by any other, step by step. Every line is checked before it is shown.')
    .option('--of <name>', "what is differentiated: a node or an entry, as in 's[i]'; default: the declared loss")
    .option('--wrt <name>', "by what: parameters, inputs, nodes or entries, as in 'W^(1),z[j]'; may be repeated; default: all parameters", collectNames)
    .addOption(choice('--view <view>', 'how the derivation is written', ['paths', 'index', 'matrix', 'components', 'values']))
    .addOption(choice('--layout <layout>', 'shape of the derivative of a scalar: that of the variable, or a row', ['gradient', 'jacobian']))
    .addOption(choice('--detail <detail>', 'brief, or full with the derivation of every local factor', ['brief', 'full']))
    .option('--second <name>', 'differentiate once more, by this: a Hessian with the name given to --wrt')
    .option('--vjp <name>', 'vector-Jacobian product with a weight of this name')
    .option('--jvp <name>', 'Jacobian-vector product with a direction of this name')
    .addOption(choice('--update <method>', 'add the update line of an optimiser', ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw']))
    .option('--rate <rate>', 'learning rate in the update line, a name or a number')
    .option('--decay [decay]', 'weight decay in the update line, a name or a number')
    .option('--differential', 'differentials instead: dz = w dx + x dw')
    .addOption(choice('--route <route>', 'softmax with cross-entropy by its Jacobian or by log-sum-exp', ['jacobian', 'logsumexp']))
    .option('--at <point>', 'values of inputs and parameters: a JSON file, - or the JSON itself')
    .option('--seed <number>', 'for the random points of the checks', seed)
    .option('--points <number>', 'how many random points each line is checked at', wholeNumber)
  withOutput(command, PAGE_FORMATS).addHelpText('after', () => exampleOf('derive')).action(derive)
}

async function derive(net: string, options: DeriveOptions): Promise<void> {
  const at = readPoint(options.at)
  const network = await loadNetwork(net, options)
  const { deriveReport } = await import('@chainrule/core')
  const page = deriveReport(network, {
    of: options.of, wrt: options.wrt, view: options.view, layout: options.layout, detail: options.detail,
    second: options.second, vjp: options.vjp, jvp: options.jvp,
    update: options.update, rate: options.rate, decay: options.decay === true ? 'lambda' : options.decay,
    differential: options.differential, route: options.route,
    at, seed: options.seed, points: options.points,
  })
  await writePage(page, options)
  setExit(page)
}
