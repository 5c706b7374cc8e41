/** Judges one page and tells what it finds on the way. */
import { ChainError } from '@chainrule/core'
import { readPage } from '@chainrule/pages'
import { type Exercise, judgePage } from '@chainrule/core'
import type { Assignment, Job, Reply } from './messages.ts'

/** Ends with `done` or `problem`, whatever happens. */
export function judgeJob({ path, source }: Job, exercise: Exercise, { repair, seed }: Assignment, reply: (r: Reply) => void): void {
  try {
    const page = readPage(source, path)
    const claims = page.claims.map(({ formula: _, paragraph: __, ...claim }) => claim)
    reply({ kind: 'claims', claims, remarks: page.remarks })
    const verdict = judgePage(claims, exercise, {
      repair, ...(seed === undefined ? {} : { seed }), now: () => performance.now(), onClaim: found => reply({ kind: 'claim', verdict: found }),
    })
    reply({ kind: 'done', claims: verdict.claims })
  } catch (error) {
    reply({ kind: 'problem', problem: error instanceof ChainError
      ? { kind: 'unreadable', message: error.message }
      : { kind: 'fault', message: `a fault in chainrule: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}` } })
  }
}
