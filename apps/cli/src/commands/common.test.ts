import { afterEach, expect, test } from 'vitest'
import { exampleOf, setExit } from './common.ts'

const before = process.exitCode
afterEach(() => { process.exitCode = before })

test('a page with a failed check makes the exit code 1, any other leaves it', () => {
  process.exitCode = 0
  setExit({ ok: true })
  expect(process.exitCode).toBe(0)
  setExit({ ok: false })
  expect(process.exitCode).toBe(1)
  setExit({ ok: true })
  expect(process.exitCode).toBe(1)
})

test('an example shows its file, its command and what that printed', () => {
  expect(exampleOf('values')).toMatch(/^\nExample:\n {2}\$ cat neuron\.chain\n {2}input {2}x = 2\n[\s\S]*\n {2}\$ chainrule values neuron\.chain\n {2}\S/)
})
