/** Windows that slide over the axes of a map: the arithmetic that convolution and pooling share. */
import { badAttribute, undecidedSame } from './messages.ts'
import type { Attribute, Attributes } from './record.ts'
import { attributeText, factorText, isCount, wholeNumber } from './text.ts'

/** A window along one axis; sizes as texts. */
export interface Slide {
  readonly window: string
  readonly stride: string
  readonly dilation: string
  /** Zeros before the first entry. */
  readonly before: string
  /** How many places it takes: floor((size + 2 padding - dilation (window - 1) - 1)/stride) + 1. */
  readonly places: string
}

/** An axis that windows slide over: its name in the signature, and its size where that is a number. */
export interface SlidAxis { readonly name: string; readonly value: number | undefined }

/** One text for each axis: a number or size stands for all of them (a size goes by the attribute's name), a list gives each its own. */
export function perAxis(operation: string, key: string, value: Attribute, axes: number): readonly string[] {
  const list = Array.isArray(value) ? (value as readonly Attribute[]) : Array.from({ length: axes }, () => value)
  if (list.length !== axes || list.some(v => !isCount(v, key === 'padding' ? 0 : 1))) {
    throw badAttribute(operation, key, attributeText(value), `${key === 'padding' ? 'It is 0 or more' : 'It is 1 or more'}${axes === 1 ? '' : `, or a list of ${axes}`}.`)
  }
  return list.map(v => (v === value && wholeNumber(v) === undefined ? key : attributeText(v)))
}

/** The windows along each axis, from the attributes `kernel` (or another key), stride, padding and dilation. */
export function slides(operation: string, attributes: Attributes, over: readonly SlidAxis[], window: string): readonly Slide[] {
  const axes = over.length
  const each = (key: string, value: Attribute) => perAxis(operation, key, value, axes)
  const windows = each(window, attributes[window]!)
  const strides = attributes.stride === window ? windows : each('stride', attributes.stride!)
  const dilations = each('dilation', attributes.dilation ?? 1)
  const { padding } = attributes
  const given = padding === 'same' || padding === 'valid' ? undefined : perAxis(operation, 'padding', padding!, axes)
  return over.map((axis, k) => {
    const slide = { window: windows[k]!, stride: strides[k]!, dilation: dilations[k]! }
    const reach = reachText(slide.window, slide.dilation)
    if (padding === 'same') return { ...slide, ...samePadding(operation, axis, reach, slide.stride) }
    const before = given?.[k] ?? '0'
    return { ...slide, before, places: `floor((${axis.name} + 2*${factorText(before)} - ${factorText(reach)})/${factorText(slide.stride)}) + 1` }
  })
}

/** Entries from the first to the last that a window touches: dilation (window - 1) + 1. */
function reachText(window: string, dilation: string): string {
  const [k, d] = [wholeNumber(window), wholeNumber(dilation)]
  if (d === 1) return window
  return k !== undefined && d !== undefined ? String(d * (k - 1) + 1) : `${factorText(dilation)}*(${factorText(window)} - 1) + 1`
}

/**
 * Same padding: as many places as strides begin on the axis, ceil(size/stride). Of an odd number of zeros the greater
 * half stands after the last entry (SAME_UPPER of ONNX).
 */
function samePadding(operation: string, { name, value: n }: SlidAxis, reach: string, stride: string): { before: string; places: string } {
  const [r, s] = [wholeNumber(reach), wholeNumber(stride)]
  if (s === 1) return { before: r === undefined ? `floor((${reach} - 1)/2)` : String(Math.floor((r - 1) / 2)), places: name }
  if (s === undefined || r === undefined) throw undecidedSame(operation)
  if (n !== undefined) {
    const places = Math.ceil(n / s)
    return { before: String(Math.floor(Math.max(0, (places - 1) * s + r - n) / 2)), places: String(places) }
  }
  const places = `floor((${name} + ${s - 1})/${s})`
  // (places - 1) s is at least size - s and at most size - 1: no zeros for a window of 1, never fewer than none from s on
  if (r === 1) return { before: '0', places }
  if (r < s) throw undecidedSame(operation)
  return { before: `floor(((${places} - 1)*${s} + ${r} - ${name})/2)`, places }
}

/** The position `stride (i - 1) + dilation (u - 1) + 1 - before` that place i and window entry u read. */
export function positionText(slide: Slide, place: string, entry: string): string {
  const outer = slide.stride === '1' ? place : `${factorText(slide.stride)}*(${place} - 1) + 1`
  const inner = slide.dilation === '1' ? `${entry} - 1` : `${factorText(slide.dilation)}*(${entry} - 1)`
  const shift = slide.before === '0' ? '' : ` - ${factorText(slide.before)}`
  return `${outer} + ${inner}${shift}`
}
