/** What planning a program looks at: the program, what is planned so far, and how choices are made. */
import type { Node, Program } from '../program.ts'
import { axisLabel, type Held, type Label } from './held.ts'
import type { Planner } from './planner.ts'

/** Names of equal ways to compute a node, tried in the order of the table; the first applicable one unless chosen otherwise. */
export interface Site { readonly node: number; readonly signature: string; readonly ways: readonly string[] }

export interface Planning {
  readonly program: Program
  readonly p: Planner
  /** Planned nodes, axes labelled `a0`, `a1`, ...; a node may lack axes along which it is the same. */
  readonly held: Held[]
  /** The axis that runs over the data, where a node has one. */
  readonly sample: readonly (number | undefined)[]
  /** The order of axes that the reader of a node likes best. */
  readonly wish: readonly (readonly number[] | undefined)[]
  /** How often each node is read. */
  readonly uses: readonly number[]
  readonly choose: (site: Site) => string
  readonly sites: Site[]
}

export const nodeAt = (x: Planning, n: number): Node => x.program.nodes[n]!

/** The planned node with all its axes in the given order of labels. */
export const axesOf = (node: Node): Label[] => node.shape.map((_, k) => axisLabel(k))
