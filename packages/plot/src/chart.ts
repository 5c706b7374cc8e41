/** Charts as data: what is drawn, not how. A chart knows no library, so that reports can hold it and tests can read it. */

/** A scale with numbers. */
export interface Axis {
  readonly label: string
  /** Logarithmic: what is not greater than 0 has no place on it and is left out. */
  readonly log?: boolean
  /** Whole numbers, such as layers and epochs: no ticks between them. */
  readonly whole?: boolean
  readonly from?: number
  readonly to?: number
}

/** A line through points, in their order. Where y is not finite the line is broken. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly dashed?: boolean
}

/** Lines over a common x. */
export interface LineChart {
  readonly kind: 'lines'
  readonly title?: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
  /** True: the series are a sequence, such as layers by depth, and get the colours of one. */
  readonly ordered?: boolean
  /** True: each point is marked. */
  readonly marks?: boolean
}

/** A bar for each category, side by side where there are several groups. */
export interface BarChart {
  readonly kind: 'bars'
  readonly title?: string
  readonly x: { readonly label: string; readonly categories: readonly string[] }
  readonly y: Axis
  /** One value for each category. */
  readonly groups: readonly { readonly name: string; readonly values: readonly number[] }[]
}

/** A coloured cell for each value: rows from top to bottom, columns from left to right. */
export interface HeatMap {
  readonly kind: 'heat'
  readonly title?: string
  readonly rows: { readonly label: string; readonly names: readonly string[] }
  readonly columns: { readonly label: string; readonly names: readonly string[] }
  readonly values: readonly (readonly number[])[]
  /** True: numbers of both signs, coloured on both sides of 0. */
  readonly diverging?: boolean
  /** How the number of a cell is written in it; absent: it is not. */
  readonly text?: (value: number) => string
}

/** Grey values, row by row, as a picture; for maps and kernels of a network. */
export interface ImageChart {
  readonly kind: 'image'
  readonly title?: string
  readonly values: readonly (readonly number[])[]
  readonly diverging?: boolean
}

export type Chart = LineChart | BarChart | HeatMap | ImageChart

/** Charts in a grid, row by row. */
export interface Figure {
  readonly title?: string
  /** Said below the title. */
  readonly subtitle?: string
  readonly charts: readonly Chart[]
  /** Charts in a row; 2 by default. */
  readonly columns?: number
  /** Pixels of one chart without its axes; 420 by 260 by default. */
  readonly width?: number
  readonly height?: number
}
