/** A convolution being planned: the pattern, and its operands to be read. */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import type { Held, Label } from './held.ts'
import type { WindowPattern } from './window-pattern.ts'

/** A pattern with its operands read: maps with their window axes whole, the others along their loops. */
export interface Scene {
  readonly x: Planning
  readonly n: NodeOf<'contract'>
  readonly f: WindowPattern
  readonly size: (l: Label) => number
  readonly read: (operand: number, windows: boolean) => Held
}
