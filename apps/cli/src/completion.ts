/** Shell completion by @bomb.sh/tab. */
import { readdirSync } from 'node:fs'
import type { Complete } from '@bomb.sh/tab'
import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'

/** Offers the files whose names match, and the folders, of the folder that the word names so far. */
function offerFiles(complete: Complete, word: string, wanted: RegExp): void {
  const folder = word.slice(0, word.lastIndexOf('/') + 1)
  try {
    for (const f of readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })) {
      if (f.name.startsWith('.')) continue
      if (f.isDirectory()) complete(`${folder}${f.name}/`, 'folder')
      else if (wanted.test(f.name)) complete(`${folder}${f.name}`, '')
    }
  } catch {
    // A folder that cannot be read has nothing to offer.
  }
}

const ARGUMENTS: Readonly<Record<string, RegExp>> = { net: /\.(?:chain|md|markdown)$/, page: /\.(?:md|markdown|tex|latex)$/, run: /\.safetensors$/ }
const OPTIONS: Readonly<Record<string, RegExp>> = { at: /\.json$/, output: /\.(?:txt|tex|md|json|csv|html|dot|svg)$/, exercise: /\.(?:md|markdown)$/, network: ARGUMENTS['net']!, weights: /\.safetensors$/, data: /\.(?:csv|tsv|npy|npz|gz|idx\d?)$|-ubyte$/ }

/** Adds the `complete` command, which prints a script and answers its questions about `word`, the last argument. */
export function prepareCompletion(program: Command, word: string): void {
  const completion = tab(program)
  for (const [name, command] of completion.commands) {
    command.description = program.commands.find(c => c.name() === name)?.summary() || command.description
    for (const [argument, wanted] of Object.entries(ARGUMENTS)) {
      const found = command.arguments.get(argument)
      if (found) found.handler = complete => offerFiles(complete, word, wanted)
    }
    for (const [option, wanted] of Object.entries(OPTIONS)) {
      const found = command.options.get(option)
      if (found) found.handler = complete => offerFiles(complete, word, wanted)
    }
  }
}
