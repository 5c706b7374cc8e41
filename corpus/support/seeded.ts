/** Random choices for the suites: the seed is said, and set again with CHAINRULE_SEED. */
import { env } from 'node:process'
import { below } from '../../packages/core/src/evaluate/generator.ts'
import { splitmix32 } from '../../packages/core/src/evaluate/index.ts'
import type { Below } from './rewrites/index.ts'

export const SEED = Number(env['CHAINRULE_SEED'] ?? 20_261_120)

export function seeded(seed = SEED): Below {
  const random = splitmix32(seed)
  return n => below(n, random)
}

/** How many cases a suite tries: a number of the environment, or the usual one. */
export const countOf = (name: string, usual: number): number => Number(env[name] ?? usual)
