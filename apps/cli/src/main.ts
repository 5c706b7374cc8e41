/** The entry of the command line. */
import { asksForCompletion } from './commands/complete.ts'
import { createProgram } from './program.ts'
import { reportError } from './report-error.ts'

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const args = process.argv.slice(2)
try {
  const completion = asksForCompletion(args)
  const program = createProgram(completion)
  if (completion) (await import('./completion.ts')).prepareCompletion(program, args.at(-1) ?? '')
  if (args.length === 0) program.outputHelp()
  else await program.parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = reportError(error, args.includes('--debug'), text => process.stderr.write(text))
}
