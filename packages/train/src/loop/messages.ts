/** Messages of the loop: one function each. */
import { ChainError } from '@chainrule/core'

/** A run that is asked to go on with something else than it began with. */
export const differentRun = (path: string, key: string, saved: string, asked: string): ChainError =>
  new ChainError({ problem: `${path} comes from a run with ${key} = ${saved}, this one has ${asked}.`, expected: 'A run goes on exactly only with the same data, seed and batches.' })

/** A folder that already has checkpoints, when a run begins anew. */
export const folderInUse = (folder: string): ChainError =>
  new ChainError({ problem: `${folder} has checkpoints of another run.`, expected: 'Resume it, or choose another folder.' })

/** A setting of the run that is no whole number from 1. */
export const badCount = (what: string, given: number): ChainError => new ChainError({ problem: `${what} cannot be ${given}.`, expected: 'A whole number from 1 is wanted.' })
