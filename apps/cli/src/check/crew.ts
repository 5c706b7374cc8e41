/** Many pages judged in several threads, in the order of the pages. */
import { countsOf, type JudgedPage, languageOf, type PageProblem } from '@chainrule/pages'
import type { Job } from './messages.ts'
import { judgeIn, started, type Thread } from './thread.ts'

export interface CrewOptions {
  readonly threads: number
  /** Time for each page. */
  readonly seconds: number
  readonly spawn: () => Thread
  readonly signal: AbortSignal
  /** Told of each page as it is done, with how many pages it stands for. */
  readonly onPage?: (page: JudgedPage, pages: number) => void
}

/** A thread that does not start is tried again this often. */
const STARTS = 2

/** Verdicts on all pages, in their order. Pages with the same text are judged once. Rejects when the signal aborts. */
export async function judgeAll(jobs: readonly Job[], options: CrewOptions): Promise<JudgedPage[]> {
  const { signal, threads, onPage } = options
  const groups = sameText(jobs)
  const results: JudgedPage[] = []
  let next = 0

  const lane = async (): Promise<void> => {
    let thread: Thread | undefined
    while (next < groups.length && !signal.aborted) {
      const places = groups[next++]!
      const job = jobs[places[0]!]!
      thread ??= await start(options)
      const { page, alive } = thread ? await judgeIn(thread, job, options.seconds, signal) : { page: without(job.path, NOT_STARTED), alive: false }
      if (!alive) {
        await thread?.terminate()
        thread = undefined
      }
      if (signal.aborted) break
      for (const k of places) results[k] = { ...page, path: jobs[k]!.path }
      onPage?.(page, places.length)
    }
    await thread?.terminate()
  }
  await Promise.all(Array.from({ length: Math.min(threads, groups.length) }, lane))
  signal.throwIfAborted()
  return results
}

const NOT_STARTED: PageProblem = { kind: 'fault', message: 'a fault in chainrule: no thread could be started' }

/** A page that has no verdicts. */
export const without = (path: string, problem: PageProblem): JudgedPage => ({ path, claims: [], counts: countsOf([]), remarks: [], problem })

async function start({ spawn }: CrewOptions): Promise<Thread | undefined> {
  for (let k = 0; k < STARTS; k++) {
    const thread = spawn()
    if (await started(thread)) return thread
    await thread.terminate()
  }
  return undefined
}

/** Places of jobs with the same language and text, in the order of the first of each. */
function sameText(jobs: readonly Job[]): number[][] {
  const groups = new Map<string, number[]>()
  jobs.forEach(({ path, source }, k) => {
    const key = `${languageOf(path)}\n${source}`
    const group = groups.get(key)
    if (group) group.push(k)
    else groups.set(key, [k])
  })
  return [...groups.values()]
}
