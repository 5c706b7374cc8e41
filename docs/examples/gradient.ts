import { deriveReport, gradients, indexForm, readNetwork, renderText, renderTextPage, valuesReport } from '@chainrule/core'

const network = readNetwork(`
input  x[3] = [1, 2, 3]
target t = 1
param  w[3] = [0.1, -0.2, 0.3], b = 0.5
y = w . x + b
loss E = (y - t)^2
`)

// a derivation as a page; renderLatexPage and renderJsonPage take the same page
console.log(renderTextPage(deriveReport(network, { wrt: ['w'], view: 'matrix' }), { width: 100 }))

// every gradient at once, as expressions
const { blocks } = gradients(network, network.byName.get('E')!)
for (const block of blocks) console.log(renderText(indexForm(block.left)), '=', renderText(indexForm(block.result)))

// every number, exact where the numbers of the text are
const { nodes } = valuesReport(network).data as { nodes: Record<string, { exact?: unknown, gradientExact?: unknown }> }
console.log('y =', nodes['y']?.exact, ' dE/dw =', nodes['w']?.gradientExact)
