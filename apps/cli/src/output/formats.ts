/** Which format a result is written in. */
import type { Page } from '@chainrule/core'
import { UsageError } from '../usage-error.ts'
import { COLOURS, columnsOf, wantsColour } from './terminal.ts'
import { writeOut } from './write.ts'

export const PAGE_FORMATS = ['text', 'latex', 'markdown', 'json', 'html'] as const
export type PageFormat = (typeof PAGE_FORMATS)[number]
export type Format = PageFormat | 'dot' | 'svg'

/** The options that decide the format. */
export interface OutputOptions { readonly format?: Format; readonly json?: boolean; readonly output?: string }

const byExtension: Readonly<Record<string, Format>> = {
  tex: 'latex', md: 'markdown', markdown: 'markdown', json: 'json', html: 'html', htm: 'html', dot: 'dot', gv: 'dot', svg: 'svg',
}

/** `--json`, else `--format`, else what the name of the output file says, else text. Throws a UsageError when they contradict each other. */
export function formatOf(options: OutputOptions, allowed: readonly Format[]): Format {
  if (options.json && options.format !== undefined && options.format !== 'json') throw new UsageError(`--json and --format ${options.format} contradict each other`)
  if (options.json) return 'json'
  if (options.format !== undefined) return options.format
  const guess = byExtension[/\.(\w+)$/.exec(options.output ?? '')?.[1]?.toLowerCase() ?? '']
  return guess !== undefined && allowed.includes(guess) ? guess : 'text'
}

/** The page in a format, for stdout or a file. */
export async function pageAs(page: Page, format: PageFormat, output: string | undefined): Promise<string> {
  const core = await import('@chainrule/core')
  switch (format) {
    case 'text': {
      const stream = output === undefined || output === '-' ? process.stdout : {}
      return core.renderTextPage(page, { width: columnsOf(stream), ...(wantsColour(stream, process.env) ? { style: COLOURS } : {}) })
    }
    case 'latex': return core.renderLatexPage(page)
    case 'markdown': return core.renderMarkdownPage(page)
    case 'json': return core.renderJsonPage(page)
    case 'html': return (await import('./html-page.ts')).htmlPage(page)
  }
}

/** Writes a page where the options say. */
export async function writePage(page: Page, options: OutputOptions): Promise<void> {
  const format = formatOf(options, PAGE_FORMATS)
  if (format === 'dot' || format === 'svg') throw new UsageError(`--format ${format} is for chainrule values`)
  writeOut(await pageAs(page, format, options.output), options.output)
}
