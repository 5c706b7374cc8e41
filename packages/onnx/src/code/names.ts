/** Names of a program's nodes as identifiers of a programming language. */
import { lower } from '@chainrule/core'

const RESERVED = new Set(['and', 'as', 'assert', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield', 'np', 'torch', 'read', 'write', 'None', 'True', 'False'])

/** `W^(1)` is W_1, `h.dense.W` h_dense_W, `gradient of h` d_h. */
export function identifier(name: string): string {
  const text = name.replace(/^gradient of /, 'd_').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'v'
  return /^\d/.test(text) || RESERVED.has(text) ? `v_${text}` : text
}

/** A name for every node, all different; numbers are written where they stand and have none. */
export function nodeNames(p: lower.Program): string[] {
  const taken = new Set<string>()
  const unused = (wanted: string): string => {
    let name = wanted
    for (let k = 2; taken.has(name); k++) name = `${wanted}_${k}`
    taken.add(name)
    return name
  }
  const inputs = new Map(p.nodes.flatMap((n, k) => (n.kind === 'input' || n.kind === 'one-hot' ? [[k, unused(identifier(n.name))] as const] : [])))
  return p.nodes.map((_, k) => inputs.get(k) ?? unused(p.names?.[k] ? identifier(p.names[k]) : `t${k}`))
}

export const inputNames = (p: lower.Program): { readonly name: string; readonly identifier: string; readonly shape: readonly number[]; readonly classes?: number }[] => {
  const names = nodeNames(p)
  const at = new Map(p.nodes.flatMap((n, k) => (n.kind === 'input' || n.kind === 'one-hot' ? [[n.name, names[k]!] as const] : [])))
  return lower.inputsOf(p).map(i => ({ ...i, identifier: at.get(i.name)! }))
}
