/** The functions of entries: their values, as JavaScript. A closed table. */
import { erfOf } from '../operations/erf.ts'
import type { MapFunction } from './program.ts'

interface MapRecord {
  readonly arity: 1 | 2
  /** The value as JavaScript text; `erf` is a function in reach. */
  readonly text: (...x: string[]) => string
  readonly value: (...x: number[]) => number
}

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))

export const MAPS: Readonly<Record<MapFunction, MapRecord>> = {
  add: { arity: 2, text: (a, b) => `${a} + ${b}`, value: (a, b) => a + b },
  sub: { arity: 2, text: (a, b) => `${a} - ${b}`, value: (a, b) => a - b },
  mul: { arity: 2, text: (a, b) => `${a} * ${b}`, value: (a, b) => a * b },
  div: { arity: 2, text: (a, b) => `${a} / ${b}`, value: (a, b) => a / b },
  pow: { arity: 2, text: (a, b) => `${a} ** ${b}`, value: (a, b) => a ** b },
  max: { arity: 2, text: (a, b) => `Math.max(${a}, ${b})`, value: (a, b) => Math.max(a, b) },
  min: { arity: 2, text: (a, b) => `Math.min(${a}, ${b})`, value: (a, b) => Math.min(a, b) },
  gate: { arity: 2, text: (a, b) => `${a} > 0 ? ${b} : 0`, value: (a, b) => (a > 0 ? b : 0) },
  neg: { arity: 1, text: a => `-${a}`, value: a => -a },
  reciprocal: { arity: 1, text: a => `1 / ${a}`, value: a => 1 / a },
  square: { arity: 1, text: a => `${a} * ${a}`, value: a => a * a },
  exp: { arity: 1, text: a => `Math.exp(${a})`, value: a => Math.exp(a) },
  log: { arity: 1, text: a => `Math.log(${a})`, value: a => Math.log(a) },
  sqrt: { arity: 1, text: a => `Math.sqrt(${a})`, value: a => Math.sqrt(a) },
  abs: { arity: 1, text: a => `Math.abs(${a})`, value: a => Math.abs(a) },
  sign: { arity: 1, text: a => `Math.sign(${a})`, value: a => Math.sign(a) },
  step: { arity: 1, text: a => `${a} > 0 ? 1 : 0`, value: a => (a > 0 ? 1 : 0) },
  relu: { arity: 1, text: a => `Math.max(0, ${a})`, value: a => Math.max(0, a) },
  sigmoid: { arity: 1, text: a => `${a} >= 0 ? 1 / (1 + Math.exp(-${a})) : Math.exp(${a}) / (1 + Math.exp(${a}))`, value: a => sigmoid(a) },
  tanh: { arity: 1, text: a => `Math.tanh(${a})`, value: a => Math.tanh(a) },
  softplus: { arity: 1, text: a => `Math.max(0, ${a}) + Math.log1p(Math.exp(-Math.abs(${a})))`, value: a => Math.max(0, a) + Math.log1p(Math.exp(-Math.abs(a))) },
  erf: { arity: 1, text: a => `erf(${a})`, value: a => erfOf(a) },
  sin: { arity: 1, text: a => `Math.sin(${a})`, value: a => Math.sin(a) },
  cos: { arity: 1, text: a => `Math.cos(${a})`, value: a => Math.cos(a) },
}
