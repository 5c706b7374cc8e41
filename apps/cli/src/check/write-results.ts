/** Judged pages in a format, to standard output, a file, or a folder with a file for each page. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { printJson, renderMarkdownPage, renderTextPage } from '@chainrule/core'
import { annotatePage, claimsCsv, courseJson, coursePage, gradebookCsv, type GradedQuestion, type JudgedPage, pageJson, renderVerdicts } from '@chainrule/pages'
import { COLOURS, columnsOf, VERDICT_COLOURS, wantsColour } from '../output/terminal.ts'
import { writeOut } from '../output/write.ts'
import { reasonOf, UsageError } from '../usage-error.ts'
import { type CheckFormat, extensionOf, formatOfName } from './formats.ts'

/** A judged page with its text and what it is called in its folder. */
export interface Result { readonly page: JudgedPage; readonly source: string | undefined; readonly name: string }

const isStdout = (output: string | undefined): boolean => output === undefined || output === '-'
const streamOf = (output: string | undefined): NodeJS.WriteStream | Record<string, never> => (isStdout(output) ? process.stdout : {})

/** One page, whole. */
export async function pageAs({ page, source }: Result, format: CheckFormat, output: string | undefined, questions: readonly GradedQuestion[]): Promise<string> {
  switch (format) {
    case 'text': return renderVerdicts(page, { width: columnsOf(streamOf(output)), ...(wantsColour(streamOf(output), process.env) ? { style: VERDICT_COLOURS } : {}) })
    case 'json': return `${printJson(pageJson(page))}\n`
    case 'csv': return tableOf([page], questions)
    case 'markdown': return annotatePage(source ?? '', page)
    case 'html': return (await import('@chainrule/pages/html')).annotateHtml(source ?? '', page)
  }
}

/** Where marks were asked for the gradebook, else the claims. */
const tableOf = (pages: readonly JudgedPage[], questions: readonly GradedQuestion[]): string =>
  (pages.some(p => p.marks) ? gradebookCsv({ questions, pages: pages.map(p => p.marks!) }) : claimsCsv(pages))

/** The summary of a course. */
async function courseAs(pages: readonly JudgedPage[], format: CheckFormat, output: string | undefined, questions: readonly GradedQuestion[]): Promise<string> {
  const summary = coursePage(pages, { questions })
  switch (format) {
    case 'text': return renderTextPage(summary, { width: columnsOf(streamOf(output)), ...(wantsColour(streamOf(output), process.env) ? { style: COLOURS } : {}) })
    case 'json': return `${printJson(courseJson(pages, questions))}\n`
    case 'csv': return tableOf(pages, questions)
    case 'markdown': return renderMarkdownPage(summary)
    case 'html': return (await import('../output/html-page.ts')).htmlPage(summary)
  }
}

/** Whether `-o` names a folder for a course: it is one, or its name does not say a format. */
export const isFolderName = (output: string | undefined): output is string =>
  !isStdout(output) && (/[/\\]$/.test(output!) || statSync(output!, { throwIfNoEntry: false })?.isDirectory() === true || formatOfName(output!) === undefined)

/** The course: its summary, and with a folder a file for each page, the summary then on standard output. */
export async function writeCourse(results: readonly Result[], format: CheckFormat | undefined, output: string | undefined, questions: readonly GradedQuestion[]): Promise<void> {
  const pages = results.map(r => r.page)
  if (!isFolderName(output)) {
    writeOut(await courseAs(pages, format ?? 'text', output, questions), output)
    return
  }
  if (format === 'csv') throw new UsageError(`--format csv makes one table: give -o a file, as in ${join(output, 'marks.csv')}`)
  await writeFolder(results, format ?? 'html', output, questions)
  writeOut(await courseAs(pages, 'text', undefined, questions), undefined)
}

async function writeFolder(results: readonly Result[], format: Exclude<CheckFormat, 'csv'>, folder: string, questions: readonly GradedQuestion[]): Promise<void> {
  const inputs = new Set(results.map(r => resolve(r.page.path)))
  const taken = new Set<string>()
  for (const result of results) {
    if (result.source === undefined) continue
    const path = join(folder, freeName(withExtension(result.name, extensionOf(format, result.name)), taken))
    if (inputs.has(resolve(path))) throw new UsageError(`${path} is a page to be checked; give -o another folder`)
    try {
      mkdirSync(dirname(path), { recursive: true })
    } catch (error) {
      throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`)
    }
    writeOut(await pageAs(result, format, path, questions), path)
  }
}

const withExtension = (name: string, extension: string): string => name.replace(/\.\w+$/, '') + extension

/** Pages of the same name in different folders are told apart by a number. */
function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let k = 2; taken.has(free.toLowerCase()); k++) free = name.replace(/(\.\w+)$/, `-${k}$1`)
  taken.add(free.toLowerCase())
  return free
}
