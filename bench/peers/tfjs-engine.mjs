/** TensorFlow.js on its WebAssembly backend: the rows of bench/train/works.ts. Argument: the data file. */
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { load, serve } from './engine.mjs'

// The tensors come as PyTorch has them, images [N, C, H, W] and kernels [F, C, kh, kw]; this library wants channels last.
const last = t => tf.tidy(() => tf.transpose(t, [0, 2, 3, 1]))
const kernelOf = t => tf.tidy(() => tf.transpose(t, [2, 3, 1, 0]))

/** Only products without transposition take the backend's fast path, so matrices are turned beforehand, in the gradients too. */
const swapped = a => tf.transpose(a, [...a.shape.keys()].slice(0, -2).concat(a.rank - 1, a.rank - 2))
const product = tf.customGrad((a, b, save) => {
  save([a, b])
  return { value: tf.matMul(a, b), gradFunc: (g, [u, v]) => [tf.matMul(g, swapped(v)), tf.matMul(swapped(u), g)] }
})
const linear = (x, w) => product(x, swapped(w))

/** The backend has no kernel for the gradient by a convolution's kernel: one product for each of its entries, which is faster than its Conv3DBackpropFilterV2. */
function byKernel({ inputs: { x, dy }, attrs: { strides, pad, filterShape: [kh, kw, c, f] } }) {
  return tf.tidy(() => {
    const s = Array.isArray(strides) ? strides[0] : strides
    const [n, h, w] = dy.shape
    const before = pad === 'same' ? Math.floor((kh - 1) / 2) : pad === 'valid' ? 0 : pad
    const padded = before === 0 ? x : tf.pad(x, [[0, 0], [before, before], [before, before], [0, 0]])
    const g = tf.reshape(dy, [n * h * w, f])
    const tap = (i, j) => (s === 1 ? tf.slice(padded, [0, i, j, 0], [n, h, w, c]) : tf.stridedSlice(padded, [0, i, j, 0], [n, i + s * (h - 1) + 1, j + s * (w - 1) + 1, c], [1, s, s, 1]))
    const products = []
    for (let i = 0; i < kh; i++) for (let j = 0; j < kw; j++) products.push(tf.matMul(swapped(tf.reshape(tap(i, j), [n * h * w, c])), g))
    return tf.reshape(tf.stack(products), [kh, kw, c, f])
  })
}

const dense = (p, name, x) => tf.add(linear(x, p[`${name}.W`]), p[`${name}.b`])
const conv = (p, name, x, stride = 1, pad = 'valid') => { const y = tf.conv2d(x, p[`${name}.W`], stride, pad); return p[`${name}.b`] ? tf.add(y, p[`${name}.b`]) : y }
const pool = x => tf.maxPool(x, 2, 2, 'valid')
const flat = x => tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0], -1])
const norm = (x, gamma, beta, axes) => {
  const { mean, variance } = tf.moments(x, axes, true)
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), gamma), beta)
}

const mlp = (p, x) => dense(p, 'z', tf.relu(dense(p, 'h.dense', x)))
const sheetE = (p, x) => linear(tf.sigmoid(linear(x, p['W^(1)'])), p['W^(2)'])
const convRelu = (p, name, x, pad) => tf.relu(conv(p, name, x, 1, pad))
const denseRelu = (p, name, x) => tf.relu(dense(p, name, x))
function lenet(p, x) {
  const s2 = pool(convRelu(p, 'c1.conv', x, 'valid'))
  const s4 = pool(convRelu(p, 'c3.conv', s2, 'valid'))
  return dense(p, 'z', denseRelu(p, 'f6.dense', flat(convRelu(p, 'c5.conv', s4, 'valid'))))
}
function sheetA2(p, x) {
  const s = flat(pool(convRelu(p, 'c2.conv', convRelu(p, 'c1.conv', x, 2), 2)))
  return dense(p, 'y', denseRelu(p, 'd2.dense', denseRelu(p, 'd1.dense', s)))
}
const small = (p, x) => tf.sigmoid(linear(tf.tanh(linear(x, p['w^[1]'])), p['w^[2]']))

