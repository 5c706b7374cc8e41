/** What NumPy and PyTorch call things. */
import type { lower } from '@chainrule/core'

export interface Dialect {
  readonly module: 'np' | 'torch'
  readonly maps: Readonly<Record<lower.MapFunction, (...x: string[]) => string>>
  readonly sum: (x: string, axes: string) => string
  readonly max: (x: string, axes: string) => string
  readonly broadcast: (x: string, shape: string) => string
  readonly transpose: (x: string, axes: string) => string
  /** Functions that the emitted code calls. */
  readonly library: string
}

const shared = {
  add: (a: string, b: string) => `${a} + ${b}`, sub: (a: string, b: string) => `${a} - ${b}`, mul: (a: string, b: string) => `${a} * ${b}`, div: (a: string, b: string) => `${a} / ${b}`,
  pow: (a: string, b: string) => `${a} ** ${b}`, neg: (a: string) => `-${a}`, reciprocal: (a: string) => `1 / ${a}`, square: (a: string) => `${a} ** 2`,
}
const named = (module: string, names: readonly string[]): Record<string, (...x: string[]) => string> =>
  Object.fromEntries(names.map(n => [n, (...x: string[]) => `${module}.${n}(${x.join(', ')})`]))

const plain = ['exp', 'log', 'sqrt', 'abs', 'sign', 'tanh', 'sin', 'cos']

export const NUMPY: Dialect = {
  module: 'np',
  maps: {
    ...shared, ...named('np', plain), max: (a: string, b: string) => `np.maximum(${a}, ${b})`, min: (a: string, b: string) => `np.minimum(${a}, ${b})`,
    relu: (a: string) => `np.maximum(0, ${a})`, step: (a: string) => `(${a} > 0) * 1.0`, gate: (a: string, b: string) => `np.where(${a} > 0, ${b}, 0.0)`,
    sigmoid: (a: string) => `sigmoid(${a})`, softplus: (a: string) => `np.logaddexp(0, ${a})`, erf: (a: string) => `erf(${a})`,
  } as unknown as Dialect['maps'],
  sum: (x, axes) => `np.sum(${x}, axis=${axes})`,
  max: (x, axes) => `np.max(${x}, axis=${axes})`,
  broadcast: (x, shape) => `np.broadcast_to(${x}, ${shape})`,
  transpose: (x, axes) => `np.transpose(${x}, ${axes})`,
  library: `
def sigmoid(x):
    """1 / (1 + e^-x), without overflow"""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


erf = np.vectorize(math.erf, otypes=[float])


def positions(places, sizes):
    """Where each axis stands, sum of coefficient * loop + constant, for every value of the loops."""
    used = sorted({loop for terms, _ in places for loop, _ in terms})
    grid = dict(zip(used, np.indices([sizes[loop] for loop in used])))
    shape = tuple(sizes[loop] for loop in used)
    return [np.broadcast_to(sum((c * grid[loop] for loop, c in terms), np.asarray(constant)), shape) for terms, constant in places]


def read(x, places, sizes, outside=0.0):
    """x at affine places, along the loops in rising order; what lies outside is \`outside\`."""
    at = positions(places, sizes)
    inside = np.ones(at[0].shape if at else (), dtype=bool)
    for p, n in zip(at, x.shape):
        inside = inside & (p >= 0) & (p < n)
    return np.where(inside, x[tuple(np.clip(p, 0, n - 1) for p, n in zip(at, x.shape))], outside)


def write(x, places, sizes, shape):
    """The other way: x, along the loops in rising order, added up at affine places."""
    at = positions(places, sizes)
    inside = np.ones(at[0].shape if at else (), dtype=bool)
    for p, n in zip(at, shape):
        inside = inside & (p >= 0) & (p < n)
    out = np.zeros(shape)
    np.add.at(out, tuple(p[inside] for p in at), np.broadcast_to(x, inside.shape)[inside])
    return out


def softmax(x, axes, mask=1.0):
    x = np.where(mask != 0, x, -np.inf)
    e = np.exp(x - np.max(x, axis=axes, keepdims=True))
    return e / np.sum(e, axis=axes, keepdims=True)


def logsumexp(x, axes, mask=1.0):
    x = np.where(mask != 0, x, -np.inf)
    m = np.max(x, axis=axes, keepdims=True)
    return np.squeeze(m + np.log(np.sum(np.exp(x - m), axis=axes, keepdims=True)), axis=axes)


def log_softmax(x, axes):
    return x - np.expand_dims(logsumexp(x, axes), axes)


def winner(x, axes):
    """1 at the first greatest entry along the last axes, else 0"""
    flat = x.reshape(x.shape[:x.ndim - axes] + (-1,))
    return (np.argmax(flat, axis=-1)[..., None] == np.arange(flat.shape[-1])).astype(float).reshape(x.shape)
`,
}

