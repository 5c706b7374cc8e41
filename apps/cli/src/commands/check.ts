/** `chainrule check PAGE...`: someone else's mathematics, judged line by line. */
import { type Command, Option } from 'commander'
import { CHECK_FORMATS } from '../check/formats.ts'
import type { CheckOptions } from '../check/run.ts'
import { positive, seed, wholeNumber } from '../options.ts'
import { exampleOf } from './common.ts'

const EXIT_CODES = `
Exit codes of this command:
  0  every formula holds; those that hold under an assumption or are not decided count, and are named
  1  a formula is refuted
  2  none is refuted, and a formula or a page could not be read, or was stopped`

/** Seconds for a page. */
const TIMEOUT = 60

export function addCheck(program: Command): void {
  program.command('check')
    .summary('judge written answers, line by line')
    .description('Judges every formula on a page of Markdown or LaTeX in the context of an exercise: which line is first wrong, and why.\nSeveral pages, or a folder of them, are summarised as a course.')
    .argument('<page...>', 'files (.md, .tex), folders, or - for standard input')
    .requiredOption('--exercise <file>', 'the exercise: Markdown with ```chain, ```notation and ```question blocks')
    .optionsGroup('Judging:')
    .option('--question <id>', 'only formulas that answer this question')
    .option('--repair', 'also try readings of formulas that a scan has damaged; each is named')
    .option('--marks', 'marks for each question; what follows from an earlier mistake earns')
    .option('--seed <number>', 'for the random points', seed)
    .option('--jobs <number>', 'how many pages are judged side by side; default: one for each processor', wholeNumber)
    .option('--timeout <seconds>', 'time for each page', positive, TIMEOUT)
    .optionsGroup('Output:')
    .addOption(new Option('--format <format>', 'default: what the name of the output file says, else text').choices(CHECK_FORMATS))
    .option('--json', 'same as --format json')
    .option('-o, --output <file>', 'write to a file; of a course, a folder gets an annotated file for each page')
    .option('--debug', 'show where an error comes from')
    .addHelpText('after', () => exampleOf('check') + EXIT_CODES)
    .action(async (pages: string[], options: CheckOptions) => (await import('../check/run.ts')).check(pages, options))
}
