/** The options of training, declared. What they mean is decided by the library; here stand their names, forms and words. */
import { type Command, Option } from 'commander'
import type { NetworkOptions } from '../commands/common.ts'
import { collectAssignments, collectSizes, positive, seed, splitNames, wholeNumber, wholeUpTo } from '../options.ts'
import { type Clip, clip, collectGroups, collectInit, collectNumbers, type Group, type Initialiser, notNegative, share } from './values.ts'

/** Where data come from and how they are read. */
export interface DataFlags {
  readonly data?: string
  readonly map?: Record<string, string>
  readonly target?: string[]
  readonly inputs?: string[]
  readonly separator?: string
  readonly header?: boolean
  readonly classes?: boolean
  readonly numbers?: boolean
  readonly channels?: '1' | '3'
  readonly coarse?: boolean
  readonly memory?: number
}

/** What computes. */
export interface MachineFlags { readonly device?: 'cpu' | 'wasm' | 'javascript' | undefined; readonly threads?: number | undefined }

/** How data go into the network: what a checkpoint keeps. */
export interface FitFlags { readonly pad?: number; readonly channelsLast?: boolean; readonly normalise?: 'auto' | 'none' | 'scale' | 'mean' | 'standard' | 'channel'; readonly loss?: string; readonly set?: Record<string, number>; readonly of?: string }

/** Everything that makes a run what it is; kept in its checkpoints. */
export interface RunFlags extends DataFlags, MachineFlags, FitFlags {
  readonly validation?: number | string
  readonly optimiser?: string
  readonly hyper?: Record<string, number>
  readonly rate?: number
  readonly schedule?: string
  readonly warmUp?: number
  readonly decay?: number
  readonly group?: Group[]
  readonly clip?: Clip
  readonly init?: Initialiser[]
  readonly weights?: string
  readonly epochs?: number
  readonly steps?: number
  readonly batch?: number
  readonly shuffle?: boolean
  readonly replacement?: boolean
  readonly whole?: boolean
  readonly seed?: number
  readonly averaging?: number
  readonly watch?: 'loss' | 'accuracy'
  readonly patience?: number
  readonly least?: number
  readonly tune?: 'auto' | 'on' | 'off'
}

export interface TrainFlags extends NetworkOptions, RunFlags {
  readonly output?: string
  readonly resume?: boolean
  readonly every?: number
  readonly everyEpochs?: number
  readonly json?: boolean
  readonly plot?: string
  /** Steps between looks. */
  readonly diagnose?: number
}

export const DATA_HELP = 'a file or folder (IDX, CIFAR, CSV, NPY, NPZ, images), x.npy,t.npy, or a generated set: digits, moons, spirals, blobs, xor'

const choice = (flags: string, words: string, choices: readonly string[]): Option => new Option(flags, words).choices(choices)

/** How data are read. */
export const withData = (command: Command): Command => command
  .optionsGroup('Data:')
  .option('--data <source>', `${DATA_HELP}, as in 'moons?noise=0.2'; default: the samples of the text`)
  .option('--map <input=field>', 'which field goes into which input or target; may be repeated', collectAssignments)
  .option('--target <columns>', 'CSV: columns of the target, by name or number; none for data without; default: the last', splitNames)
  .option('--inputs <columns>', 'CSV: columns of the inputs; default: all others', splitNames)
  .option('--separator <character>', 'CSV: between fields; default: comma, semicolon or tab, as the file has it')
  .option('--header', 'CSV: the first row has names; default: if none of its fields is a number')
  .option('--no-header', 'CSV: the first row is a sample')
  .addOption(new Option('--classes', 'CSV: the target is a class').conflicts('numbers'))
  .option('--numbers', 'CSV: the target is a number')
  .addOption(choice('--channels <number>', 'image folders: 1 for grey, 3 for colour; default: as the first image', ['1', '3']))
  .option('--coarse', 'CIFAR-100: the 20 coarse classes')
  .option('--memory <megabytes>', 'what a file may take in memory; larger ones are read piece by piece; default: 1024', wholeNumber)

