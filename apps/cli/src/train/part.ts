/** The samples that a trained network is asked about. */
import { type Dataset, type Opened, partsFrom } from '@chainrule/train'
import { UsageError } from '../usage-error.ts'
import { machineFlags, machineOf } from './machine.ts'
import { opened, partOf } from './data.ts'
import type { Loaded, ModelFlags } from './model.ts'

export interface Part { readonly data: Dataset; readonly part: string }

/**
 * The part of the data that is asked for. Without one: of the data of the run, its test part or what it was validated by; of other
 * data, their test part or all there are. Throws a UsageError where there are none.
 */
export async function samplesFor(loaded: Loaded, f: ModelFlags & { readonly part?: string }): Promise<Part> {
  const { flags } = loaded
  const { precision } = machineOf(machineFlags(loaded, f)).runtime
  const source = f.data ?? flags.data
  if (source === undefined) throw new UsageError('the run was trained on the samples of its text. Say on what with --data')
  const own = f.data === undefined || f.data === flags.data
  const read = own ? { ...flags, ...f } : f
  const o = await opened(source, read, precision)
  const parts: Opened = own && !o.validation ? await split(o, flags, precision) : o
  const part = f.part ?? (parts.test ? 'test' : own && parts.validation ? 'validation' : 'train')
  return { data: partOf(parts, source, part), part }
}

/** The parts as the run had them. */
async function split(o: Opened, flags: Loaded['flags'], precision: 'float32' | 'float64'): Promise<Opened> {
  const given = typeof flags.validation === 'string' ? (v => v.validation ?? v.train)(await opened(flags.validation, flags, precision)) : flags.validation
  return { ...o, ...partsFrom(o, { data: o, ...(given === undefined ? {} : { validation: given }) }, flags.seed ?? 1) }
}
