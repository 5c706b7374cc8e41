/** The graph of a network with its numbers, before it is drawn. */

/** Which shape a node gets. */
export type DrawnKind = 'input' | 'target' | 'param' | 'node' | 'loss'

export interface DrawnNode {
  /** Unique in the graph. */
  readonly name: string
  /** As written on the page: `W⁽¹⁾`. */
  readonly label: string
  readonly kind: DrawnKind
  /** Numbers as text, short enough for a box. */
  readonly value?: string
  readonly gradient?: string
}

export interface DrawnEdge {
  readonly from: string
  readonly to: string
  /** The local derivative along the edge. */
  readonly label?: string
}

export interface GraphDrawing {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
}
