/** From a case to the page that answers it, and from the page to its results as texts. */
import { renderText } from '../../packages/core/src/print/index.ts'
import { size } from '../../packages/core/src/shape/index.ts'
import { deriveReport } from '../../packages/core/src/views/derive.ts'
import type { Line, Page, Section } from '../../packages/core/src/views/page.ts'
import { equationsReport } from '../../packages/core/src/views/show.ts'
import { summaryReport } from '../../packages/core/src/views/summary.ts'
import { valuesReport } from '../../packages/core/src/views/values.ts'
import { type Filed, type FormName, networkOf, type ValueCheck } from './case.ts'

/** The page that answers a case; `at` is the point of a values report. */
export function reportOf(c: Filed, at?: ValueCheck['at']): Page {
  const network = networkOf(c)
  const { forward, report, functions, dims, readings, batch, ...request } = c.ask
  if (forward) return onlyNodes(equationsReport(network), forward)
  if (report === 'values') return valuesReport(network, at ? { at } : {})
  if (report === 'summary') return summaryReport(network, { readings, batch: batch === undefined ? undefined : size(batch), elaborate: { ...(functions ? { functions } : {}), ...(dims ? { dims } : {}) } })
  return deriveReport(network, at ? { ...request, at } : request)
}

/** Only the equations of some nodes. */
function onlyNodes(page: Page, names: readonly string[]): Page {
  const data = page.data as { equations: readonly { name: string; text: string }[] }
  const kept = data.equations.filter(e => names.includes(e.name))
  const texts = new Set(kept.map(e => e.text))
  const keep = (l: Line): boolean => texts.has(l.left ? `${renderText(l.left)} = ${renderText(l.right)}` : renderText(l.right))
  return {
    ...page, data: { equations: kept },
    sections: page.sections.map((s): Section => (s.kind === 'lines' ? { ...s, lines: s.lines.filter(keep) } : s)),
  }
}

interface Result {
  readonly result: {
    readonly index: { readonly text: string }
    readonly matrix: { readonly text: string } | null
    readonly paths?: readonly { readonly text: string; readonly factors: number }[]
    readonly components?: readonly { readonly entry: string; readonly text: string }[]
  }
  readonly assumptions: readonly string[]
}

const resultsOf = (page: Page): readonly Result[] => (Array.isArray(page.data) ? page.data : [page.data]) as readonly Result[]

const lineText = (l: Line): string => `${l.left ? `${renderText(l.left)} ${l.relation ?? '='} ` : ''}${renderText(l.right)}`
const condition = (l: Line): string => (l.left?.kind === 'condition' ? `${renderText(l.left)}: ${renderText(l.right)}` : lineText(l))
const headed = (page: Page, heading: string): readonly Line[] =>
  page.sections.flatMap(s => (s.kind === 'lines' && s.heading?.length === 1 && s.heading[0] === heading ? s.lines : []))

/** How each form is read off a page. */
const FORMS: Readonly<Record<FormName, (page: Page) => readonly string[]>> = {
  index: page => resultsOf(page).map(d => d.result.index.text),
  matrix: page => resultsOf(page).map(d => d.result.matrix?.text ?? 'no matrix form'),
  paths: page => resultsOf(page).flatMap(d => (d.result.paths ?? []).map(p => p.text)),
  'named-paths': page => page.sections.flatMap(s => (s.kind === 'lines' ? s.lines.slice(0, 1) : [])).slice(0, 1).map(lineText),
  components: page => resultsOf(page).flatMap(d => (d.result.components ?? []).map(p => `${p.entry} = ${p.text}`)),
  cases: page => headed(page, 'cases').map(condition),
  update: page => headed(page, 'update').map(lineText),
  lines: page => page.sections.flatMap(s => (s.kind === 'lines' ? s.lines.map(lineText) : [])),
  forward: page => (page.data as { equations: readonly { text: string }[] }).equations.map(e => e.text),
  assumptions: page => resultsOf(page).flatMap(d => d.assumptions),
}

/** A result of the page in one of its forms, as texts. */
export const printed = (page: Page, form: FormName): readonly string[] => FORMS[form](page)

/** The number of factors of every path. */
export const pathFactors = (page: Page): readonly number[] => resultsOf(page).flatMap(d => (d.result.paths ?? []).map(p => p.factors))
