/** ONNX Runtime as WebAssembly with threads: in the browser and in Node. */
import { notInstalled } from './messages.ts'
import { openOnnx, type Ort } from './onnx-session.ts'
import type { Runtime } from './session.ts'

export const onnxruntimeWeb: Runtime = {
  name: 'onnxruntime-web',
  precision: 'float32',
  async open(program, options = {}) {
    const ort = await load()
    // the number of threads holds for the whole page or process: the first session sets it
    ort.env.wasm.numThreads = options.threads ?? 1
    return openOnnx(ort, program, options, { executionProviders: ['wasm'], graphOptimizationLevel: 'all', logSeverityLevel: 3 }, false)
  },
}

type Web = Ort & { readonly env: { readonly wasm: { numThreads?: number } } }

async function load(): Promise<Web> {
  try {
    return await import('onnxruntime-web') as unknown as Web
  } catch (e) {
    throw notInstalled('onnxruntime-web', (e as Error).message)
  }
}
