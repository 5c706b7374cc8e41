/** LaTeX as MathML, which browsers set themselves; what KaTeX refuses is shown as code. */
import katex from 'katex'
import { escapeHtml } from '@chainrule/core'
import { wrapped } from '../annotate/mark.ts'

interface Range { readonly start: number; readonly end: number }

/** A place of the formula that is set off: by colour and a line below. */
export interface Mark extends Range { readonly as: 'wrong' | 'right' }

/** Sets a formula; `display` for one on a line of its own. */
export type Typesetter = (latex: string, display: boolean, mark?: Mark) => string

/** Longest formula that is typeset, and how much of a page: KaTeX takes its time. */
const LONGEST = 10_000
const MOST = 400_000

/** Colours that stand for a class until the formula is set. */
const STAND_INS = { wrong: '#c0ffe1', right: '#c0ffe2' } as const

/** A typesetter for one page; past its limit formulas are shown as code. */
export function typesetter(): Typesetter {
  let spent = 0
  return (latex, display, mark) => {
    spent += latex.length
    if (latex.length > LONGEST || spent > MOST) return asCode(latex, display, mark)
    const marked = mark && wrapped(latex, mark, `\\textcolor{${STAND_INS[mark.as]}}{`, '}')
    const set = marked === undefined ? undefined : mathml(marked, display)
    const plain = set ?? mathml(latex, display)
    if (plain === undefined) return asCode(latex, display, mark)
    const html = plain
      .replaceAll(`mathcolor="${STAND_INS.wrong}"`, 'class="wrong"').replaceAll(`mathcolor="${STAND_INS.right}"`, 'class="right"')
      .replace(/<annotation encoding="application\/x-tex">[^]*?<\/annotation>/, () => `<annotation encoding="application/x-tex">${escapeHtml(latex)}</annotation>`)
    // a wrong place that no command can be put around is shown in the LaTeX beside
    return mark?.as === 'wrong' && set === undefined && mark.end > mark.start ? html + asCode(latex, display, mark) : html
  }
}

function mathml(latex: string, displayMode: boolean): string | undefined {
  try {
    return katex.renderToString(latex, { displayMode, output: 'mathml', throwOnError: true, strict: 'ignore', trust: false, maxExpand: 200, maxSize: 20 })
  } catch {
    // a ParseError, or a formula too deep for KaTeX's stack
    return undefined
  }
}

/** The LaTeX itself, the place in a mark. */
function asCode(latex: string, display: boolean, mark: Mark | undefined): string {
  const body = mark && mark.end > mark.start
    ? `${escapeHtml(latex.slice(0, mark.start))}<mark class="${mark.as}">${escapeHtml(latex.slice(mark.start, mark.end))}</mark>${escapeHtml(latex.slice(mark.end))}`
    : escapeHtml(latex)
  return `<code${display ? ' class="display"' : ''}>${body}</code>`
}
