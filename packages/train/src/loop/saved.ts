/** A trainer's state in a checkpoint, and out of it. */
import type { Checkpoint } from '../checkpoint/index.ts'
import type { TrainerState } from './trainer.ts'

const statistics = 'statistics/'

/** The checkpoint of a state; running averages are among its other tensors, as `statistics/n.mu`. */
export function checkpointWith(so: TrainerState, rest: Pick<Checkpoint, 'progress' | 'config' | 'extra'>): Checkpoint {
  const extra = new Map([...rest.extra ?? [], ...[...so.statistics ?? []].map(([n, t]) => [statistics + n, t] as const)])
  return { parameters: so.parameters, state: so.state, extra, progress: rest.progress, config: rest.config }
}

/** The state that a checkpoint was made of. */
export function trainerStateIn({ parameters, state, extra = new Map() }: Checkpoint): TrainerState {
  return { parameters, state, statistics: new Map([...extra].filter(([n]) => n.startsWith(statistics)).map(([n, t]) => [n.slice(statistics.length), t])) }
}
