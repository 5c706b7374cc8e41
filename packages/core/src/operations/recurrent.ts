/** One step of a recurrent network: the new state from the input and the old state. */
import { badAttribute } from './messages.ts'
import type { Attributes, TensorOperation } from './record.ts'
import { attributeText, wholeNumber } from './text.ts'

const gate = (fn: string, name: string, label: string, biased: boolean, state = 'h'): string =>
  `${name} = ${fn}(W_${label} x + U_${label} ${state}${biased ? ` + b_${label}` : ''})`

const parameters = (label: string, biased: boolean): string => `param W_${label}[units, inputs], U_${label}[units, units]${biased ? `, b_${label}[units]` : ''}`

function checkUnits(operation: string, { units }: Attributes, sizes: Readonly<Record<string, string>>): void {
  const [wanted, given] = [wholeNumber(units), wholeNumber(sizes.state)]
  if (wanted !== undefined && given !== undefined && wanted !== given) {
    throw badAttribute(operation, 'units', attributeText(units!), `The state h has ${given} entries.`)
  }
}

/** h' = tanh(W x + U h + b) */
export const rnnCell: TensorOperation = {
  kind: 'tensor',
  name: 'rnn_cell',
  doc: "h' = tanh(W x + U h + b).",
  signature: 'rnn_cell(x[inputs], h[state], units, bias=true)',
  definition: (attributes, sizes) => {
    checkUnits('rnn_cell', attributes, sizes)
    const biased = attributes.bias !== false
    return `param W[units, inputs], U[units, units]${biased ? ', b[units]' : ''}\nreturn tanh(W x + U h${biased ? ' + b' : ''})`
  },
  unstated: { bias: [true, false] },
  samples: ['input x_1[3], x_2[3], h_0[2]\nh_1 = rnn_cell(x_1, h_0, 2)\nh_2 = rnn_cell(x_2, h_1, 2, bias=false)\nloss E = mean over data: sum(h_2 .* h_2)'],
}

/** c' = f c + i g, h' = o tanh(c') with gates i, f, o = sigma(W x + U h + b) and g = tanh(W x + U h + b) */
export const lstmCell: TensorOperation = {
  kind: 'tensor',
  name: 'lstm_cell',
  doc: "c' = f c + i g, h' = o tanh(c'), with i, f, o = sigma(W x + U h + b), g = tanh(W x + U h + b), each with its own W, U, b; returns h', c'.",
  signature: 'lstm_cell(x[inputs], h[state], c[state], units, bias=true)',
  definition: (attributes, sizes) => {
    checkUnits('lstm_cell', attributes, sizes)
    const biased = attributes.bias !== false
    return [
      ...['i', 'f', 'g', 'o'].map(label => parameters(label, biased)),
      ...['i', 'f', 'o'].map(label => gate('sigmoid', `n_${label}`, label, biased)),
      gate('tanh', 'n_g', 'g', biased),
      'c_1 = n_f .* c + n_i .* n_g',
      'h_1 = n_o .* tanh(c_1)',
      'return h_1, c_1',
    ].join('\n')
  },
  unstated: { bias: [true, false] },
  samples: ['input x[3], h_0[2], c_0[2]\n(h, c) = lstm_cell(x, h_0, c_0, units=2)\nloss E = mean over data: sum(h .* h) + sum(c)'],
}

/** h' = (1 - z) n + z h with z, r = sigma(W x + U h + b) and n = tanh(W x + U (r h) + b) */
export const gruCell: TensorOperation = {
  kind: 'tensor',
  name: 'gru_cell',
  doc: "h' = (1 - z) n + z h, with z, r = sigma(W x + U h + b), n = tanh(W x + U (r h) + b), each with its own W, U, b.",
  signature: 'gru_cell(x[inputs], h[state], units, bias=true)',
  definition: (attributes, sizes) => {
    checkUnits('gru_cell', attributes, sizes)
    const biased = attributes.bias !== false
    return [
      ...['z', 'r', 'n'].map(label => parameters(label, biased)),
      gate('sigmoid', 'z', 'z', biased),
      gate('sigmoid', 'r', 'r', biased),
      gate('tanh', 'n', 'n', biased, '(r .* h)'),
      'return (1 - z) .* n + z .* h',
    ].join('\n')
  },
  unstated: { bias: [true, false] },
  samples: ['input x[3], h_0[2]\nh = gru_cell(x, h_0, units=2)\nloss E = mean over data: sum(h .* h .* h)'],
}
