/** Programs as generated JavaScript, in doubles: the reference, and the fastest way for networks of single neurons. */
import { lower } from '@chainrule/core'
import { missingFeed, noState, wrongFeed } from './messages.ts'
import { type Numbers, type Runtime, type Session, stateOf } from './session.ts'

/** The program compiled to one function. */
export const javascript: Runtime = {
  name: 'javascript',
  precision: 'float64',
  open: program => Promise.resolve(open(program)),
}

function open(program: lower.Program): Session {
  const small = lower.writtenOut(program)
  if (small) return openSmall(program, small)
  const run = lower.compile(program)
  const state = stateOf(program)
  const all = lower.inputsOf(program)
  const held: Record<string, Float64Array | BigInt64Array> = {}
  for (const i of all) if (state.includes(i.name)) held[i.name] = new Float64Array(lower.volume(i.shape))
  const before: Record<string, Float64Array | BigInt64Array> = {}
  const inputs = all.filter(i => !state.includes(i.name))
  const outputs = program.outputs.map(o => o.name).filter(n => !state.includes(n))
  const need = (name: string): Float64Array | BigInt64Array => { const v = held[name]; if (!v) throw noState(name, state); return v }
  return {
    inputs, outputs, state,
    run: feeds => {
      for (const i of inputs) held[i.name] = doubles(i, feeds[i.name])
      const made = run(held)
      for (const name of state) { before[name] = held[name]!; held[name] = made[name]! }
      return Promise.resolve(Object.fromEntries(outputs.map(name => [name, made[name]!])))
    },
    read: name => need(name).slice(),
    write: (name, values) => { need(name); held[name] = Float64Array.from(values) },
    undo: () => { Object.assign(held, before) },
    close: () => Promise.resolve(),
  }
}

/** A small program written out: everything stays in the same few arrays. */
function openSmall(program: lower.Program, run: NonNullable<ReturnType<typeof lower.writtenOut>>): Session {
  const state = stateOf(program)
  const all = lower.inputsOf(program)
  const inputs = all.filter(i => !state.includes(i.name))
  const outputs = program.outputs.map(o => o.name).filter(n => !state.includes(n))
  const sized = (list: readonly { readonly name: string; readonly shape: readonly number[] }[]): Record<string, Float64Array> => Object.fromEntries(list.map(i => [i.name, new Float64Array(lower.volume(i.shape))]))
  const fed = sized(inputs)
  const results = sized(program.outputs.filter(o => !state.includes(o.name)))
  // two arrays for every state: one is read while the other is written, then they change places; the second is what was before
  const states = [0, 1].map(() => sized(all.filter(i => state.includes(i.name))))
  const read = states.map(so => ({ ...fed, ...so }))
  const written = [...states].reverse().map(so => ({ ...results, ...so }))
  let at = 0
  const need = (name: string): Float64Array => { const v = states[at]![name]; if (!v) throw noState(name, state); return v }
  return {
    inputs, outputs, state,
    run: feeds => {
      for (const i of inputs) {
        const given = feeds[i.name]
        if (typeof given === 'number' && fed[i.name]!.length === 1) fed[i.name]![0] = given
        else fed[i.name]!.set(doubles(i, given) as Float64Array)
      }
      run(read[at]!, written[at]!)
      at = 1 - at
      return Promise.resolve(results)
    },
    read: name => need(name).slice(),
    write: (name, values) => { need(name).set(Array.from(values)) },
    undo: () => { at = 1 - at },
    close: () => Promise.resolve(),
  }
}

function doubles(i: lower.ProgramInput, given: Numbers | number | undefined): Float64Array | BigInt64Array {
  if (given === undefined) throw missingFeed(i.name)
  const values = typeof given === 'number' ? Float64Array.of(given) : given instanceof Float32Array ? Float64Array.from(given) : given
  const wanted = lower.volume(i.shape)
  if (values.length !== wanted) throw wrongFeed(i.name, values.length, wanted)
  return values
}
