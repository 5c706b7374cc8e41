/** Numbers in sentences and tables. */

/** Four significant digits: `0.1235`, `1.2e-7`; exactly 0 is `0`. */
export function short(x: number): string {
  if (!Number.isFinite(x)) return String(x)
  if (x === 0) return '0'
  const a = Math.abs(x)
  return a < 1e-3 || a >= 1e6 ? x.toExponential(1) : String(Number(x.toPrecision(4)))
}

/** `100,000` */
export const whole = (n: number): string => n.toLocaleString('en-US')

/** `37.5%` */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`

/** `a, b and c` */
export const listed = (names: readonly string[]): string =>
  (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`)
