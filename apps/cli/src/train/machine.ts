/** What computes: the runtime of a device, and where measured choices are kept. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { TrainOptions } from '@chainrule/train'
import { machineName, processorClock, tuneCacheIn } from '@chainrule/train/node'
import { javascript, onnxruntimeNode, onnxruntimeWeb, type Runtime } from '@chainrule/train/runtimes'
import type { MachineFlags } from './options.ts'

const runtimes: Readonly<Record<NonNullable<MachineFlags['device']>, Runtime>> = { cpu: onnxruntimeNode, wasm: onnxruntimeWeb, javascript }

export const machineOf = ({ device = 'cpu', threads }: MachineFlags): { readonly runtime: Runtime; readonly threads?: number } => ({ runtime: runtimes[device], ...(threads === undefined ? {} : { threads }) })

/** What is asked for, else what the run was computed by. */
export const machineFlags = ({ flags }: { readonly flags: MachineFlags }, f: MachineFlags): MachineFlags => ({ device: f.device ?? flags.device, threads: f.threads ?? flags.threads })

/** The folder for what can be found out again. */
const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] ?? process.env['LOCALAPPDATA'] ?? join(homedir(), '.cache'), 'chainrule', 'tune')

/** On one thread processor time is what a step costs, whatever else the machine does. */
export const tuningOf = ({ threads = 1 }: MachineFlags): NonNullable<TrainOptions['tuning']> => ({ cache: tuneCacheIn(cacheFolder()), machine: machineName(), ...(threads === 1 ? { clock: processorClock } : {}) })
