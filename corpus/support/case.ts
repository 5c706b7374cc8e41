/** The cases of the corpus: one folder for one question, data only. */
import { readdirSync, readFileSync } from 'node:fs'
import { readNetwork } from '../../packages/core/src/network/index.ts'
import type { Network } from '../../packages/core/src/network/types.ts'
import type { DeriveRequest } from '../../packages/core/src/views/request.ts'

export const SHEETS = ['sheet-a', 'sheet-b', 'sheet-c', 'sheet-d', 'sheet-e', 'facts'] as const
export type Sheet = (typeof SHEETS)[number]

/** What is asked: derivatives, the equations themselves (`forward`), or one of the other reports. */
export interface Ask extends DeriveRequest {
  /** Nodes whose equations are asked for. */
  readonly forward?: readonly string[]
  readonly report?: 'summary' | 'values'
  /** Operations in place of abstract functions. */
  readonly functions?: Readonly<Record<string, string>>
  readonly dims?: Readonly<Record<string, number>>
  readonly readings?: boolean
  readonly batch?: number
}

/** What a result looks like, from a report to lists of texts. */
export type FormName = 'index' | 'matrix' | 'paths' | 'named-paths' | 'components' | 'cases' | 'update' | 'lines' | 'forward' | 'assumptions'

export interface Expectation {
  readonly form: FormName
  readonly text: string | readonly string[]
  readonly latex?: string
}

/** Numbers, decimal texts, nested arrays of them. */
export type Numbers = number | string | readonly Numbers[]

export interface ValueCheck {
  readonly at?: Readonly<Record<string, Numbers>>
  /** Values of nodes. */
  readonly nodes?: Readonly<Record<string, Numbers>>
  /** The value of the derivative that is asked for. */
  readonly answer?: Numbers
  /** Greatest distance; without it every number is a rational and equal. */
  readonly tolerance?: number
  /** The rows of the answer are the same numbers. */
  readonly equalRows?: boolean
}

export interface Counts {
  readonly layers?: Readonly<Record<string, number>>
  readonly total?: number
  /** The totals under every reading of what the text leaves open. */
  readonly readings?: readonly number[]
}

export interface Case {
  readonly id: string
  readonly sheet: string
  readonly title: string
  readonly question: string
  readonly network: string
  readonly ask: Ask
  readonly expect?: readonly Expectation[]
  /** The result as the sheet states it, in the language of networks. */
  readonly equals?: string
  /** Lines that `equals` uses. */
  readonly where?: readonly string[]
  /** The free letters of `equals` with their sizes: `i: n, j: n`. */
  readonly free?: string
  /** Derivatives that `equals` uses by a name. */
  readonly uses?: Readonly<Record<string, { readonly of: string; readonly wrt: string; readonly axes: string }>>
  /** A bound on the Euclidean length of the answer. */
  readonly atMost?: string
  readonly values?: readonly ValueCheck[]
  readonly counts?: Counts
  /** Output shapes of layers, numbers or formulas. */
  readonly shapes?: Readonly<Record<string, readonly (number | string)[]>>
  /** The number of factors of each path. */
  readonly pathFactors?: readonly number[]
}

/** A case with the folder it lies in. */
export interface Filed extends Case {
  readonly folder: string
  readonly sheetFolder: Sheet
  readonly name: string
  readonly path: string
  readonly source: string
}

/** A sheet: its title, what it is about, its cases in their order. */
export interface SheetFile { readonly title: string; readonly about: string; readonly cases: readonly string[] }

const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'))

export const sheetOf = (corpus: URL, sheet: Sheet): SheetFile => readJson(new URL(`${sheet}/sheet.json`, corpus)) as SheetFile

/** The folders of a sheet that hold a case. */
export const foldersOf = (corpus: URL, sheet: Sheet): string[] =>
  readdirSync(new URL(`${sheet}/`, corpus), { withFileTypes: true }).filter(e => e.isDirectory()).map(e => e.name).sort()

/** All cases of a sheet under the corpus folder, in the sheet's order. */
export const casesOf = (corpus: URL, sheet: Sheet): Filed[] => sheetOf(corpus, sheet).cases.map(name => {
  const folder = new URL(`${sheet}/${name}/`, corpus)
  const data = readJson(new URL('case.json', folder)) as Case
  const at = new URL(data.network, folder)
  return { ...data, name, folder: `${sheet}/${name}`, sheetFolder: sheet, path: at.href.slice(corpus.href.length), source: readFileSync(at, 'utf8') }
})

/** The network of a case, with lines added at its end. */
export const networkOf = (c: Filed, more: readonly string[] = []): Network => readNetwork([c.source.trimEnd(), ...more, ''].join('\n'), c.path, {
  ...(c.ask.functions ? { functions: c.ask.functions } : {}), ...(c.ask.dims ? { dims: c.ask.dims } : {}),
})
