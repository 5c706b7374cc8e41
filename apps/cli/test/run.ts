/** Runs the built command line as a user would. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../build.mjs'

export const entry = fileURLToPath(new URL('../dist/chainrule.js', import.meta.url))

export interface Outcome { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs it in a folder, with text on its standard input. */
export function run(args: readonly string[], options: { cwd?: string; input?: string; env?: Record<string, string> } = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], { cwd: options.cwd, env: { ...process.env, FORCE_COLOR: '', ...options.env } })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
    child.on('error', reject)
    child.on('close', code => resolve({ code, stdout, stderr }))
    // A run that ends without reading closes its input; that is not what is tested.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}

/** The command that starts it, for a shell. */
export const shellCommand = `"${process.execPath}" "${entry}"`

/** A new folder with these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** Called once by each file that spawns the command line. */
export const buildOnce = (): Promise<void> => build()
