/** The numbers that every engine of a row starts from, as a file: parameters and one batch, the same in every run. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { findOptimiser, lower, type Network, readNetwork } from '@chainrule/core'
import type { Work } from './works.ts'

/** The learning rate of all engines: the loss moves, and stays finite. */
export const RATE = 0.01

export interface Entry { readonly name: string; readonly role: 'parameter' | 'input'; readonly shape: readonly number[]; readonly offset: number }
export interface Manifest { readonly id: string; readonly batch: number; readonly rate: number; readonly entries: readonly Entry[]; readonly bytes: string }

export const networkOf = (w: Work): Network => readNetwork(w.text, w.work)
export const stepOf = (network: Network, batch: number): lower.StepProgram => lower.stepProgram(network, { samples: batch }, { optimiser: findOptimiser('sgd') })

/** Numbers between -scale and scale. */
function noise(n: number, scale: number, seed: number): Float32Array {
  let s = 12345 + 7919 * seed
  return Float32Array.from({ length: n }, () => { s = (Math.imul(s, 1103515245) + 12345) & 0x7fffffff; return (s / 0x40000000 - 1) * scale })
}

function valuesOf(name: string, shape: readonly number[], role: Entry['role'], seed: number): Float32Array {
  const n = lower.volume(shape)
  if (role === 'parameter') {
    const fan = lower.volume(shape.slice(1))
    return /gamma/.test(name) ? new Float32Array(n).fill(1) : shape.length < 2 ? new Float32Array(n) : noise(n, Math.sqrt(3 / fan), seed)
  }
  if (name !== 't') return noise(n, 1, seed)
  const width = shape.length > 1 ? shape.at(-1)! : 1
  return Float32Array.from({ length: n }, (_, k) => (width === 1 ? k % 2 : Number(k % width === (Math.floor(k / width) * 7) % width)))
}

/** Writes the file of a row and returns where its description lies. */
export function writeData(w: Work, folder: string): string {
  const network = networkOf(w)
  const parameters = new Set(lower.parametersOf(network).map(p => p.name))
  const wanted = lower.inputsOf(stepOf(network, w.batch).program).filter(i => parameters.has(i.name) || i.name === 'x' || i.name === 't')
  let offset = 0
  const parts: Float32Array[] = []
  const entries = wanted.map(({ name, shape }, k): Entry => {
    const role = parameters.has(name) ? 'parameter' : 'input'
    parts.push(valuesOf(name, shape, role, k))
    const made = { name, role, shape, offset } as const
    offset += lower.volume(shape)
    return made
  })
  const all = new Float32Array(offset)
  parts.forEach((p, k) => all.set(p, entries[k]!.offset))
  mkdirSync(folder, { recursive: true })
  const path = `${folder}/${w.id}-${w.batch}`
  writeFileSync(`${path}.bin`, new Uint8Array(all.buffer))
  writeFileSync(`${path}.json`, JSON.stringify({ id: w.id, batch: w.batch, rate: RATE, entries, bytes: `${path}.bin` } satisfies Manifest))
  return `${path}.json`
}
