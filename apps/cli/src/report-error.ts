/** Errors become a message on stderr and an exit code. */
import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import { UsageError } from './usage-error.ts'

/** Errors of the core with a place render themselves; asked for by shape, so that the core is not loaded for a wrong option. */
const renders = (error: unknown): error is Error & { render(): string; place?: unknown } =>
  error instanceof Error && error.name === 'ChainError' && typeof (error as { render?: unknown }).render === 'function'

/** The exit code for an error; what is to be said goes to `say`. Commander has said its own part already. */
export function reportError(error: unknown, debug: boolean, say: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse
  if (renders(error)) say(error.place === undefined ? `error: ${error.render()}\n` : `${error.render()}\n`)
  else if (error instanceof UsageError) say(`error: ${error.message}\n`)
  else {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    say(`error: this is a fault in chainrule, not in your input\n  ${message}\n`)
    say(debug ? `${error instanceof Error ? error.stack ?? '' : ''}\n` : '  Run again with --debug to see where, and please report it.\n')
    return EXIT.fault
  }
  if (debug && error instanceof Error) say(`${error.stack ?? ''}\n`)
  return EXIT.wrongUse
}
