/** The other engines: where each is found, and how it is started. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Command } from './engine.ts'

export interface PeerRequest { readonly data: string; readonly threads: number }

const PEERS = 'bench/peers'
const VENV = 'bench/.tmp/python'
/** Where Python may be, the bench's own first. */
const PYTHONS = [`${VENV}/bin/python3`, 'python3', '/usr/bin/python3']
const found = new Map<string, string | undefined>()

/** The first Python that has a module. */
function pythonWith(module: string): string | undefined {
  if (!found.has(module)) found.set(module, PYTHONS.find(p => (p.includes('/') ? existsSync(p) : true) && spawnSync(p, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0))
  return found.get(module)
}

/** One thread count for every library that may be inside; kernels as the library finds best, whatever the environment says. */
const threadsIn = (n: number): Record<string, string | undefined> => ({
  OMP_NUM_THREADS: String(n), MKL_NUM_THREADS: String(n), OPENBLAS_NUM_THREADS: String(n), OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined,
})

const python = (module: string, script: string) => ({ data, threads }: PeerRequest): Command | string => {
  const file = pythonWith(module)
  return file === undefined ? `no Python here imports ${module}; --install puts it into ${VENV}` : { file, args: [`${PEERS}/${script}`, data, String(threads)], env: threadsIn(threads) }
}

const node = (name: string, script: string) => ({ data, threads }: PeerRequest): Command | string => {
  if (threads > 1) return `${name} has one thread in Node`
  return existsSync(`${PEERS}/node_modules/${name}`) ? { file: process.execPath, args: [`${PEERS}/${script}`, data] } : `${name} is not installed; --install puts it into ${PEERS}`
}

export const PEER_ENGINES: Readonly<Record<string, (r: PeerRequest) => Command | string>> = {
  pytorch: python('torch', 'torch_engine.py'),
  numpy: python('numpy', 'numpy_engine.py'),
  'tfjs wasm': node('@tensorflow/tfjs-backend-wasm', 'tfjs-engine.mjs'),
  'jax-js wasm': node('@jax-js/jax', 'jax-engine.mjs'),
}

export const blas = python('numpy', 'blas_engine.py')
/** Multiply-adds of a step of `blas`. */
export const BLAS_MACS = 1024 ** 3

/** Installs the peers: those of npm into bench/peers, those of Python into an environment of their own. What cannot be had is said and left out. */
export function installPeers(): void {
  const run = (file: string, args: readonly string[]): boolean => spawnSync(file, [...args], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  if (!run('npm', ['install', '--prefix', PEERS, '--ignore-scripts', '--no-audit', '--no-fund'])) console.error('bench: the peers of npm could not be installed')
  if (!existsSync(`${VENV}/bin/pip`) && !run('python3', ['-m', 'venv', VENV])) { console.error('bench: no Python environment could be made'); return }
  for (const name of ['numpy', 'torch']) if (!run(`${VENV}/bin/pip`, ['install', name])) console.error(`bench: ${name} could not be installed`)
}
