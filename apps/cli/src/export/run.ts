/** `chainrule export`: what is written for each target. */
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { inferenceNetwork, lower, type Network } from '@chainrule/core'
import { encodeModel, forwardModel, gradientModel, javascriptFileOf, numpyOf, pytorchOf, summaryOf } from '@chainrule/onnx'
import { encodeSafetensors, forTorch, outputOf } from '@chainrule/train'
import { writeOut } from '../output/write.ts'
import { reasonOf, UsageError } from '../usage-error.ts'
import { BATCH, type ExportFlags, hotOf, sizesFor } from './flags.ts'
import { subjectOf, type Subject } from './subject.ts'
import { stepOf } from './step.ts'

/** Writes the files and says what they hold. Throws a UsageError or a ChainError where that cannot be. */
export async function runExport(net: string, f: ExportFlags): Promise<void> {
  if (f.to !== 'onnx' && f.part !== undefined && f.part !== 'gradients') throw new UsageError(`--part ${f.part} is for --to onnx; code has the forward pass and the gradients`)
  const subject = await subjectOf(net, f)
  switch (f.to) {
    case 'onnx': return onnx(subject, f)
    case 'safetensors': return safetensors(subject, f)
    default: writeOut(code(subject, f), f.output)
  }
}

function code(s: Subject, f: ExportFlags): string {
  const write = { numpy: numpyOf, pytorch: pytorchOf, javascript: javascriptFileOf }[f.to as 'numpy' | 'pytorch' | 'javascript']
  const values = new Map([...s.weights].map(([name, t]) => [name, t.data] as const))
  return write(lower.gradientProgram(s.network, sizesFor(s, f, BATCH)), { title: `${basename(s.network.path)}, by chainrule`, oneHot: hotOf(s.network), ...(values.size > 0 ? { values } : {}) })
}

async function onnx(s: Subject, f: ExportFlags): Promise<void> {
  if (f.output === undefined || f.output === '-') throw new UsageError('a model is no text: say where with -o model.onnx')
  const beside = f.external ? `${basename(f.output)}.data` : undefined
  const written = modelFor(s, f, { doc: `${basename(s.network.path)}, by chainrule`, ...(beside === undefined ? {} : { beside }) })
  await bytesTo(f.output, encodeModel(written.model))
  if (written.beside) await bytesTo(`${f.output}.data`, written.beside)
  const { operators, inputs, outputs, weights } = summaryOf(written.model)
  const count = Object.values(operators).reduce((a, b) => a + b, 0)
  process.stdout.write(`${[
    `${f.output}: ${f.part ?? 'forward'}, ${count} operators, ${weights.toLocaleString('en')} weights${written.beside ? ` (in ${f.output}.data)` : ''}`, `inputs   ${inputs.join(', ')}`, `outputs  ${outputs.join(', ')}`, ...s.notes, ...written.notes,
  ].join('\n')}\n`)
}

function modelFor(s: Subject, f: ExportFlags, options: Parameters<typeof stepOf>[2]): ReturnType<typeof stepOf> {
  const weights = new Map([...s.weights].map(([name, t]) => [name, t.data] as const))
  if (f.part === 'step') return stepOf(s, f, options)
  if (f.part === 'gradients') return { ...gradientModel(s.network, sizesFor(s, f, BATCH), undefined, { ...options, weights }), notes: [] }
  return { ...forwardModel(inUse(s), sizesFor(s, f, 1), [outputName(s.network, f)], { ...options, weights }), notes: [] }
}

/** The network as it is used: without masks, with averages for batch statistics where they are known. */
const inUse = (s: Subject): Network => inferenceNetwork(s.network, { statistics: s.statistics ? 'given' : 'batch' })

function outputName(network: Network, f: ExportFlags): string {
  const { output } = outputOf(network, f.of)
  const last = network.nodes.filter(n => n.definition && !n.inner && n.name !== network.loss).at(-1)
  if (!output && !last) throw new UsageError('this network computes nothing')
  return (output ?? last!).name
}

async function safetensors(s: Subject, f: ExportFlags): Promise<void> {
  if (f.output === undefined || f.output === '-') throw new UsageError('safetensors is no text: say where with -o weights.safetensors')
  if (s.weights.size === 0) throw new UsageError('a network that was never trained has no parameters to write. Give the folder of a run')
  const tensors = forTorch(new Map([...s.weights].map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data as ArrayLike<number>) }])))
  await bytesTo(f.output, encodeSafetensors({ tensors, metadata: { format: 'pt' } }))
  process.stdout.write(`${f.output}: ${[...tensors].map(([name, { shape }]) => `${name}[${shape.join(', ')}]`).join(', ')}\n`)
}

async function bytesTo(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes).catch((error: unknown) => { throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`) })
}
