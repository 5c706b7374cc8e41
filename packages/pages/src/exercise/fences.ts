/** Fenced blocks of a Markdown file. */

export interface Block {
  /** The first word behind the fence, in lower case: `chain` of ```` ```chain sheet ````, ```` ```{.chain #sheet} ````. */
  readonly language: string
  /** The second word, or `#sheet` between braces. */
  readonly name: string | undefined
  /** The block alone at its place in the file: as many empty lines as stand before it, then its lines. */
  readonly source: string
  /** Line of the opening fence, from 1. */
  readonly line: number
}

/** A line outside of all blocks. */
export interface PlainLine { readonly text: string; readonly line: number }

/** All blocks in order, and the lines between them. A fence that is not closed goes on to the end, as in CommonMark. */
export function fencedBlocks(markdown: string): { blocks: Block[]; lines: PlainLine[] } {
  const lines = markdown.split(/\r\n?|\n/)
  const blocks: Block[] = []
  const plain: PlainLine[] = []
  for (let k = 0; k < lines.length; k++) {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(lines[k]!)
    if (!fence || (fence[2]!.startsWith('`') && fence[3]!.includes('`'))) {
      plain.push({ text: lines[k]!, line: k + 1 })
      continue
    }
    const close = new RegExp(`^\\s*${fence[2]![0]!}{${fence[2]!.length},}\\s*$`)
    const indent = new RegExp(`^ {0,${fence[1]!.length}}`)
    const body: string[] = []
    const line = k + 1
    for (k++; k < lines.length && !close.test(lines[k]!); k++) body.push(lines[k]!.replace(indent, ''))
    blocks.push({ ...readInfo(fence[3]!), line, source: '\n'.repeat(line) + body.map(l => `${l}\n`).join('') })
  }
  return { blocks, lines: plain }
}

/** The blocks of the language `chain`. */
export const chainBlocks = (markdown: string): Block[] => fencedBlocks(markdown).blocks.filter(b => b.language === 'chain')

/** `chain`, `chain sheet`, `chain {#sheet .wide}`, `{.chain #sheet}`. */
function readInfo(info: string): { language: string; name: string | undefined } {
  const attributes = /\{([^}]*)\}/.exec(info)?.[1]?.trim().split(/\s+/) ?? []
  const words = info.replace(/\{[^}]*\}/, ' ').trim().split(/\s+/).filter(w => w !== '')
  const language = words[0] ?? attributes.find(a => a.startsWith('.'))?.slice(1) ?? ''
  return { language: language.toLowerCase(), name: attributes.find(a => a.startsWith('#'))?.slice(1) ?? words[1] }
}
