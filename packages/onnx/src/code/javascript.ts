/** A gradient program as a JavaScript module without dependencies that checks itself when it is run. */
import { lower } from '@chainrule/core'
import type { CodeOptions } from './python.ts'

/** The loss and its gradients as a module; run by Node, it compares them with central differences. */
export function javascriptFileOf(p: lower.Program, options: CodeOptions): string {
  const [loss, ...gradients] = p.outputs
  const inputs = lower.inputsOf(p)
  const forward = lower.withoutDead({ ...p, outputs: [loss!] })
  const drawn = inputs.map(i => {
    const n = lower.volume(i.shape)
    const given = options.values?.get(i.name)
    const value = given ? `Float64Array.of(${Array.from(given).join(', ')})` : i.classes !== undefined ? `Array.from({ length: ${n} }, () => Math.floor(random() * ${i.classes}))`
      : options.oneHot?.includes(i.name) ? `oneHot(${n}, ${i.shape.at(-1)!})` : `Float64Array.from({ length: ${n} }, () => random() - 0.5)`
    return `  ${JSON.stringify(i.name)}: ${value},`
  })
  return `/**
 * ${options.title.replaceAll('*/', '* /')}
 *
 * The forward pass, and the gradients as they were derived. Tensors are flat arrays, row by row.
 * Run this file to check the gradients by central differences.
 */
${lower.JAVASCRIPT_LIBRARY.trim()}

/** ${loss!.name} */
export function forward(inputs) {
${lower.javascriptOf(forward)}
}

/** ${loss!.name}, and its derivatives: ${gradients.map(g => g.name).join(', ')} */
export function lossAndGradients(inputs) {
${lower.javascriptOf(p)}
}

let state = 1
const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32 }
const oneHot = (n, width) => { const t = new Float64Array(n); for (let k = 0; k < n; k += width) t[k + Math.floor(random() * width)] = 1; return t }

/** Numbers to check with. */
export const point = () => ({
${drawn.join('\n')}
})

/** Throws when a gradient differs from central differences of the forward pass. */
export function check(step = 1e-5, tolerance = 1e-6, entries = 20) {
  const at = point()
  const made = lossAndGradients(at)
  let worst = 0
  for (const name of ${JSON.stringify(gradients.map(g => g.name.replace(/^gradient of /, '')))}) {
    const n = at[name]?.length ?? 0
    // one for every sample where the loss has samples
    const gradient = new Float64Array(n)
    made[\`gradient of \${name}\`].forEach((x, k) => { if (n > 0) gradient[k % n] += x })
    const scale = gradient.reduce((m, x) => Math.max(m, Math.abs(x)), 1e-3)
    for (let k = 0; k < gradient.length; k += Math.max(1, Math.floor(gradient.length / entries))) {
      const lossAt = x => { const moved = Float64Array.from(at[name]); moved[k] = x; return forward({ ...at, [name]: moved })[${JSON.stringify(loss!.name)}].reduce((a, b) => a + b, 0) }
      const numeric = (lossAt(at[name][k] + step) - lossAt(at[name][k] - step)) / (2 * step)
      const error = Math.abs(numeric - gradient[k]) / scale
      if (!(error < tolerance)) throw new Error(\`\${name}[\${k}]: derived \${gradient[k]}, by differences \${numeric}\`)
      worst = Math.max(worst, error)
    }
  }
  return worst
}

if (typeof process !== 'undefined' && process.argv?.[1] && import.meta.url.endsWith(encodeURI(process.argv[1].replaceAll('\\\\', '/')))) {
  console.log(\`${gradients.length} gradients agree with central differences, worst error \${check().toExponential(1)}\`)
}
`
}
