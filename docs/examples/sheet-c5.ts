import { gradcheckReport, readNetwork, renderTextPage } from '@chainrule/core'
import { evaluate, memoryFiles, openData, predict, search, train } from '@chainrule/train'
import { javascript } from '@chainrule/train/runtimes'

// the coding part of sheet C: two layers, ReLU, softmax loss with a penalty for large weights
const network = readNetwork(`
dim    n = 2, h = 10, k = 3
input  x[n]
target t[k] one-hot
param  W1[n, h], b1[h], W2[h, k], b2[k]
given  reg = 5e-6
a[j] = max(0, sum_i x[i] W1[i, j] + b1[j])
s[c] = sum_j a[j] W2[j, c] + b2[c]
loss E = (mean over data: cross_entropy_logits(s, t)) + reg/2 (||W1||^2 + ||W2||^2)
`)
const data = (await openData('blobs?count=500&centres=3&noise=0.5', memoryFiles())).train
// javascript computes in doubles and says the same on every machine; onnxruntimeNode is the fast one
const options = { runtime: javascript, data, seed: 1, initialisers: [{ parameters: 'weight', initialiser: 'normal(std=0.01)' }] }

// 3 every gradient against central differences
console.log(renderTextPage(gradcheckReport(network, {}), { width: 100 }))

// 4 random mini-batches, 5 the update of gradient descent, 6 a rate that falls after every epoch
const events = train(network, { ...options, optimiser: 'sgd', rate: 0.5, schedule: 'exponential(factor=0.9)', batch: 50, epochs: 8 })
let trained = await events.next()
for (; !trained.done; trained = await events.next()) {
  const e = trained.value
  if (e.type === 'epoch') console.log(`epoch ${e.record.epoch}  rate ${e.record.rate.toFixed(3)}  loss ${e.record.train.loss.toFixed(4)}  validation ${e.record.validation!.accuracy!.toFixed(3)}`)
}
const model = trained.value.bestModel

// 1 scores, 2 the loss, 7 predictions: the class with the greatest score
const some = (await openData('blobs?count=3&centres=3&noise=0.5', memoryFiles())).train
for await (const p of predict(model, some, { runtime: javascript })) {
  console.log('scores', [...p.outputs.data].map(v => v.toFixed(2)).join(' '), ' classes', [...p.classes!].join(' '))
}
const { loss, accuracy } = await evaluate(model, data, { runtime: javascript })
console.log(`loss ${loss.toFixed(4)}, accuracy ${accuracy!.toFixed(3)} on all samples`)

// 8 a search over rate and size, by the accuracy on the validation data
const tried = search(network, { ...options, optimiser: 'sgd', batch: 50, epochs: 4, over: { rate: { kind: 'log', from: 0.01, to: 1 }, h: { kind: 'choice', values: [4, 16] } }, ticks: 3 })
let found = await tried.next()
while (!found.done) found = await tried.next()
for (const t of found.value.trials.slice(0, 3)) console.log(`rate ${t.point['rate']}  h ${t.point['h']}  accuracy ${t.value!.toFixed(3)}`)
