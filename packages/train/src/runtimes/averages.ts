/** Running averages of batch statistics, for a network in use. */
import type { Dense } from '../dense.ts'
import type { Numbers } from './session.ts'

export interface Averages {
  /** Takes in the statistics of a step, counted from 1. */
  readonly add: (name: string, shape: readonly number[], values: Numbers, step: number) => void
  readonly all: () => ReadonlyMap<string, Dense<Float64Array>>
  readonly load: (values: ReadonlyMap<string, Dense>) => void
}

/** r <- r + share (b - r) for every batch b; in the first steps, while 1/step is greater than the share, the plain mean so far. */
export function runningAverages(share: number): Averages {
  let held = new Map<string, Dense<Float64Array>>()
  return {
    add(name, shape, values, step) {
      const so = held.get(name)
      if (!so) { held.set(name, { shape, data: Float64Array.from(values as Float32Array, Number) }); return }
      const weight = Math.max(share, 1 / step)
      for (let k = 0; k < so.data.length; k++) so.data[k]! += weight * (Number(values[k]!) - so.data[k]!)
    },
    all: () => new Map([...held].map(([n, { shape, data }]) => [n, { shape, data: data.slice() }])),
    load: values => { held = new Map([...values].map(([n, { shape, data }]) => [n, { shape, data: Float64Array.from(data) }])) },
  }
}
