/** One engine in a process of its own: numbers from a data file, lines of JSON out (see bench/train/protocol.ts). */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** The description of the data, and its tensors with their shapes. */
export function load(path) {
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  const bytes = readFileSync(manifest.bytes)
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  const volume = shape => shape.reduce((v, n) => v * n, 1)
  return { manifest, tensors: manifest.entries.map(e => ({ ...e, data: all.slice(e.offset, e.offset + volume(e.shape)) })) }
}

/**
 * Serves an engine in this process, ours and the peers': `step(n)` makes n steps and gives the loss before the last one.
 * @param {string} version
 * @param {(n: number) => Promise<number>} step
 * @returns {Promise<void>}
 */
export async function serve(version, step) {
  const say = line => process.stdout.write(`${JSON.stringify(line)}\n`)
  const cpuSeconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }
  say({ version, loss: await step(1) })
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, n] = line.split(' ')
    if (word === 'end') { say({ peakMemoryMB: process.resourceUsage().maxRSS / 1024 }); break }
    const [start, cpu] = [performance.now(), cpuSeconds()]
    const loss = await step(Number(n))
    say({ seconds: (performance.now() - start) / 1000, cpu: cpuSeconds() - cpu, loss })
  }
}
