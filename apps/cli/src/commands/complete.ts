/** `chainrule complete SHELL`: completion scripts, and the answers they ask for. */
import type { Command } from 'commander'

export const COMPLETE_HELP = `
Example:
  $ source <(chainrule complete bash)      # the same with zsh; for good, put the line into ~/.bashrc or ~/.zshrc
  $ chainrule complete fish > ~/.config/fish/completions/chainrule.fish
`

/** The command as the help shows it. The package that answers is loaded only when completion is asked for. */
export function addComplete(program: Command): void {
  program.command('complete').summary('completion for bash, zsh, fish or powershell').description('Prints the completion script of a shell.')
    .argument('<shell>', 'bash, zsh, fish or powershell').addHelpText('after', COMPLETE_HELP)
}

/** Whether the arguments ask for completion, not for its help. */
export const asksForCompletion = (args: readonly string[]): boolean => args[0] === 'complete' && !args.slice(1, 3).some(a => a === '--help' || a === '-h')
