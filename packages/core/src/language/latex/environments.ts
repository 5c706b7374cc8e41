/** The environments that are read. */

/** Lines of formulas: rows part statements, alignment says nothing. */
const display = 'equation align alignat gather split aligned gathered alignedat eqnarray multline multlined flalign displaymath math IEEEeqnarray dmath'.split(' ')
const cases = 'cases dcases rcases drcases numcases'.split(' ')
const matrices = 'matrix pmatrix bmatrix vmatrix Bmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix array'.split(' ')

export type EnvironmentKind = 'display' | 'cases' | 'matrix'

const kinds = new Map<string, EnvironmentKind>([
  ...display.map((name) => [name, 'display'] as const), ...cases.map((name) => [name, 'cases'] as const), ...matrices.map((name) => [name, 'matrix'] as const),
])

/** What an environment holds; its name is without a star. */
export function environmentKind(name: string): EnvironmentKind | undefined { return kinds.get(name) }

/** The names of all environments, for the nearest one. */
export function environmentNames(): Iterable<string> { return kinds.keys() }
