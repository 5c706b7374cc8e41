/** The networks that are trained: the rows of the table. */
export interface Work {
  readonly id: string
  readonly work: string
  readonly batch: number
  readonly text: string
  /** Our engines that make sense here; the native runtime by default. */
  readonly ours?: readonly string[]
}

const target = 'target t[10] one-hot'
const crossEntropy = 'loss E = mean over data: cross_entropy_logits(z, t)'

const MLP = `input x[784]\n${target}\nh = relu(dense(x, 128))\nz = dense(h, 10)\n${crossEntropy}`
const SHEET_E = `input x[256]\n${target}\nparam W^(1)[7, 256], W^(2)[10, 7]\ny^(1) = sigmoid(W^(1) x)\ny^(2) = softmax(W^(2) y^(1))\nloss E = mean over data: -sum_c t[c] log y^(2)[c]`
const LENET = `input x[1, 32, 32]\n${target}
c1 = relu(conv(x, filters=6, kernel=5, padding=0, bias=true))\ns2 = maxpool(c1, window=2)
c3 = relu(conv(s2, filters=16, kernel=5, padding=0, bias=true))\ns4 = maxpool(c3, window=2)
c5 = relu(conv(s4, filters=120, kernel=5, padding=0, bias=true))\nf6 = relu(dense(c5, 84, bias=true))
z = dense(f6, 10, bias=true)\n${crossEntropy}`
const SHEET_A2 = `input x[1, 100, 100]\ntarget t[1]\nc1 = relu(conv(x, filters=100, kernel=5, padding=same, bias=true))\nc2 = relu(conv(c1, filters=100, kernel=5, padding=same, bias=true))
p = maxpool(c2, window=2)\nd1 = relu(dense(p, 100, bias=true))\nd2 = relu(dense(d1, 100, bias=true))\ny = dense(d2, 1, bias=true)\nloss E = mean over data: binary_cross_entropy_logits(y, t)`
const RESNET = `input x[3, 32, 32]\n${target}
block conv_bn(x[C, H, W], filters, stride=1):\n  c = conv(x, filters, 3, stride=stride, padding=1, bias=false)\n  return batchnorm(c)
block residual(x[C, H, W], filters, stride=1):\n  a = relu(conv_bn(x, filters, stride))\n  b = conv_bn(a, filters)\n  s = conv(x, filters, 1, stride=stride, padding=0, bias=false) if stride > 1\n  s = x if stride = 1\n  return relu(b + s)
c0 = relu(conv_bn(x, 32))\nc1 = relu(conv_bn(c0, 32))\nr1 = residual(c1, 32)\nr2 = residual(r1, 64, 2)\nr3 = residual(r2, 128, 2)
z = dense(global_avgpool(r3), 10)\n${crossEntropy}`
const SMALL = 'input x[2]\ntarget t\nparam w^[1][2, 2], w^[2][1, 2]\na^[1] = tanh(w^[1] x)\np = sigmoid(w^[2] a^[1])\nloss J = mean over data: (t - p[1])^2'
const TRANSFORMER = `input x[64, 128]\n${target}
block encoder(x[T, d]):\n  a = layernorm(x + multihead_attention(x, heads=4))\n  h = relu(dense(a, 512))\n  return layernorm(a + dense(h, d))
e1 = encoder(x)\ne2 = encoder(e1)\nm = mean(e2, axis=1)\nz = dense(m, 10)\n${crossEntropy}`

export const WORKS: readonly Work[] = [
  { id: 'a', work: '784-128-10 MLP', batch: 64, text: MLP },
  { id: 'a', work: '784-128-10 MLP', batch: 256, text: MLP },
  { id: 'b', work: '256-7-10', batch: 4, text: SHEET_E, ours: ['chainrule', 'chainrule javascript'] },
  { id: 'c', work: 'LeNet-5', batch: 64, text: LENET },
  { id: 'd', work: 'sheet A2 CNN', batch: 4, text: SHEET_A2 },
  { id: 'e', work: 'ResNet, 8 convolutions', batch: 32, text: RESNET },
  { id: 'f', work: '2-2-1', batch: 1, text: SMALL, ours: ['chainrule javascript'] },
  { id: 'g', work: 'transformer encoder', batch: 16, text: TRANSFORMER },
]
