/** Fenced blocks of `.chain` text in a Markdown file. */

export interface Block {
  /** From the fence: ```` ```chain sheet ```` or ```` ```chain {#sheet} ````. */
  readonly name: string | undefined
  /** The block alone at its place in the file: as many empty lines as stand before it, then its lines. */
  readonly source: string
  /** Line of the opening fence, from 1. */
  readonly line: number
}

/** All blocks whose fence says `chain`, in order. A fence that is not closed goes on to the end, as in CommonMark. */
export function chainBlocks(markdown: string): Block[] {
  const lines = markdown.split(/\r\n?|\n/)
  const blocks: Block[] = []
  for (let k = 0; k < lines.length; k++) {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(lines[k]!)
    if (!fence || (fence[2]!.startsWith('`') && fence[3]!.includes('`'))) continue
    const close = new RegExp(`^\\s*${fence[2]![0]!}{${fence[2]!.length},}\\s*$`)
    const indent = new RegExp(`^ {0,${fence[1]!.length}}`)
    const body: string[] = []
    const line = k + 1
    for (k++; k < lines.length && !close.test(lines[k]!); k++) body.push(lines[k]!.replace(indent, ''))
    const info = readInfo(fence[3]!)
    if (info) blocks.push({ name: info.name, line, source: '\n'.repeat(line) + body.map(l => `${l}\n`).join('') })
  }
  return blocks
}

/** `chain`, `chain sheet`, `chain {#sheet .wide}`, `{.chain #sheet}`; undefined for another language. */
function readInfo(info: string): { name: string | undefined } | undefined {
  const attributes = /\{([^}]*)\}/.exec(info)?.[1]?.trim().split(/\s+/) ?? []
  const words = info.replace(/\{[^}]*\}/, ' ').trim().split(/\s+/).filter(w => w !== '')
  if (words[0]?.toLowerCase() !== 'chain' && !(words.length === 0 && attributes.includes('.chain'))) return undefined
  return { name: attributes.find(a => a.startsWith('#'))?.slice(1) ?? words[1] }
}