function resnet(p, x) {
  const convBn = (name, v, stride = 1) => norm(conv(p, `${name}.c`, v, stride, 1), p[`${name}.gamma`], p[`${name}.beta`], [0, 1, 2])
  const residual = (name, v, stride) => tf.relu(tf.add(convBn(`${name}.b`, tf.relu(convBn(`${name}.a.conv_bn`, v, stride))), stride > 1 ? conv(p, `${name}.s`, v, stride, 0) : v))
  const y = residual('r3', residual('r2', residual('r1', tf.relu(convBn('c1.conv_bn', tf.relu(convBn('c0.conv_bn', x)))), 1), 2), 2)
  return dense(p, 'z', tf.mean(y, [1, 2]))
}

function encoder(p, e, x) {
  const [n, length, width] = x.shape
  const rows = v => tf.reshape(v, [n * length, -1])
  const m = `${e}.a.multihead_attention.`
  const mixed = (k, v) => tf.reshape(tf.add(linear(rows(v), p[`${m}W_${k}`]), p[`${m}b_${k}`]), [n, length, width])
  const heads = k => tf.transpose(tf.reshape(mixed(k, x), [n, length, 4, 32]), [0, 2, 1, 3])
  const weights = tf.softmax(tf.div(product(heads('q'), swapped(heads('k'))), Math.sqrt(32)))
  const u = tf.reshape(tf.transpose(product(weights, heads('v')), [0, 2, 1, 3]), [n, length, width])
  const a = norm(tf.add(x, mixed('o', u)), p[`${e}.a.gamma`], p[`${e}.a.beta`], [2])
  const h = dense(p, `${e}.dense`, tf.relu(dense(p, `${e}.h.dense`, rows(a))))
  return norm(tf.add(a, tf.reshape(h, [n, length, width])), p[`${e}.gamma`], p[`${e}.beta`], [2])
}
const transformer = (p, x) => dense(p, 'z', tf.mean(encoder(p, 'e2', encoder(p, 'e1', x)), 1))

const crossEntropy = (z, t) => tf.neg(tf.mean(tf.sum(tf.mul(t, tf.logSoftmax(z)), 1)))
const binary = (z, t) => { const v = tf.squeeze(z, [1]); return tf.mean(tf.sub(tf.softplus(v), tf.mul(v, tf.reshape(t, [-1])))) }
const squared = (y, t) => tf.mean(tf.square(tf.sub(t, tf.squeeze(y, [1]))))
const ROWS = { a: [mlp, crossEntropy], b: [sheetE, crossEntropy], c: [lenet, crossEntropy], d: [sheetA2, binary], e: [resnet, crossEntropy], f: [small, squared], g: [transformer, crossEntropy] }

setWasmPaths(new URL('./node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname)
await tf.setBackend('wasm')
await tf.ready()
tf.registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'wasm', kernelFunc: byKernel })

const { manifest, tensors } = load(process.argv[2])
const [forward, lossOf] = ROWS[manifest.id]
const made = t => { const whole = tf.tensor(t.data, t.shape); return t.shape.length === 4 ? (t.role === 'parameter' ? kernelOf(whole) : last(whole)) : whole }
const p = Object.fromEntries(tensors.filter(t => t.role === 'parameter').map(t => [t.name, tf.variable(made(t), true, t.name)]))
const [x, t] = ['x', 't'].map(name => made(tensors.find(e => e.name === name)))
const rate = tf.scalar(manifest.rate)
const step = () => tf.tidy(() => {
  const { value, grads } = tf.variableGrads(() => lossOf(forward(p, x), t), Object.values(p))
  for (const [name, g] of Object.entries(grads)) p[name].assign(tf.sub(p[name], tf.mul(rate, g)))
  return value
})
await serve(`tfjs ${tf.version.tfjs}, wasm`, async n => {
  let loss
  for (let k = 0; k < n; k++) { loss?.dispose(); loss = step() }
  const [value] = await loss.data()
  loss.dispose()
  return value
})
