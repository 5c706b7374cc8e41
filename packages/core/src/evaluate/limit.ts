/**
 * A bound on the numbers that evaluation computes, for texts that nobody vouches for. There is none unless one is set;
 * evaluation is synchronous, so one counter is enough.
 */
let left = Infinity
let over: (() => Error) | undefined
let tick: (() => void) | undefined

/** From here on, at most `steps` numbers are computed; then the error that `exceeded` makes is thrown. `check` is called now and then. */
export function setEvaluationLimit(steps: number, exceeded: () => Error, check?: () => void): void {
  left = steps
  over = exceeded
  tick = check
}

/** No bound. */
export function clearEvaluationLimit(): void {
  left = Infinity
  over = undefined
  tick = undefined
}

/** Counts `numbers` that are about to be computed. */
export function spend(numbers: number): void {
  if (over === undefined) return
  left -= numbers
  if (left < 0) throw over()
  if (numbers > 4096) tick?.()
}
