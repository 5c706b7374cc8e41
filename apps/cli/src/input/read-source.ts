/** From the NET argument to the text of a network. */
import { existsSync } from 'node:fs'
import { type Block, chainBlocks } from '@chainrule/pages'
import { UsageError } from '../usage-error.ts'
import { readText } from './read-text.ts'

export interface Source { readonly text: string; readonly path: string }

/** What NET may be; shown in the help of every command that reads one. */
export const NET_HELP = 'a .chain file, - for standard input, or sheet.md#name for a ```chain block of a Markdown file'

const isMarkdown = (path: string): boolean => /\.(?:md|markdown)$/i.test(path)

/** Reads `net`: a file, `-`, or `sheet.md#name`. Throws a UsageError. */
export function readSource(net: string): Source {
  if (net === '-') return { text: readText('-'), path: 'stdin' }
  const hash = net.lastIndexOf('#')
  if (hash > 0 && !existsSync(net)) {
    const path = net.slice(0, hash)
    return { text: pick(chainBlocks(readText(path)), net.slice(hash + 1), path).source, path }
  }
  const text = readText(net)
  return isMarkdown(net) ? { text: pick(chainBlocks(text), undefined, net).source, path: net } : { text, path: net }
}

const labels = (blocks: readonly Block[]): string => blocks.map((b, k) => b.name ?? `${k + 1} (line ${b.line}, without a name)`).join(', ')

function pick(blocks: readonly Block[], wanted: string | undefined, path: string): Block {
  if (blocks.length === 0) throw new UsageError(`${path} has no \`\`\`chain block`)
  if (wanted === undefined || wanted === '') {
    if (blocks.length === 1) return blocks[0]!
    throw new UsageError(`${path} has ${blocks.length} chain blocks: ${labels(blocks)}. Say which, as in ${path}#${blocks[0]!.name ?? 1}`)
  }
  const named = blocks.filter(b => b.name === wanted)
  if (named.length > 1) throw new UsageError(`${path} has ${named.length} chain blocks named ${wanted}, at lines ${named.map(b => b.line).join(', ')}`)
  const found = named[0] ?? (/^[1-9]\d*$/.test(wanted) ? blocks[Number(wanted) - 1] : undefined)
  if (!found) throw new UsageError(`${path} has no chain block named ${wanted}. It has: ${labels(blocks)}`)
  return found
}
