/** One thread, and one page judged in it within a time. */
import { countsOf, type JudgedPage, notReached, type PageProblem, type PageRemark, stoppedAfter } from '@chainrule/pages'
import type { ClaimSource, ClaimVerdict } from '@chainrule/core'
import type { Job, Reply } from './messages.ts'

/** What is used of a worker of node:worker_threads. */
export interface Thread {
  postMessage: (job: Job) => void
  on: (event: 'message' | 'error' | 'exit', listener: (value: never) => void) => unknown
  removeAllListeners: (event: 'message' | 'error' | 'exit') => unknown
  terminate: () => Promise<number>
}

/** A page, and whether the thread can be given another. */
export interface Outcome { readonly page: JudgedPage; readonly alive: boolean }

/** Longest time, in seconds, that a thread may need to start. */
const STARTING = 60

/** Waits until a thread has read the exercise; false when it cannot. */
export function started(thread: Thread): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => end(false), STARTING * 1000)
    const end = (ready: boolean): void => {
      clearTimeout(timer)
      unhear(thread)
      resolve(ready)
    }
    thread.on('message', ({ kind }: Reply) => end(kind === 'ready'))
    thread.on('error', () => end(false))
    thread.on('exit', () => end(false))
  })
}

/** Nobody listens any more; an error that comes late is nobody's. */
function unhear(thread: Thread): void {
  for (const event of ['message', 'error', 'exit'] as const) thread.removeAllListeners(event)
  thread.on('error', () => undefined)
}

/** Judges a page. A thread that is stuck, out of memory or gone gives a page with what it had found until then. */
export function judgeIn(thread: Thread, job: Job, seconds: number, signal: AbortSignal): Promise<Outcome> {
  return new Promise(resolve => {
    const sources: ClaimSource[] = []
    const remarks: PageRemark[] = []
    const found: ClaimVerdict[] = []
    const timer = setTimeout(() => end(found, { kind: 'stopped', message: stoppedAfter(seconds) }, false), seconds * 1000)
    const aborted = (): void => end(found, { kind: 'stopped', message: 'stopped' }, false)

    const end = (claims: readonly ClaimVerdict[], problem: PageProblem | undefined, alive: boolean): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
      unhear(thread)
      const rest = problem ? sources.slice(claims.length).map(source => unjudged(source, notReached(problem.message))) : []
      const all = [...claims, ...rest]
      resolve({ alive, page: { path: job.path, claims: all, counts: countsOf(all), remarks, ...(problem ? { problem } : {}) } })
    }

    const heard: { [K in Reply['kind']]: (reply: Extract<Reply, { kind: K }>) => void } = {
      ready: () => undefined,
      claims: reply => { sources.push(...reply.claims); remarks.push(...reply.remarks) },
      claim: ({ verdict }) => { found.push(verdict) },
      done: ({ claims }) => end(claims, undefined, true),
      problem: ({ problem }) => end(found, problem, true),
    }
    signal.addEventListener('abort', aborted)
    thread.on('message', (reply: Reply) => (heard[reply.kind] as (r: Reply) => void)(reply))
    thread.on('error', (error: Error & { code?: string }) => end(found, whatHappened(error), false))
    thread.on('exit', (code: number) => end(found, { kind: 'fault', message: `a fault in chainrule: a thread ended with ${code}` }, false))
    if (signal.aborted) aborted()
    else thread.postMessage(job)
  })
}

function whatHappened(error: Error & { code?: string }): PageProblem {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'stopped', message: 'stopped: it needs too much memory' }
  return { kind: 'fault', message: `a fault in chainrule: ${error.name}: ${error.message}` }
}

/** A claim that the judge did not come to. */
const unjudged = ({ id, latex, line, offset }: ClaimSource, message: string): ClaimVerdict =>
  ({ ...(id === undefined ? {} : { id }), latex, line, offset, verdict: 'undecided', links: [], firstWrong: null, problem: { message } })
