/** ONNX Runtime on the CPU, natively. */
import { notInstalled } from './messages.ts'
import { openOnnx, type Ort } from './onnx-session.ts'
import type { Runtime } from './session.ts'

/** The default in Node. */
export const onnxruntimeNode: Runtime = {
  name: 'onnxruntime-node',
  precision: 'float32',
  async open(program, options = {}) {
    const ort = await load()
    return openOnnx(ort, program, options, {
      intraOpNumThreads: options.threads ?? 1, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all', logSeverityLevel: 3,
      enableCpuMemArena: true, enableMemPattern: true, ...(options.profile && { enableProfiling: true, profileFilePrefix: options.profile }),
    }, true)
  },
}

/** Spoken through a name, so that what bundles for a browser does not look for native code. */
const native: string = 'onnxruntime-node'

async function load(): Promise<Ort> {
  try {
    return await import(native) as Ort
  } catch (e) {
    throw notInstalled('onnxruntime-node', (e as Error).message)
  }
}
