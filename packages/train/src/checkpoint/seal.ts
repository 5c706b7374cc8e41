/**
 * A seal: the SHA-256 of the whole file, with its own 64 digits taken as 0, is the first text of the header. A file that is cut off,
 * half written or changed in any bit does not match it. Other readers of safetensors see one more text.
 */
import { encodeSafetensors, type TensorFile } from './safetensors.ts'

const key = 'chainrule.sha256'
const before = `{"__metadata__":{"${key}":"`
const at = 8 + before.length
const digits = 64
const zeros = '0'.repeat(digits)

/** The bytes of a sealed file. */
export async function encodeSealed({ tensors, metadata }: TensorFile): Promise<Uint8Array> {
  const bytes = encodeSafetensors({ tensors, metadata: { [key]: zeros, ...metadata } })
  bytes.set(new TextEncoder().encode(await digest(bytes)), at)
  return bytes
}

/** `whole`: the seal fits. `broken`: it does not. `none`: the file has no seal, as files from elsewhere. */
export async function checkSeal(bytes: Uint8Array): Promise<'whole' | 'broken' | 'none'> {
  if (new TextDecoder().decode(bytes.subarray(8, at)) !== before || bytes.length < at + digits) return 'none'
  const found = new TextDecoder().decode(bytes.subarray(at, at + digits))
  const blank = bytes.slice()
  blank.set(new TextEncoder().encode(zeros), at)
  return (await digest(blank)) === found ? 'whole' : 'broken'
}

async function digest(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(hash)].map(b => b.toString(16).padStart(2, '0')).join('')
}
