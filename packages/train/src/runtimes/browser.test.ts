/** The WebAssembly runtime in a real browser, headless Chromium: the operations and some random networks. Where there is none, the test is skipped and says so. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import type { Told } from './browser.test-page.ts'

const chromium = [process.env.CHAINRULE_CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome', 'chrome'].find(name => name && spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
const count = Math.round(Number(process.env.CHAINRULE_NETWORKS ?? 500) * 0.04)
const ort = fileURLToPath(new URL('../../../../node_modules/onnxruntime-web/dist/', import.meta.url))
const PAGE = '<!doctype html><script type="importmap">{"imports":{"onnxruntime-web":"/ort/ort.wasm.min.mjs"}}</script><script type="module" src="/page.mjs"></script>'
const TYPES: Readonly<Record<string, string>> = { mjs: 'text/javascript', wasm: 'application/wasm' }

/** Serves the page, isolated, so that it may have threads; `told` gets what it sends back. */
function serve(script: string, told: (text: string) => void): Promise<Server> {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = new URL(request.url!, 'http://localhost').pathname
    const send = (type: string, body: string | Buffer): void => { response.writeHead(200, { 'content-type': type, 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }).end(body) }
    if (path === '/told') {
      let text = ''
      request.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => { send('text/plain', ''); told(text) })
    } else if (path === '/page.mjs') send('text/javascript', script)
    else if (/^\/ort\/[\w.-]+$/.test(path)) send(TYPES[path.split('.').at(-1)!] ?? 'text/plain', readFileSync(`${ort}${path.slice('/ort/'.length)}`))
    else send('text/html', PAGE)
  }
  const server = createServer(answer)
  return new Promise(resolve => { server.listen(0, '127.0.0.1', () => resolve(server)) })
}

it.skipIf(chromium === undefined)(`onnxruntime-web in headless Chromium has the gradients of all operations and of ${count} random networks${chromium === undefined ? ' (no Chromium here: set CHAINRULE_CHROMIUM to its path)' : ''}`, async () => {
  const made = await build({ entryPoints: [fileURLToPath(new URL('browser.test-page.ts', import.meta.url))], bundle: true, format: 'esm', platform: 'browser', target: 'es2022', external: ['onnxruntime-web'], write: false, logLevel: 'silent' })
  const profile = mkdtempSync(join(tmpdir(), 'chainrule-chromium-'))
  let stop = (): Promise<unknown> => Promise.resolve()
  try {
    const told = await new Promise<Told>((resolve, reject) => {
      void serve(made.outputFiles[0]!.text, text => { resolve(JSON.parse(text) as Told) }).then(server => {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?networks=${count}&seed=${process.env.CHAINRULE_SEED ?? 1}`
        const browser = spawn(chromium!, ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', `--user-data-dir=${profile}`, url], { stdio: 'ignore', detached: true, env: { ...process.env, TMPDIR: profile } })
        const gone = new Promise(done => { browser.on('close', done) })
        browser.on('error', reject).on('exit', code => { reject(new Error(`Chromium ended with ${code}`)) })
        // the browser is several processes: one group
        stop = () => { browser.removeAllListeners('exit'); process.kill(-browser.pid!, 'SIGKILL'); server.closeAllConnections(); server.close(); return gone }
      })
    })
    expect(told.wrong).toEqual([])
    expect(told.checked).toBeGreaterThan(100)
    expect(told.isolated).toBe(true)
    expect(told.agent).toMatch(/Chrome/)
  } finally {
    await stop()
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}, 120_000)
