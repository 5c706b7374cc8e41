/** Long series with fewer points. */

/** At most `most` points: each is the mean of a run of neighbours, so that the shape stays and noise does not decide. Shorter series stay as they are. */
export function thinned(points: readonly (readonly [number, number])[], most = 500): readonly (readonly [number, number])[] {
  if (points.length <= most) return points
  const run = Math.ceil(points.length / most)
  return Array.from({ length: Math.ceil(points.length / run) }, (_, k) => {
    const part = points.slice(k * run, (k + 1) * run)
    const mean = (axis: 0 | 1): number => part.reduce((s, p) => s + p[axis], 0) / part.length
    return [mean(0), mean(1)] as const
  })
}
