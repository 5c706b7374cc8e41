/** jax-js on WebAssembly: the rows of bench/train/works.ts, one jitted step. Argument: the data file. An array is used up by whom it is given to; `.ref` keeps it. */
import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax'
import { readFileSync } from 'node:fs'
import { load, serve } from './engine.mjs'

const dense = (p, name, x) => np.matmul(x, p[`${name}.W`].ref.transpose()).add(p[`${name}.b`].ref)
const linear = (w, x) => np.matmul(x, w.ref.transpose())
const conv = (p, name, x, stride = 1, pad = 0) => {
  const y = lax.convGeneralDilated(x, p[`${name}.W`].ref, [stride, stride], [[pad, pad], [pad, pad]])
  return p[`${name}.b`] ? y.add(p[`${name}.b`].ref.reshape([1, -1, 1, 1])) : y
}
const pool = x => { const [n, c, h, w] = x.shape; return np.max(x.reshape([n, c, h / 2, 2, w / 2, 2]), [3, 5]) }
const flat = x => x.reshape([x.shape[0], -1])
const norm = (x, gamma, beta, axes, shape) => {
  const centred = x.ref.sub(np.mean(x, axes, { keepdims: true }))
  const variance = np.mean(np.square(centred.ref), axes, { keepdims: true })
  return centred.div(np.sqrt(variance.add(1e-5))).mul(gamma.ref.reshape(shape)).add(beta.ref.reshape(shape))
}

const mlp = (p, x) => dense(p, 'z', nn.relu(dense(p, 'h.dense', x)))
const sheetE = (p, x) => linear(p['W^(2)'], nn.sigmoid(linear(p['W^(1)'], x)))
const small = (p, x) => nn.sigmoid(linear(p['w^[2]'], np.tanh(linear(p['w^[1]'], x))))
function lenet(p, x) {
  const s2 = pool(nn.relu(conv(p, 'c1.conv', x)))
  const s4 = pool(nn.relu(conv(p, 'c3.conv', s2)))
  return dense(p, 'z', nn.relu(dense(p, 'f6.dense', flat(nn.relu(conv(p, 'c5.conv', s4))))))
}
function sheetA2(p, x) {
  const s = flat(pool(nn.relu(conv(p, 'c2.conv', nn.relu(conv(p, 'c1.conv', x, 1, 2)), 1, 2))))
  return dense(p, 'y', nn.relu(dense(p, 'd2.dense', nn.relu(dense(p, 'd1.dense', s)))))
}
function resnet(p, x) {
  const convBn = (name, v, stride = 1) => norm(conv(p, `${name}.c`, v, stride, 1), p[`${name}.gamma`], p[`${name}.beta`], [0, 2, 3], [1, -1, 1, 1])
  const residual = (name, v, stride) => {
    const s = stride > 1 ? conv(p, `${name}.s`, v.ref, stride) : v.ref
    return nn.relu(convBn(`${name}.b`, nn.relu(convBn(`${name}.a.conv_bn`, v, stride))).add(s))
  }
  const y = residual('r3', residual('r2', residual('r1', nn.relu(convBn('c1.conv_bn', nn.relu(convBn('c0.conv_bn', x)))), 1), 2), 2)
  return dense(p, 'z', np.mean(y, [2, 3]))
}
function encoder(p, e, x) {
  const [n, length, width] = x.shape
  const m = `${e}.a.multihead_attention.`
  const mixed = (k, v) => linear(p[`${m}W_${k}`], v).add(p[`${m}b_${k}`].ref)
  const heads = k => mixed(k, x.ref).reshape([n, length, 4, 32]).transpose([0, 2, 1, 3])
  const weights = nn.softmax(np.matmul(heads('q'), heads('k').transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(32)))
  const u = np.matmul(weights, heads('v')).transpose([0, 2, 1, 3]).reshape([n, length, width])
  const a = norm(x.add(mixed('o', u)), p[`${e}.a.gamma`], p[`${e}.a.beta`], [2], [1, 1, -1])
  const h = dense(p, `${e}.dense`, nn.relu(dense(p, `${e}.h.dense`, a.ref)))
  return norm(a.add(h), p[`${e}.gamma`], p[`${e}.beta`], [2], [1, 1, -1])
}
const transformer = (p, x) => dense(p, 'z', np.mean(encoder(p, 'e2', encoder(p, 'e1', x)), 1))

const crossEntropy = (z, t) => np.mean(np.sum(nn.logSoftmax(z).mul(t), 1)).neg()
const binary = (z, t) => { const v = z.reshape([-1]); return np.mean(nn.softplus(v.ref).sub(v.mul(t.reshape([-1])))) }
const squared = (y, t) => np.mean(np.square(t.sub(y.reshape([-1]))))
const ROWS = { a: [mlp, crossEntropy], b: [sheetE, crossEntropy], c: [lenet, crossEntropy], d: [sheetA2, binary], e: [resnet, crossEntropy], f: [small, squared], g: [transformer, crossEntropy] }

await init('wasm')
defaultDevice('wasm')
const { manifest, tensors } = load(process.argv[2])
const [forward, lossOf] = ROWS[manifest.id]
const arrayOf = t => np.array(t.data).reshape(t.shape)
let p = Object.fromEntries(tensors.filter(t => t.role === 'parameter').map(t => [t.name, arrayOf(t)]))
const [x, t] = ['x', 't'].map(name => arrayOf(tensors.find(e => e.name === name)))
const disposed = all => { for (const v of Object.values(all)) v.dispose() }
const step = jit((parameters, input, target) => {
  const copies = Object.fromEntries(Object.entries(parameters).map(([name, v]) => [name, v.ref]))
  const [loss, gradients] = valueAndGrad((own, u, v) => { const made = lossOf(forward(own, u), v); disposed(own); return made })(copies, input, target)
  return [loss, Object.fromEntries(Object.entries(parameters).map(([name, v]) => [name, v.sub(gradients[name].mul(manifest.rate))]))]
})
const { version } = JSON.parse(readFileSync(new URL('./node_modules/@jax-js/jax/package.json', import.meta.url), 'utf8'))
await serve(`jax-js ${version}, wasm`, async n => {
  let loss
  for (let k = 0; k < n; k++) { loss?.dispose(); [loss, p] = step(p, x.ref, t.ref) }
  return (await loss.data())[0]
})
