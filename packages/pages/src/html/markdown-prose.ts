/** The prose of a page of Markdown as HTML by markdown-it; formulas are marks in it while it is rendered. */
import MarkdownIt, { type MarkdownIt as Library, type Token } from 'markdown-it'
import { edited } from '../annotate/edits.ts'
import type { ShownPage } from './shown-page.ts'

const OPEN = '\ue000'
const CLOSE = '\ue001'
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g')

/** HTML of the page. A formula that the Markdown library hides, in a link's target for instance, stands at the end. */
export function markdownProse(shown: ShownPage): string {
  const { page, formulas } = shown
  const clean = page.text.replace(/[\ue000\ue001]/g, '\ufffd')
  const text = edited(clean, [
    ...formulas.map(({ start, end }, k) => ({ start, end, text: `${OPEN}${k}${CLOSE}` })),
    ...page.scan.hidden.map(({ start, end }) => ({ start, end, text: '' })),
  ])
  const placed = new Set<number>()
  const md = library(shown, placed)
  const html = md.renderer.render(withVerdicts(md.parse(text, {})), md.options, {})
    // a mark in code or in an attribute becomes its LaTeX again
    .replace(MARK, (_, k: string) => md.utils.escapeHtml(page.text.slice(formulas[Number(k)]!.start, formulas[Number(k)]!.end)))
  const rest = formulas.map((_, k) => k).filter(k => !placed.has(k) && shown.verdict(k) !== undefined)
  return rest.length === 0 ? html : `${html}<h2>Further formulas</h2>\n${rest.map(k => `<p>${shown.formula(k)}</p>\n${shown.verdict(k)!}\n`).join('')}`
}

function tokenOf(type: 'text' | 'formula' | 'verdict', content: string): Token {
  const token = new MarkdownIt.Token(type, '', 0)
  token.content = content
  return token
}

/** No HTML of the page's own, no indented code, nothing that is loaded from elsewhere. */
function library(shown: ShownPage, placed: Set<number>): Library {
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable('code')
  md.core.ruler.push('formulas', state => {
    for (const token of state.tokens) {
      if (token.type !== 'inline' || !token.children) continue
      token.children = token.children.flatMap(child => (child.type === 'text' && child.content.includes(OPEN) ? split(child.content) : [child]))
    }
  })
  md.renderer.rules['formula'] = (tokens, k) => {
    const number = Number(tokens[k]!.content)
    placed.add(number)
    return shown.formula(number)
  }
  md.renderer.rules['verdict'] = (tokens, k) => `${shown.verdict(Number(tokens[k]!.content)) ?? ''}\n`
  md.renderer.rules.image = (tokens, k) => `<span class="image">image: ${md.utils.escapeHtml(tokens[k]!.content)}</span>`
  md.renderer.rules.link_open = (tokens, k, options, _, self) => {
    tokens[k]!.attrSet('rel', 'noopener noreferrer nofollow')
    return self.renderToken(tokens, k, options)
  }
  return md
}

const split = (text: string): Token[] =>
  text.split(new RegExp(MARK, '')).map((part, k) => tokenOf(k % 2 === 1 ? 'formula' : 'text', part)).filter(t => t.type === 'formula' || t.content !== '')

/** Verdicts stand behind the paragraph, heading or table of their formula. */
function withVerdicts(tokens: readonly Token[]): Token[] {
  const result: Token[] = []
  let waiting: string[] = []
  let inTable = false
  for (const token of tokens) {
    result.push(token)
    if (token.type === 'table_open') inTable = true
    if (token.type === 'table_close') inTable = false
    if (token.type === 'inline') waiting = waiting.concat((token.children ?? []).filter(c => c.type === 'formula').map(c => c.content))
    else if (!inTable && /^(?:paragraph|heading|table)_close$/.test(token.type)) {
      for (const k of waiting) result.push(tokenOf('verdict', k))
      waiting = []
    }
  }
  return result
}
