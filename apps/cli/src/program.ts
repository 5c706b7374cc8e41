/** The command line: all commands, declared; what they do is loaded when they run. */
import { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addCheck } from './commands/check.ts'
import { addComplete } from './commands/complete.ts'
import { addDerive } from './commands/derive.ts'
import { addEqual } from './commands/equal.ts'
import { addEvaluate } from './commands/evaluate.ts'
import { addExport } from './commands/export.ts'
import { addGradcheck } from './commands/gradcheck.ts'
import { addLab } from './commands/lab.ts'
import { addOperations } from './commands/operations.ts'
import { addPredict } from './commands/predict.ts'
import { addSearch } from './commands/search.ts'
import { addShow } from './commands/show.ts'
import { addSummary } from './commands/summary.ts'
import { addTrain } from './commands/train.ts'
import { addValues } from './commands/values.ts'

const EXIT_CODES = `
Exit codes:
  0  fine
  1  a check failed
  2  wrong use, or an input that cannot be read
  3  a fault in chainrule itself

Results go to standard output, messages to standard error. NO_COLOR turns colours off.`

/** A shell makes two arguments of w_{2,5}, which is easily overlooked. */
const BRACES = "If a name has braces or brackets, put it in quotes: --wrt 'w_{2,5}'\n"

/** A new program; `completion` leaves out the command that the completion package adds itself. */
export function createProgram(completion = false): Command {
  const program = new Command('chainrule')
    .description(manifest.description)
    .version(manifest.version, '-v, --version')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.includes('too many arguments') ? text + BRACES : text) })
    .helpCommand(true)
    .configureHelp({ sortOptions: false })
    .addHelpText('after', EXIT_CODES)
  for (const add of [addDerive, addValues, addSummary, addGradcheck, addCheck, addEqual, addTrain, addEvaluate, addPredict, addSearch, addExport, addShow, addOperations, addLab]) add(program)
  if (!completion) addComplete(program)
  return program
}
