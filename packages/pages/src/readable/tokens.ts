/** LaTeX cut into tokens, for printing it as text; nothing is refused. */

export interface Token {
  readonly kind: 'command' | 'character' | 'open' | 'close' | 'sup' | 'sub' | 'align' | 'row'
  /** The name of a command without its backslash; else the character. */
  readonly text: string
  readonly start: number
  readonly end: number
}

const KINDS: Readonly<Record<string, Token['kind']>> = { '{': 'open', '}': 'close', '^': 'sup', '_': 'sub', '&': 'align' }

/** A command word, a command sign, a comment, blanks, an assignment, one character. */
const TOKEN = /\\([A-Za-z]+\*?|[^])|%[^\n]*|\s+|:=|[^]/gu

/** The tokens in order; blanks and comments are between them. */
export function tokensOf(latex: string): Token[] {
  const tokens: Token[] = []
  for (const m of latex.matchAll(TOKEN)) {
    const [text, command] = m
    const place = { start: m.index, end: m.index + text.length }
    if (command === '\\') tokens.push({ kind: 'row', text: '\\\\', ...place })
    else if (command !== undefined) tokens.push({ kind: 'command', text: command.replace(/^\s$/, ' '), ...place })
    else if (!/^[\s%]/.test(text)) tokens.push({ kind: KINDS[text] ?? 'character', text, ...place })
  }
  return tokens
}
