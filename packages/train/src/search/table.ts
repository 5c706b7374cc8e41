/** Results of a search as a table, best first. */
import type { Section } from '@chainrule/core'
import type { SearchPoint } from './space.ts'

/** What a point gave; `value` is what is compared, undefined when the run came to nothing. */
export interface SearchResult { readonly point: SearchPoint; readonly value: number | undefined; readonly columns?: Readonly<Record<string, number | string>> }

/** Results in order: the best first, those without a value last, equal ones as they came. */
export function ranked(results: readonly SearchResult[], better: 'smaller' | 'greater'): readonly SearchResult[] {
  const key = (r: SearchResult): number => (r.value === undefined || !Number.isFinite(r.value) ? Infinity : better === 'smaller' ? r.value : -r.value)
  return results.map((r, k) => ({ r, k })).sort((a, b) => (key(a.r) === key(b.r) ? a.k - b.k : key(a.r) - key(b.r))).map(x => x.r)
}

const cell = (x: number | string | boolean | undefined): string => (typeof x === 'number' ? String(Number(x.toPrecision(4))) : x === undefined ? '-' : String(x))

/** A section of a page: one row for each point, its settings, the value, and what else is known of it. */
export function searchTable(results: readonly SearchResult[], value: string, better: 'smaller' | 'greater'): Section {
  const rows = ranked(results, better)
  const settings = [...new Set(rows.flatMap(r => Object.keys(r.point)))]
  const more = [...new Set(rows.flatMap(r => Object.keys(r.columns ?? {})))]
  const columns = ['', ...settings, value, ...more]
  return {
    kind: 'table', columns, align: columns.map(c => (c === '' || c === value || rows.every(r => typeof (r.point[c] ?? r.columns?.[c] ?? 0) === 'number') ? 'right' : 'left')),
    rows: rows.map((r, k) => [String(k + 1), ...settings.map(s => cell(r.point[s])), cell(r.value), ...more.map(m => cell(r.columns?.[m]))]),
  }
}
