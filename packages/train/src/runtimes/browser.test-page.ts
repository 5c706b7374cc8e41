/** What runs in the browser: the samples of the conformance suite on ONNX Runtime as WebAssembly. What is wrong goes back to the server. */
import { networks, operationSamples, wrongOf } from './conformance.test-helper.ts'
import { onnxruntimeWeb } from './onnxruntime-web.ts'

/** What the page tells the test. */
export interface Told { readonly checked: number; readonly wrong: readonly string[]; readonly agent: string; readonly isolated: boolean }

// what is used of the browser: this folder is checked as what runs in Node
declare const navigator: { readonly userAgent: string }
declare const location: { readonly search: string }
declare const crossOriginIsolated: boolean

async function all(count: number, first: number): Promise<Told> {
  const samples = [...operationSamples, ...networks(first, count)]
  return { checked: samples.length, wrong: await wrongOf(onnxruntimeWeb, samples), agent: navigator.userAgent, isolated: crossOriginIsolated }
}

const asked = new URLSearchParams(location.search)
const told = await all(Number(asked.get('networks')), Number(asked.get('seed'))).catch((e: unknown) => ({ wrong: [String(e)] }))
await fetch('/told', { method: 'POST', body: JSON.stringify(told) })
