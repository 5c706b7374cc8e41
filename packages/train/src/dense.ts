/** Tensors as numbers: a shape and a row-major block. */

export type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array

/** A dense tensor, row-major; data.length is the product of the shape. */
export interface Dense<N extends Numbers = Numbers> { readonly shape: readonly number[]; readonly data: N }

/** The number of entries, 1 for a scalar. */
export const volume = (shape: readonly number[]): number => shape.reduce((p, n) => p * n, 1)
