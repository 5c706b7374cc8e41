/** Which format the verdicts are written in. */
import { UsageError } from '../usage-error.ts'

export const CHECK_FORMATS = ['text', 'markdown', 'html', 'json', 'csv'] as const
export type CheckFormat = (typeof CHECK_FORMATS)[number]

export interface CheckOutput { readonly format?: CheckFormat; readonly json?: boolean; readonly output?: string }

const byExtension: Readonly<Record<string, CheckFormat>> = {
  txt: 'text', md: 'markdown', markdown: 'markdown', tex: 'markdown', latex: 'markdown', html: 'html', htm: 'html', json: 'json', csv: 'csv',
}

/** What the name of an output file says. */
export const formatOfName = (path: string): CheckFormat | undefined => byExtension[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '']

/** `--json`, else `--format`, else what the name of the output file says. Throws a UsageError when they contradict each other. */
export function checkFormat({ format, json, output }: CheckOutput): CheckFormat | undefined {
  if (json && format !== undefined && format !== 'json') throw new UsageError(`--json and --format ${format} contradict each other`)
  return json ? 'json' : format ?? (output === undefined ? undefined : formatOfName(output))
}

/** The ending of an annotated page; annotated text stays in its own language. */
export const extensionOf = (format: Exclude<CheckFormat, 'csv'>, name: string): string =>
  ({ text: '.txt', html: '.html', json: '.json', markdown: /\.\w+$/.exec(name)?.[0] ?? '.md' })[format]

export const EQUAL_FORMATS = ['text', 'json'] as const

export interface EqualOptions {
  readonly network?: string
  readonly let?: Record<string, string>
  readonly seed?: number
  readonly format?: (typeof EQUAL_FORMATS)[number]
  readonly json?: boolean
  readonly output?: string
}
