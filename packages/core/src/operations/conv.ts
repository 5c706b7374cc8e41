/** Convolutions: y[o,i,j] = sum_{c,u,v} W[o,c,u,v] x[c, S(i-1) + D(u-1) + 1 - P, S(j-1) + D(v-1) + 1 - P] + b[o]. */
import { badAttribute, doesNotDivide } from './messages.ts'
import type { Attribute, Attributes, TensorOperation } from './record.ts'
import { attributeText, isCount, over, wholeNumber } from './text.ts'
import { positionText, type Slide, slides } from './window.ts'

const places = ['i', 'j']
const offsets = ['u', 'v']

/** A layer along the named spatial axes. */
function convolution(name: string, axes: readonly string[]): TensorOperation['definition'] {
  return (attributes, sizes) => {
    if (!isCount(attributes.filters, 1)) throw badAttribute(name, 'filters', attributeText(attributes.filters!), 'It is 1 or more.')
    const along = slides(name, attributes, axes.map(axis => ({ name: axis, value: wholeNumber(sizes[axis]) })), 'kernel')
    const biased = attributes.bias !== false
    const kernel = along.map(s => `, ${s.window}`).join('')
    const outputs = along.map((s, k) => `, ${places[k]}: ${s.places}`).join('')
    const { width, sum } = channelSum(name, attributes, sizes.channels!, along)
    return [
      `param W[filters, ${width}${kernel}]${biased ? ', b[filters]' : ''}`,
      `y[..., o: filters${outputs}] = ${sum}${biased ? ' + b[o]' : ''}`,
      'return y',
    ].join('\n')
  }
}

/** The sum over the channels that filter o reads: all of them, or those of its group. */
function channelSum(name: string, { groups, filters }: Attributes, channels: string, along: readonly Slide[]): { width: string; sum: string } {
  const shifts = along.map((_, k) => offsets[k]!)
  const positions = along.map((s, k) => `, ${positionText(s, places[k]!, offsets[k]!)}`).join('')
  const product = (channel: string, input: string) => `W[o, ${channel}, ${shifts.join(', ')}] x[..., ${input}${positions}]`
  if (groups === 1) return { width: 'channels', sum: over('sum', ['c', ...shifts], product('c', 'c')) }
  checkGroups(name, groups!, { filters: filters!, channels })
  // each of the groups has filters/groups filters and reads its own run of channels/groups channels
  const alone = attributeText(groups!) === attributeText(filters!)
  const group = alone ? 'o' : 'g'
  const single = attributeText(groups!) === channels
  const term = single ? product('1', group) : product('c', `(${group} - 1)*(channels/groups) + c`)
  const bound = [...(alone ? [] : ['g: groups', 'r: filters/groups']), ...(single ? [] : ['c: channels/groups']), ...shifts]
  return { width: single ? '1' : 'channels/groups', sum: over('sum', bound, alone ? term : `[o = (g - 1)*(filters/groups) + r] ${term}`) }
}

function checkGroups(name: string, groups: Attribute, divided: Readonly<Record<string, Attribute>>): void {
  const g = wholeNumber(groups)
  if (!isCount(groups, 1)) throw badAttribute(name, 'groups', attributeText(groups), 'It is 1 or more.')
  for (const [key, value] of Object.entries(divided)) {
    const n = wholeNumber(value)
    if (g !== undefined && n !== undefined && n % g !== 0) throw doesNotDivide(name, `groups=${g}`, `${key}=${n}`)
  }
}

const unstated: TensorOperation['unstated'] = { padding: ['valid', 'same'], bias: [true, false] }

/** y[o,i,j] = sum_{c,u,v} W[o,c,u,v] x[c, S(i-1) + D(u-1) + 1 - P, S(j-1) + D(v-1) + 1 - P] + b[o] */
export const conv: TensorOperation = {
  kind: 'tensor',
  name: 'conv',
  aliases: ['conv2d'],
  doc: 'sum_{c,u,v} W[o,c,u,v] x[c, S(i-1)+D(u-1)+1-P, S(j-1)+D(v-1)+1-P] + b[o]: stride S, dilation D, padding P (zeros on each side), a number or a pair each; padding=same keeps ceil(size/S) places.',
  signature: 'conv(x[..., channels, height, width], filters, kernel, stride=1, padding=0, dilation=1, groups=1, bias=true)',
  definition: convolution('conv', ['height', 'width']),
  unstated,
  samples: [
    'input x[2, 4, 5]\ntarget t\nc = conv(x, 3, 2, padding=1, stride=2)\nloss E = mean over data: (sum(tanh(c)) - t)^2',
    'input x[1, 5, 4]\nc = conv(x, filters=2, kernel=[2, 3], padding=same, bias=false)\nloss E = sum over data: sum(c .* c)',
    'input x[4, 3, 2]\nc = conv(x, 6, 2, groups=2, dilation=2, padding=1)\nloss E = mean over data: sum(tanh(c))',
    'dim H, V\ninput x[3, H, V]\nc = conv(x, 3, 3, groups=3, padding=same)\nloss E = mean over data: sum(tanh(c))',
  ],
}

/** y[o,i] = sum_{c,u} W[o,c,u] x[c, S(i-1) + D(u-1) + 1 - P] + b[o] */
export const conv1d: TensorOperation = {
  kind: 'tensor',
  name: 'conv1d',
  doc: 'sum_{c,u} W[o,c,u] x[c, S(i-1)+D(u-1)+1-P] + b[o]: stride S, dilation D, padding P.',
  signature: 'conv1d(x[..., channels, length], filters, kernel, stride=1, padding=0, dilation=1, groups=1, bias=true)',
  definition: convolution('conv1d', ['length']),
  unstated,
  samples: [
    'input x[2, 6]\nc = conv1d(x, 3, 4, padding=same)\nloss E = mean over data: sum(tanh(c))',
    'dim J, M, S, P\ninput x[2, J]\nc = conv1d(x, 3, M, stride=S, padding=P)\nloss E = sum over data: sum(c .* c)',
  ],
}
