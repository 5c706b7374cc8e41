/** Ctrl-C: the first ends the run after the step under way, the second ends the process. */
import { EXIT } from '../exit-codes.ts'

export interface Interrupt { readonly signal: AbortSignal; readonly stop: () => void }

/** Listens until `stop`. */
export function interruptible(): Interrupt {
  const controller = new AbortController()
  const stop = (): void => { if (controller.signal.aborted) process.exit(EXIT.interrupted); else controller.abort() }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return { signal: controller.signal, stop: () => { process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop) } }
}

/** Milliseconds after which timers and signals get their turn; a run whose steps never wait would starve them. */
const TURN = 16

/** A function that now and then lets timers and signals have their turn. */
export function breather(): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    if (performance.now() - last < TURN) return undefined
    return new Promise(resolve => { setImmediate(() => { last = performance.now(); resolve() }) })
  }
}