/** How data go into the network. */
export const withFit = (command: Command): Command => command
  .option('--pad <number>', 'rows and columns of zeros around every image', wholeUpTo(10_000))
  .option('--channels-last', 'images are height x width x channels')
  .addOption(choice('--normalise <way>', 'inputs; auto: channels of images and features of vectors to mean 0 and variance 1; default: auto', ['auto', 'none', 'scale', 'mean', 'standard', 'channel']))
  .option('--loss <loss>', 'for a network without one: cross-entropy, squared-error, or the name of a node; for one that is there once per sample: mean or sum')
  .option('--set <name=number>', 'a number for a given or rate of the text; may be repeated', collectNumbers)
  .option('--of <name>', 'what is predicted; default: what the loss holds against the target')

export const withMachine = (command: Command): Command => command
  .optionsGroup('Machine:')
  .addOption(choice('--device <device>', 'cpu: ONNX Runtime; wasm: the same as WebAssembly; javascript: doubles, and fastest for single neurons; default: cpu', ['cpu', 'wasm', 'javascript']))
  .option('--threads <number>', 'threads of one step; default: 1', wholeNumber)

/** Everything that a run may be asked for. */
export function withRun(command: Command): Command {
  withFit(withData(command).option('--validation <part>', 'a share below 1, a number of samples, or data; default: the part that the data have, else a tenth', share))
    .optionsGroup('Training:')
    .option('--optimiser <name>', 'sgd, momentum, nesterov, rmsprop, adam or adamw; default: adam')
    .option('--hyper <name=number>', 'a number of the optimiser, as in --hyper mu=0.95; may be repeated', collectNumbers)
    .option('--rate <number>', 'learning rate; default: 0.001, for momentum and nesterov 0.05, for sgd 0.1', positive)
    .option('--schedule <schedule>', 'constant, step(every=10, factor=0.1), exponential(factor=0.95), cosine(to=0) or linear(to=0); default: constant')
    .option('--warm-up <steps>', 'steps in which the rate rises', wholeUpTo(999_999_999))
    .option('--decay <number>', 'weight decay of all weights', notNegative)
    .option('--group <settings>', "of some parameters, by name or role: 'c1.*:rate=0.1,decay=0', bias:frozen; may be repeated", collectGroups)
    .option('--clip <limit>', 'gradients: norm=1 for all together, value=0.5 for each entry', clip)
    .option('--init <initialiser>', "of the weights, or of one parameter: he, 'W^(1)=normal(std=1e-4)'; may be repeated; default: he, biases 0", collectInit)
    .option('--weights <file>', 'parameters to start from: safetensors, with names of this network or of PyTorch')
    .option('--batch <number>', 'samples in a step; default: 64', wholeNumber)
    .option('--epochs <number>', 'default: 10, or as many as make 1,000 steps', wholeNumber)
    .option('--steps <number>', 'the run ends after so many', wholeNumber)
    .option('--no-shuffle', 'samples in the order of the data')
    .option('--replacement', 'every batch is drawn from all samples')
    .option('--whole', 'a smaller last batch is left out')
    .option('--averaging <share>', 'how much a batch counts in the running averages of batch statistics; default: 0.1', positive)
    .addOption(choice('--watch <metric>', 'what is watched for the best and for --patience; default: loss', ['loss', 'accuracy']))
    .option('--patience <epochs>', 'epochs without improvement after which the run ends', wholeNumber)
    .option('--least <number>', 'what counts as an improvement, at least', notNegative)
    .option('--seed <number>', 'of everything that is drawn; default: 1', seed)
  return withMachine(command)
    .addOption(choice('--tune <when>', 'measure which way to compute a step is fastest; auto: before long runs; default: auto', ['auto', 'on', 'off']))
}

/** Adds the options that complete a network. */
export const withNetworkOptions = (command: Command): Command => command
  .optionsGroup('Network:')
  .option('--let <name=function>', 'a function for a declared one, as in --let g=sigmoid; may be repeated', collectAssignments)
  .option('--dim <name=number>', 'a number for a dim, as in --dim h=50; may be repeated', collectSizes)
  .option('--depth <number>', 'a number for the depth of `layers l = 1..L`', wholeNumber)