export const PYTORCH: Dialect = {
  module: 'torch',
  maps: {
    ...shared, ...named('torch', [...plain, 'sigmoid', 'relu', 'erf']), max: (a: string, b: string) => `maximum(${a}, ${b})`, min: (a: string, b: string) => `minimum(${a}, ${b})`,
    step: (a: string) => `(${a} > 0).to(torch.get_default_dtype())`, gate: (a: string, b: string) => `torch.where(${a} > 0, ${b}, 0.0)`, softplus: (a: string) => `torch.nn.functional.softplus(${a}, threshold=60)`,
  } as unknown as Dialect['maps'],
  sum: (x, axes) => `torch.sum(${x}, dim=${axes})`,
  max: (x, axes) => `torch.amax(${x}, dim=${axes})`,
  broadcast: (x, shape) => `torch.broadcast_to(torch.as_tensor(${x}), ${shape})`,
  transpose: (x, axes) => `torch.permute(${x}, ${axes})`,
  library: `
def real(x):
    return torch.as_tensor(x, dtype=torch.get_default_dtype())


def maximum(a, b):
    return torch.maximum(real(a), real(b))


def minimum(a, b):
    return torch.minimum(real(a), real(b))


def positions(places, sizes):
    """Where each axis stands, sum of coefficient * loop + constant, for every value of the loops."""
    used = sorted({loop for terms, _ in places for loop, _ in terms})
    grid = dict(zip(used, torch.meshgrid(*[torch.arange(sizes[loop]) for loop in used], indexing="ij"))) if used else {}
    shape = tuple(sizes[loop] for loop in used)
    return [torch.broadcast_to(sum((c * grid[loop] for loop, c in terms), torch.tensor(constant)), shape) for terms, constant in places]


def read(x, places, sizes, outside=0.0):
    """x at affine places, along the loops in rising order; what lies outside is \`outside\`."""
    at = positions(places, sizes)
    inside = torch.ones(at[0].shape if at else (), dtype=torch.bool)
    for p, n in zip(at, x.shape):
        inside = inside & (p >= 0) & (p < n)
    return torch.where(inside, x[tuple(torch.clamp(p, 0, n - 1) for p, n in zip(at, x.shape))], outside)


def write(x, places, sizes, shape):
    """The other way: x, along the loops in rising order, added up at affine places."""
    at = positions(places, sizes)
    inside = torch.ones(at[0].shape if at else (), dtype=torch.bool)
    for p, n in zip(at, shape):
        inside = inside & (p >= 0) & (p < n)
    out = torch.zeros(shape, dtype=torch.get_default_dtype())
    values = torch.broadcast_to(torch.as_tensor(x, dtype=out.dtype), inside.shape)[inside]
    return out.index_put(tuple(p[inside] for p in at), values, accumulate=True)


def softmax(x, axes, mask=1.0):
    e = torch.exp(x - logsumexp(x, axes, mask).reshape([1 if k in axes else n for k, n in enumerate(x.shape)]))
    return e * torch.as_tensor(mask)


def logsumexp(x, axes, mask=1.0):
    return torch.logsumexp(torch.where(torch.as_tensor(mask) != 0, x, -torch.inf), dim=axes)


def log_softmax(x, axes):
    return x - logsumexp(x, axes).reshape([1 if k in axes else n for k, n in enumerate(x.shape)])


def winner(x, axes):
    """1 at the first greatest entry along the last axes, else 0"""
    flat = x.reshape(x.shape[:x.ndim - axes] + (-1,))
    best = torch.argmax((flat == torch.amax(flat, dim=-1, keepdim=True)).to(torch.int8), dim=-1)
    return (best[..., None] == torch.arange(flat.shape[-1])).to(x.dtype).reshape(x.shape)
`,
}
