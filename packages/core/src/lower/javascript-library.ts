/** Functions that generated JavaScript calls: erf, and Gauss-Jordan elimination with the pivot of greatest magnitude. */
export const LIBRARY = `
function erf(x) {
  if (x === 0 || Number.isNaN(x)) return x
  const a = Math.abs(x)
  if (a < 2.5) {
    let term = x, total = x
    for (let n = 1; Math.abs(term) > Math.abs(total) * 1e-18; n++) { term *= 2 * x * x / (2 * n + 1); total += term }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * total
  }
  let tail = a
  for (let n = 60; n > 0; n--) tail = a + n / 2 / tail
  return Math.sign(x) * (1 - (a > 6 ? 0 : Math.exp(-a * a) / Math.sqrt(Math.PI) / tail))
}
function eliminate(a, n) {
  const m = Float64Array.from(a), inv = new Float64Array(n * n)
  let det = 1
  for (let i = 0; i < n; i++) inv[i * n + i] = 1
  for (let k = 0; k < n; k++) {
    let best = k
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i * n + k]) > Math.abs(m[best * n + k])) best = i
    if (best !== k) {
      det = -det
      for (let j = 0; j < n; j++) {
        [m[k * n + j], m[best * n + j]] = [m[best * n + j], m[k * n + j]];
        [inv[k * n + j], inv[best * n + j]] = [inv[best * n + j], inv[k * n + j]]
      }
    }
    const pivot = m[k * n + k]
    det *= pivot
    for (let j = 0; j < n; j++) { m[k * n + j] /= pivot; inv[k * n + j] /= pivot }
    for (let i = 0; i < n; i++) {
      const f = m[i * n + k]
      if (i === k || f === 0) continue
      for (let j = 0; j < n; j++) { m[i * n + j] -= f * m[k * n + j]; inv[i * n + j] -= f * inv[k * n + j] }
    }
  }
  return { det, inv }
}
function inverse(a, n, Numbers) {
  const out = new Numbers(a.length)
  for (let s = 0; s < a.length; s += n * n) out.set(eliminate(a.slice(s, s + n * n), n).inv, s)
  return out
}
function det(a, n, Numbers) {
  const out = new Numbers(a.length / (n * n))
  for (let s = 0; s < out.length; s++) out[s] = eliminate(a.slice(s * n * n, (s + 1) * n * n), n).det
  return out
}`
