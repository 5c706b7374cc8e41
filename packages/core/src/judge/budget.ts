/** How much work one formula may cost, counted by us: hostile input ends with a clear verdict, not with a hang. */
import { setEvaluationLimit } from '../evaluate/limit.ts'

/** Bounds for one formula. */
export interface BudgetLimits {
  /** Characters of LaTeX. */
  readonly length: number
  /** Levels of nesting. */
  readonly depth: number
  /** Nodes of the tree. */
  readonly nodes: number
  /** Pieces read, over all readings. */
  readonly readings: number
  /** Numbers computed. */
  readonly steps: number
  /** Milliseconds, where a clock is given. */
  readonly time: number
}

export const BUDGET: BudgetLimits = { length: 20_000, depth: 100, nodes: 5_000, readings: 40_000, steps: 40_000_000, time: 5_000 }

/** Too much work: what was too much. */
export class OverBudget extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'OverBudget'
  }
}

/** A budget being spent. */
export interface Budget {
  readonly limits: BudgetLimits
  /** Counts one piece that is read. */
  readonly read: () => void
  /** Throws OverBudget when the time is over. */
  readonly checkTime: () => void
}

/** A fresh budget for one formula; `now` is a clock in milliseconds. Evaluation is counted from here on. */
export function newBudget(limits: Partial<BudgetLimits> = {}, now?: () => number): Budget {
  const all: BudgetLimits = { ...BUDGET, ...limits }
  const start = now?.() ?? 0
  let pieces = 0
  const checkTime = (): void => {
    if (now && now() - start > all.time) throw new OverBudget(`it takes longer than ${all.time} ms`)
  }
  setEvaluationLimit(all.steps, () => {
    checkTime()
    return new OverBudget(`it needs more than ${all.steps.toLocaleString('en')} numbers to be computed`)
  }, checkTime)
  return {
    limits: all,
    checkTime,
    read: () => {
      if (++pieces > all.readings) throw new OverBudget('it can be read in too many ways')
      if (pieces % 64 === 0) checkTime()
    },
  }
}
