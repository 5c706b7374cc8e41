/** A gradient program as a file of NumPy or PyTorch code that checks itself when it is run. */
import { lower } from '@chainrule/core'
import { type Dialect, NUMPY, PYTORCH } from './dialect.ts'
import { inputNames, nodeNames } from './names.ts'
import { statements } from './statements.ts'

export interface CodeOptions {
  /** What the file is about: one line. */
  readonly title: string
  /** Entries to check with, by input; random ones where there are none. */
  readonly values?: ReadonlyMap<string, ArrayLike<number>>
  /** Inputs that are drawn one-hot along the last axis. */
  readonly oneHot?: readonly string[]
}

/** The loss and its gradients in NumPy; run, the file compares them with central differences. */
export const numpyOf = (p: lower.Program, options: CodeOptions): string => fileOf(p, NUMPY, options)
/** The same in PyTorch; run, the file compares the derived gradients with those of autograd through the forward pass. */
export const pytorchOf = (p: lower.Program, options: CodeOptions): string => fileOf(p, PYTORCH, options)

const indented = (lines: readonly string[]): string => lines.map(l => (l ? `    ${l}` : '')).join('\n')
const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')

function fileOf(p: lower.Program, d: Dialect, options: CodeOptions): string {
  const [loss, ...gradients] = p.outputs
  const forward = lower.withoutDead({ ...p, outputs: [loss!] })
  const inputs = inputNames(p)
  const parameters = inputs.map(i => i.identifier).join(', ')
  const python = d.module === 'np' ? 'numpy as np' : 'torch'
  return `"""${quoted(options.title)}

The forward pass, and the gradients as they were derived. Run this file to check them.
"""
import math

import ${python}
${d.module === 'torch' ? '\ntorch.set_default_dtype(torch.float64)\n' : ''}${d.library}

def forward(${parameters}):
    """${quoted(loss!.name)}"""
${indented([...oneHots(forward, d), ...statements(forward, d), `return ${result(forward, forward.outputs[0]!, d)}`])}


def loss_and_gradients(${parameters}):
    """${quoted(loss!.name)}, and its derivative by ${quoted(gradients.map(g => g.name.replace(/^gradient of /, '')).join(', '))}"""
${indented([...oneHots(p, d), ...statements(p, d), `return ${result(p, loss!, d)}, {`, ...gradients.map(g => `    "${quoted(g.name.replace(/^gradient of /, ''))}": ${result(p, g, d)},`), '}'])}


${points(inputs, d, options)}

${d.module === 'np' ? differences(inputs) : autograd(inputs)}
`
}

const oneHots = (p: lower.Program, d: Dialect): string[] => {
  const names = nodeNames(p)
  return p.nodes.flatMap((n, k) => (n.kind !== 'one-hot' ? [] : [d.module === 'np' ? `${names[k]!} = np.eye(${n.shape.at(-1)!})[${names[k]!}]` : `${names[k]!} = torch.eye(${n.shape.at(-1)!})[${names[k]!}]`]))
}

/** An output over its own axes. */
function result(p: lower.Program, o: lower.Output, d: Dialect): string {
  const names = nodeNames(p)
  const node = p.nodes[o.node]!
  const name = node.kind === 'number' ? String(node.value) : names[o.node]!
  const have = o.axes.filter(a => a >= 0)
  const turned = have.every((a, k) => a === k) ? name : d.transpose(name, `(${have.join(', ')},)`)
  if (!o.axes.includes(-1)) return turned
  const shape = `(${o.shape.join(', ')},)`
  return d.broadcast(have.length === 0 ? turned : `${turned}[${o.axes.map(a => (a < 0 ? 'None' : ':')).join(', ')}]`, shape)
}

/** Values to check with. */
function points(inputs: ReturnType<typeof inputNames>, d: Dialect, { values, oneHot = [] }: CodeOptions): string {
  const lines = inputs.map(i => {
    const shape = `(${i.shape.map(n => `${n},`).join(' ')})`
    const given = values?.get(i.name)
    const draw = d.module === 'np' ? `rng.normal(size=${shape}) * 0.5` : `torch.randn(${shape}, generator=rng) * 0.5`
    const classes = i.classes ?? i.shape.at(-1) ?? 1
    const lead = i.classes === undefined ? `(${i.shape.slice(0, -1).map(n => `${n},`).join(' ')})` : shape
    const chosen = d.module === 'np' ? `rng.integers(${classes}, size=${lead})` : `torch.randint(${classes}, ${lead}, generator=rng)`
    const hot = d.module === 'np' ? `np.eye(${classes})[${chosen}]` : `torch.eye(${classes})[${chosen}]`
    const value = given ? `${d.module === 'np' ? 'np.array' : 'torch.tensor'}([${Array.from(given).join(', ')}], dtype=${d.module === 'np' ? 'float' : 'torch.get_default_dtype()'}).reshape(${shape})` : i.classes !== undefined ? chosen : oneHot.includes(i.name) ? hot : draw
    return `"${i.identifier}": ${value},`
  })
  return `def point():
    rng = ${d.module === 'np' ? 'np.random.default_rng(1)' : 'torch.Generator().manual_seed(1)'}
    return {
${lines.map(l => `        ${l}`).join('\n')}
    }
`
}

const pairs = (inputs: ReturnType<typeof inputNames>): string => `{${inputs.map(i => `"${quoted(i.name)}": "${i.identifier}"`).join(', ')}}`

const differences = (inputs: ReturnType<typeof inputNames>): string => `
def check(step=1e-5, tolerance=1e-6, entries=20):
    """Central differences of the forward pass, some entries of every gradient."""
    at, argument = point(), ${pairs(inputs)}
    loss, gradients = loss_and_gradients(**at)
    assert np.allclose(loss, forward(**at)), "the loss differs"
    worst = 0.0
    for name, gradient in gradients.items():
        if name not in argument:  # nothing depends on it
            continue
        x = at[argument[name]]
        gradient = np.asarray(gradient)
        if gradient.ndim > x.ndim:  # one for every sample
            gradient = gradient.sum(axis=0)
        scale = max(np.max(np.abs(gradient)), 1e-3)
        for k in range(0, x.size, max(1, x.size // entries)):
            def loss_at(value):
                moved = np.array(x, dtype=float)
                moved.reshape(-1)[k] = value
                return np.sum(forward(**{**at, argument[name]: moved}))

            x0 = x.reshape(-1)[k]
            numeric = (loss_at(x0 + step) - loss_at(x0 - step)) / (2 * step)
            error = abs(numeric - gradient.reshape(-1)[k]) / scale
            assert error < tolerance, f"{name}[{k}]: derived {gradient.reshape(-1)[k]}, by differences {numeric}"
            worst = max(worst, error)
    print(f"loss {float(np.sum(loss)):.6g}; {len(gradients)} gradients agree with central differences, worst error {worst:.1e}")


if __name__ == "__main__":
    check()`

const autograd = (inputs: ReturnType<typeof inputNames>): string => `
def check(tolerance=1e-9):
    """The derived gradients against autograd through the forward pass."""
    at, argument = point(), ${pairs(inputs)}
    loss, gradients = loss_and_gradients(**at)
    gradients = {name: torch.as_tensor(g) for name, g in gradients.items() if name in argument}
    leaves = {name: at[argument[name]].clone().requires_grad_(True) for name in gradients}
    value = forward(**{**at, **{argument[name]: x for name, x in leaves.items()}})
    if value.requires_grad:
        torch.sum(value).backward()
    worst = 0.0
    for name, gradient in gradients.items():
        other = leaves[name].grad if leaves[name].grad is not None else torch.zeros_like(leaves[name])
        if gradient.ndim > other.ndim:  # one for every sample
            gradient = gradient.sum(dim=0)
        scale = max(float(torch.max(torch.abs(other))), 1e-3)
        error = float(torch.max(torch.abs(gradient - other))) / scale
        assert error < tolerance, f"{name}: derived and autograd differ by {error:.1e}"
        worst = max(worst, error)
    print(f"loss {float(torch.sum(loss)):.6g}; {len(gradients)} gradients agree with autograd, worst error {worst:.1e}")


if __name__ == "__main__":
    check()`
