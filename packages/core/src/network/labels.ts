/** Layer labels: `^[l-1]` where the text is read for a given layer. */
import type { Expression, Name } from '../language/ast.ts'
import type { Label } from './scope.ts'

type Labels = ReadonlyMap<string, Label>

/** `2`, `l`, `l+1`, `L-1` */
export function labelText({ symbol, offset }: Label): string {
  if (symbol === '') return String(offset)
  return offset === 0 ? symbol : `${symbol}${offset > 0 ? '+' : '-'}${Math.abs(offset)}`
}

/** The label that a text such as `l-1` means; undefined when it is no label of this form. */
export function readLabel(text: string, labels: Labels): Label | undefined {
  const match = /^(?:(\d+)|([A-Za-z]+)(?:([+-])(\d+))?)$/.exec(text)
  if (!match) return undefined
  if (match[1] !== undefined) return { symbol: '', offset: Number(match[1]) }
  const base = labels.get(match[2]!) ?? { symbol: match[2]!, offset: 0 }
  return { symbol: base.symbol, offset: base.offset + (match[4] ? Number(`${match[3]}${match[4]}`) : 0) }
}

/** The canonical name where labels have values: `W^[l]` is `W^[2]` for l = 2. */
export function nameText(name: Name, labels: Labels): string {
  if (!name.layer || labels.size === 0) return name.text
  const label = readLabel(name.layer.text, labels)
  return label ? withLabel(name, labelText(label)) : name.text
}

/** The name with another layer label. */
export function withLabel(name: Name, label: string): string {
  const [open, close] = name.layer?.bracket === '(' ? ['(', ')'] : ['[', ']']
  return name.layer ? name.text.replace(`^${open}${name.layer.text}${close}`, () => `^${open}${label}${close}`) : name.text
}

/** The label that an expression between square brackets means: `n[l-1]`. */
export function labelOf(e: Expression, labels: Labels): Label | undefined {
  switch (e.kind) {
    case 'number': return /^\d+$/.test(e.text) ? { symbol: '', offset: Number(e.text) } : undefined
    case 'name': return readLabel(e.name.text, labels)
    case 'group': return labelOf(e.inner, labels)
    case 'binary': {
      const a = labelOf(e.left, labels)
      const b = labelOf(e.right, labels)
      if (!a || !b || b.symbol !== '' || (e.operator !== '+' && e.operator !== '-')) return undefined
      return { symbol: a.symbol, offset: a.offset + (e.operator === '+' ? b.offset : -b.offset) }
    }
    default: return undefined
  }
}

/** Whether a name or a part of an expression carries the layer variable. */
export const mentionsLabel = (name: Name, variable: string): boolean =>
  name.layer !== undefined && (/[A-Za-z]+/.exec(name.layer.text)?.[0] === variable)
