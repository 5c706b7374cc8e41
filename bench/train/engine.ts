/** Engines as processes: started, asked for steps, ended. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Ended, Ran, Ready } from './protocol.ts'

export interface Command { readonly file: string; readonly args: readonly string[]; readonly env?: Readonly<Record<string, string | undefined>> }

export interface Engine {
  readonly name: string
  readonly ready: Ready
  /** From the start of the process to the end of its first step. */
  readonly secondsToFirstStep: number
  readonly run: (steps: number) => Promise<Ran>
  readonly end: () => Promise<Ended>
  readonly kill: () => void
  /** When the process is gone. */
  readonly gone: Promise<void>
}

/** An engine that has not made its first step after so many seconds is given up. */
const PATIENCE = 120

/** Starts an engine, or says why it cannot run. */
export async function startEngine(name: string, { file, args, env }: Command): Promise<Engine | string> {
  const start = performance.now()
  const child = spawn(file, [...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  const gone = new Promise<void>(resolve => { child.on('close', () => { resolve() }) })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors = (errors + text).slice(-4000) })
  child.stdin.on('error', () => { /* the reply will be missing */ })
  const lines = repliesOf(child)
  let late = false
  const limit = setTimeout(() => { late = true; child.kill('SIGKILL') }, 1000 * PATIENCE)
  const why = (): string => errors.trim().split('\n').reverse().find(line => /error|not|cannot/i.test(line)) ?? errors.trim().split('\n').at(-1) ?? 'it ended'
  try {
    const ready = await lines() as Ready
    const secondsToFirstStep = (performance.now() - start) / 1000
    const ask = async <T>(line: string): Promise<T> => { child.stdin.write(`${line}\n`); return await lines() as T }
    return { name, ready, secondsToFirstStep, run: n => ask(`run ${n}`), end: async () => { const made = await ask<Ended>('end'); child.stdin.end(); return made }, kill: () => child.kill(), gone }
  } catch {
    return late ? `no step within ${PATIENCE} s` : why()
  } finally {
    clearTimeout(limit)
  }
}

/** The next line of JSON that the process says; fails when it ends instead. */
function repliesOf(child: ChildProcess): () => Promise<unknown> {
  const waiting: ((line: string | undefined) => void)[] = []
  const kept: (string | undefined)[] = []
  const give = (line: string | undefined): void => { const next = waiting.shift(); if (next) next(line); else kept.push(line) }
  createInterface({ input: child.stdout! }).on('line', line => { if (line.startsWith('{')) give(line) })
  child.on('error', () => give(undefined)).on('close', () => give(undefined))
  return async () => {
    const line = kept.length > 0 ? kept.shift() : await new Promise<string | undefined>(resolve => { waiting.push(resolve) })
    if (line === undefined) throw new Error('the engine ended')
    return JSON.parse(line) as unknown
  }
}
