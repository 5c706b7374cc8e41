/** Ways to compute a convolution and its two gradients. */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import type { Held } from './held.ts'

type Way = (x: Planning, n: NodeOf<'contract'>, k: number) => Held | undefined

export const convolutions: Readonly<Record<string, Way>> = {}
