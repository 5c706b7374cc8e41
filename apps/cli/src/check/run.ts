/** `chainrule check`: the exercise and the pages are read, judged, marked, written. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { nearestName } from '@chainrule/core'
import { exerciseSource, type GradedQuestion, type JudgedPage, marksOf, onlyClaims } from '@chainrule/pages'
import { EXIT } from '../exit-codes.ts'
import { readText } from '../input/read-text.ts'
import { writeOut } from '../output/write.ts'
import { UsageError } from '../usage-error.ts'
import { judgeAll, without } from './crew.ts'
import { checkFormat, type CheckOutput } from './formats.ts'
import { readExercise } from '@chainrule/core'
import type { Assignment, Job } from './messages.ts'
import { pageFiles, readPageFile } from './page-files.ts'
import { progressOf } from './progress.ts'
import type { Thread } from './thread.ts'
import { pageAs, type Result, writeCourse } from './write-results.ts'

export interface CheckOptions extends CheckOutput {
  readonly exercise: string
  readonly question?: string
  readonly repair?: boolean
  readonly marks?: boolean
  readonly jobs?: number
  readonly timeout: number
  readonly seed?: number
}

/** Most megabytes that a thread may hold. */
const MEMORY_MB = 1024

/** Checks the pages and sets the exit code. Throws a UsageError or a ChainError where nothing could be checked. */
export async function check(args: readonly string[], options: CheckOptions): Promise<void> {
  const format = checkFormat(options)
  const markdown = readText(options.exercise)
  const questions = askedFor(questionsOf(markdown, options.exercise), options.question)
  const { files, course } = pageFiles(args)
  const read = files.map(({ path, name }) => ({ path, name, ...readOr(path, course) }))
  const jobs = read.flatMap(({ path, name, source }): (Job & { name: string })[] => (source === undefined ? [] : [{ path: path === '-' ? name : path, source, name }]))
  const judged = await judgedPages(jobs, { exercise: { markdown, path: options.exercise }, repair: options.repair === true, ...(options.seed === undefined ? {} : { seed: options.seed }) }, options, course)
  if (judged === undefined) return

  const pages = judged.values()
  const results = read.map(({ path, name, source, problem }): Result => {
    const all = source === undefined ? without(path, { kind: 'unreadable', message: problem ?? '' }) : pages.next().value!
    const page = options.question === undefined ? all : onlyClaims(all, c => c.question === options.question)
    return { name, source, page: options.marks ? { ...page, marks: marksOf(page, questions) } : page }
  })
  const [first] = results
  if (course) await writeCourse(results, format, options.output, questions)
  else if (first!.page.problem && first!.page.claims.length === 0) throw new UsageError(`${first!.page.path}: ${first!.page.problem.message}`)
  else writeOut(await pageAs(first!, format ?? 'text', options.output, questions), options.output)
  process.exitCode = exitOf(results.map(r => r.page))
}

/** 1 where something is refuted, else 2 where something could not be read or judged. */
export function exitOf(pages: readonly JudgedPage[]): number {
  if (pages.some(p => p.counts.refuted > 0)) return EXIT.checkFailed
  return pages.some(p => p.counts.unreadable > 0 || p.problem) ? EXIT.wrongUse : EXIT.fine
}

function questionsOf(markdown: string, path: string): GradedQuestion[] {
  const source = exerciseSource(markdown, path)
  return readExercise(source).questions.map(({ id, marks }) => {
    const title = source.blocks.find(b => b.kind === 'question' && b.name === id)?.title
    return { id, ...(marks === undefined ? {} : { marks }), ...(title === undefined ? {} : { title }) }
  })
}

function askedFor(questions: readonly GradedQuestion[], wanted: string | undefined): readonly GradedQuestion[] {
  if (wanted === undefined) return questions
  const found = questions.filter(q => q.id === wanted)
  if (found.length > 0) return found
  const ids = questions.map(q => q.id)
  const nearest = nearestName(wanted, ids)
  throw new UsageError(`the exercise has no question ${wanted}. It has: ${ids.join(', ') || 'none'}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`)
}

/** The text of a page; of a course, the reason where there is none. */
function readOr(path: string, course: boolean): { readonly source?: string; readonly problem?: string } {
  try {
    return { source: readPageFile(path) }
  } catch (error) {
    if (!course || !(error instanceof UsageError)) throw error
    return { problem: error.message.replace(`cannot read ${path}: `, 'cannot be read: ') }
  }
}

/** The verdicts; undefined when the user has stopped the run, which is said. */
async function judgedPages(jobs: readonly Job[], assignment: Assignment, options: CheckOptions, course: boolean): Promise<JudgedPage[] | undefined> {
  const controller = new AbortController()
  const stop = (): void => controller.abort()
  // kept until the end: the progress bar's own handler kills the process where nobody else listens
  process.on('SIGINT', stop).on('SIGTERM', stop)
  const progress = await progressOf(course ? jobs.length : 1)
  let done = 0
  try {
    return await judgeAll(jobs, {
      threads: options.jobs ?? availableParallelism(),
      seconds: options.timeout,
      spawn: () => new Worker(new URL('./check-worker.js', import.meta.url), { workerData: assignment, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } }) as unknown as Thread,
      signal: controller.signal,
      onPage: (page, pages) => {
        done += pages
        progress.page(page, pages)
      },
    })
  } catch (error) {
    if (!controller.signal.aborted) throw error
    progress.stop()
    process.stderr.write(`stopped: ${done} of ${jobs.length} pages were judged, nothing was written\n`)
    process.exitCode = EXIT.interrupted
    return undefined
  } finally {
    progress.stop()
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
  }
}

