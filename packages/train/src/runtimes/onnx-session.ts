/** Sessions of ONNX Runtime, the same in Node and in the browser: feeds, outputs, and state that is never copied. */
import { lower } from '@chainrule/core'
import { encodeModel, modelOf, nextName } from '@chainrule/onnx'
import { missingFeed, noState, wrongFeed } from './messages.ts'
import { type Feeds, type Numbers, type Session, type SessionOptions, stateOf } from './session.ts'

/** The part of the ONNX Runtime API that is used. */
export interface OrtTensor { readonly data: unknown; readonly dims: readonly number[] }
export interface Ort {
  readonly Tensor: new (type: string, data: Float32Array | BigInt64Array, dims: readonly number[]) => OrtTensor
  readonly InferenceSession: { readonly create: (model: Uint8Array, options: Readonly<Record<string, unknown>>) => Promise<OrtSession> }
}
export interface OrtSession {
  readonly run: (feeds: Readonly<Record<string, OrtTensor>>, fetches: Readonly<Record<string, OrtTensor | null>>) => Promise<Readonly<Record<string, OrtTensor>>>
  readonly release: () => Promise<void>
}

/** Prepares a program: planned, written as a model, loaded. */
export async function openOnnx(ort: Ort, program: lower.Program, options: SessionOptions, settings: Readonly<Record<string, unknown>>, inPlace: boolean): Promise<Session> {
  const { plan } = lower.planOf(program, options.choose ? { choose: options.choose } : {})
  const bytes = encodeModel(modelOf(plan, { name: 'program' }).model)
  const session = await ort.InferenceSession.create(bytes, settings)
  return sessionOf(ort, session, program, inPlace)
}

function sessionOf(ort: Ort, session: OrtSession, program: lower.Program, inPlace: boolean): Session {
  const state = stateOf(program)
  const all = lower.inputsOf(program)
  const isState = (name: string): boolean => state.includes(name)
  const inputs = all.filter(i => !isState(i.name))
  const outputs = program.outputs.filter(o => !isState(o.name))
  const tensor = (shape: readonly number[]): OrtTensor => new ort.Tensor('float32', new Float32Array(lower.volume(shape)), shape)
  // two buffers for every state: one is read while the other is written, then they change places; the second is what was before
  const now: Record<string, OrtTensor> = {}
  const next: Record<string, OrtTensor> = {}
  for (const i of all) if (isState(i.name)) { now[i.name] = tensor(i.shape); next[i.name] = tensor(i.shape) }
  const results: Record<string, OrtTensor> = Object.fromEntries(outputs.map(o => [o.name, tensor(o.shape)]))
  const feeds: Record<string, OrtTensor> = {}
  const fetches: Record<string, OrtTensor | null> = {}
  const need = (name: string): OrtTensor => { const t = now[name]; if (!t) throw noState(name, state); return t }
  return {
    inputs, outputs: outputs.map(o => o.name), state,
    async run(given: Feeds) {
      for (const i of inputs) feeds[i.name] = fed(ort, i, given[i.name])
      for (const name of state) { feeds[name] = now[name]!; fetches[nextName(name)] = inPlace ? next[name]! : null }
      for (const o of outputs) fetches[o.name] = inPlace ? results[o.name]! : null
      const made = await session.run(feeds, fetches)
      for (const name of state) {
        const before = now[name]!
        now[name] = inPlace ? next[name]! : made[nextName(name)]!
        next[name] = before
      }
      return Object.fromEntries(outputs.map(o => [o.name, (inPlace ? results : made)[o.name]!.data as Numbers]))
    },
    read: name => (need(name).data as Float32Array).slice(),
    write: (name, values) => { const t = need(name); now[name] = new ort.Tensor('float32', Float32Array.from(values), t.dims) },
    undo: () => { for (const name of state) [now[name], next[name]] = [next[name]!, now[name]!] },
    close: () => session.release(),
  }
}

function fed(ort: Ort, i: lower.ProgramInput, given: Numbers | number | undefined): OrtTensor {
  if (given === undefined) throw missingFeed(i.name)
  const wanted = lower.volume(i.shape)
  if (i.classes !== undefined) {
    const numbers = typeof given === 'number' ? BigInt64Array.of(BigInt(given)) : given instanceof BigInt64Array ? given : BigInt64Array.from(Array.from(given, x => BigInt(x)))
    if (numbers.length !== wanted) throw wrongFeed(i.name, numbers.length, wanted)
    return new ort.Tensor('int64', numbers, i.shape)
  }
  const values = typeof given === 'number' ? Float32Array.of(given) : given instanceof Float32Array ? given : Float32Array.from(given, Number)
  if (values.length !== wanted) throw wrongFeed(i.name, values.length, wanted)
  return new ort.Tensor('float32', values, i.shape)
}
