/** From the paragraphs of a page to its claims: which formula says something, under which id, conditions and headings. */
import type { ClaimSource } from './judge-types.ts'
import { idTwice, idWithoutFormula, notClosed, notJudged } from './messages.ts'
import { isBold, textOf } from './paragraph-text.ts'
import { isClaim } from './relation.ts'
import type { Formula, Paragraph, Part, Scan } from './scan/parts.ts'
import { standing } from './standing.ts'

/** A claim with its place in the page's structure. */
export interface Claim extends ClaimSource {
  readonly formula: Formula
  readonly paragraph: Paragraph
}

/** Something that a reader of the result should know of the page. */
export interface PageRemark { readonly line: number; readonly message: string }

/** Longest paragraph that names what stands below it; how many labels, conditions and remarks are kept. */
const LABEL = 80
const MOST_LABELS = 8
const MOST_CONDITIONS = 16
const MOST_REMARKS = 50

/** The level of a bold paragraph among the headings: below all of them. */
const BOLD = 7

/** All claims in order; calls `tooMany` when there are more than `most`. */
export function claimsOf(source: string, scan: Scan, lineOf: (offset: number) => number, most: number, tooMany: () => never): { claims: Claim[]; remarks: PageRemark[] } {
  const claims: Claim[] = []
  const remarks: PageRemark[] = []
  const ids = new Map<string, number>()
  let headings: { level: number; text: string }[] = []
  let labels: { text: string; brief: boolean }[] = []
  let conditions: string[] = []
  let id: { text: string; line: number } | undefined
  let asides = 0
  let firstAside = 0

  const claim = (formula: Formula, paragraph: Paragraph, lead: string): string[] => {
    if (claims.length >= most) tooMany()
    const line = lineOf(formula.from)
    if (formula.missing !== undefined) remarks.push({ line, message: notClosed(source.slice(formula.start, formula.start + 2).replace('\\b', '\\begin'), formula.missing) })
    const own = conditions
    const names = [paragraph.number ?? '', lead].filter(t => t !== '')
    claims.push({ ...(id ? { id: id.text } : {}), latex: formula.latex, line, offset: formula.from, conditions: own, headings: [...headings.map(h => h.text), ...labels.map(l => l.text), ...names], formula, paragraph })
    conditions = []
    labels = labels.filter(l => !l.brief)
    id = undefined
    return own
  }
  const condition = (to: string[], { latex }: Formula): void => {
    if (to.length < MOST_CONDITIONS) to.push(latex)
  }
  const aside = (formula: Formula): void => {
    if (!isClaim(formula.latex)) return
    if (asides === 0) firstAside = lineOf(formula.from)
    asides++
  }
  const identify = (part: Part & { kind: 'id' }): void => {
    const line = lineOf(part.start)
    if (id) remarks.push({ line: id.line, message: idWithoutFormula(id.text) })
    const before = ids.get(part.id)
    if (before !== undefined) remarks.push({ line, message: idTwice(part.id, before) })
    ids.set(part.id, line)
    id = { text: part.id, line }
  }

  for (const paragraph of scan.paragraphs) {
    const { parts } = paragraph
    const claiming = standing(source, paragraph)
    let last: { formula: Formula; conditions: string[] } | undefined
    parts.forEach((part, k) => {
      if (part.kind === 'id') identify(part)
      else if (part.kind === 'formula' && part.latex !== '') {
        if (claiming.has(part)) {
          const lead = textOf(source, parts.slice(leadFrom(parts, k, claiming), k))
          last = { formula: part, conditions: claim(part, paragraph, lead.length <= LABEL ? lead : '') }
        } else {
          const trailing = last !== undefined && !/[\r\n]/.test(source.slice(last.formula.end, part.start))
          condition(trailing ? last!.conditions : conditions, part)
          if (!trailing) aside(part)
        }
      }
    })
    if (last) continue
    const text = textOf(source, parts)
    if (text === '') continue
    const level = paragraph.level ?? (isBold(source, paragraph) ? BOLD : undefined)
    if (level !== undefined) {
      headings = [...headings.filter(h => h.level < level), { level, text }]
      labels = []
      conditions = []
    } else if (text.length <= LABEL) labels = [...labels, { text, brief: parts.some(p => p.kind === 'formula') }].slice(-MOST_LABELS)
  }
  if (id) remarks.push({ line: id.line, message: idWithoutFormula(id.text) })
  if (asides > 0) remarks.push({ line: firstAside, message: notJudged(asides) })
  return { claims, remarks: remarks.sort((a, b) => a.line - b.line).slice(0, MOST_REMARKS) }
}

/** Where the text before a claim begins: behind the claim before it, and not far back. */
function leadFrom(parts: readonly Part[], k: number, claiming: ReadonlySet<Part>): number {
  let from = k
  while (from > 0 && k - from < 16 && !claiming.has(parts[from - 1]!)) from--
  return from
}
