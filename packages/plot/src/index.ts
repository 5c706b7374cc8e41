/** Charts: described as data, drawn as SVG. */
export type * from './chart.ts'
export { svgOf } from './svg.ts'
export { thinned } from './thin.ts'
