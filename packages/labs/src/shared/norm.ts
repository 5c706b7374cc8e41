/** sqrt(sum of x²), without overflow or underflow on the way. */
export function norm(v: ArrayLike<number>): number {
  let most = 0
  for (let k = 0; k < v.length; k++) most = Math.max(most, Math.abs(v[k]!))
  if (most === 0 || !Number.isFinite(most)) return most
  let sum = 0
  for (let k = 0; k < v.length; k++) sum += (v[k]! / most) ** 2
  return most * Math.sqrt(sum)
}
