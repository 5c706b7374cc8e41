/** What an engine in a process of its own says: lines of JSON, one for each line that it is given: `run 10`, `end`. */
import { createInterface } from 'node:readline'

/** The first line: the engine is there, has made its first step, and this was the loss. */
export interface Ready { readonly version: string; readonly loss: number }
export interface Ran { readonly seconds: number; readonly cpu: number; readonly loss: number }
export interface Ended { readonly peakMemoryMB: number }

const cpuSeconds = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }

/** Serves an engine in this process: `step` makes n steps and gives the loss before the last one. */
export async function serve(version: string, step: (n: number) => Promise<number>): Promise<void> {
  const say = (line: Ready | Ran | Ended): void => { process.stdout.write(`${JSON.stringify(line)}\n`) }
  say({ version, loss: await step(1) })
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, n] = line.split(' ')
    if (word === 'end') { say({ peakMemoryMB: process.resourceUsage().maxRSS / 1024 }); break }
    const [start, cpu] = [performance.now(), cpuSeconds()]
    const loss = await step(Number(n))
    say({ seconds: (performance.now() - start) / 1000, cpu: cpuSeconds() - cpu, loss })
  }
}
