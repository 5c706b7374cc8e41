/** Our own engines: the derived step on a runtime of ours, with the ways that were measured for this machine. */
import { readFileSync } from 'node:fs'
import { lower } from '@chainrule/core'
import { chooser, javascript, onnxruntimeNode, onnxruntimeWeb, type Runtime, tune } from '../../packages/train/src/runtimes/index.ts'
import { machineName, processorClock, tuneCacheIn } from '../../packages/train/src/runtimes/tune-cache.ts'
import { type Manifest, networkOf, stepOf } from './data.ts'
import { serve } from '../peers/engine.mjs'
import { WORKS } from './works.ts'

export const OURS: Readonly<Record<string, Runtime>> = { chainrule: onnxruntimeNode, 'chainrule javascript': javascript, 'chainrule wasm': onnxruntimeWeb }

export interface OursOptions { readonly engine: string; readonly data: string; readonly threads: number; readonly cache: string; readonly ways?: readonly string[]; readonly tune: boolean; readonly profile?: string }

/** Serves one engine on the row of a data file. */
export async function serveOurs({ engine, data, threads, cache, ways, tune: tuned, profile }: OursOptions): Promise<void> {
  const manifest = JSON.parse(readFileSync(data, 'utf8')) as Manifest
  const work = WORKS.find(w => w.id === manifest.id && w.batch === manifest.batch)!
  const runtime = OURS[engine]!
  const { program, scalars } = stepOf(networkOf(work), work.batch)
  const measured = !tuned || ways || runtime === javascript ? undefined
    : await tune(runtime, program, { threads, cache: tuneCacheIn(cache), machine: machineName(), seconds: 90, ...(threads === 1 ? { clock: processorClock } : {}), onTrial: t => { process.stderr.write(`${JSON.stringify(t)}\n`) } })
  const choose = measured ? chooser(measured) : (site: lower.Site): string => ways?.find(w => site.ways.includes(w)) ?? site.ways[0]!
  const session = await runtime.open(program, { threads, choose, ...(profile === undefined ? {} : { profile }) })
  const bytes = readFileSync(manifest.bytes)
  const valuesOf = new Map(manifest.entries.map(e => [e.name, new Float32Array(bytes.buffer, bytes.byteOffset + 4 * e.offset, lower.volume(e.shape)).slice()]))
  for (const e of manifest.entries) if (e.role === 'parameter') session.write(e.name, valuesOf.get(e.name)!)
  const numbers = lower.compile(scalars)({ rate: Float64Array.of(manifest.rate), step: Float64Array.of(1) })
  const feeds = Object.fromEntries(session.inputs.map(i => [i.name, valuesOf.get(i.name) ?? numbers[i.name]![0]!]))
  const loss = session.outputs[0]!
  await serve(runtime.name, async n => {
    let last: Awaited<ReturnType<typeof session.run>> = {}
    for (let k = 0; k < n; k++) last = await session.run(feeds)
    return Number(last[loss]![0])
  })
  await session.close()
}
