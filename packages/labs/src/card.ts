/** What a lab asks and what it can be told: data alone, so that a command line lists it without loading anything. */

/** A setting of a lab; its name is that of the option. */
export type LabOption = { readonly name: string; readonly doc: string } & (
  /** A whole number from 1. */
  | { readonly kind: 'count'; readonly default: number; readonly most: number }
  | { readonly kind: 'counts'; readonly default: readonly number[]; readonly most: number }
  /** A whole number from 0. */
  | { readonly kind: 'whole'; readonly default: number; readonly most: number }
  | { readonly kind: 'positive'; readonly default: number }
  | { readonly kind: 'name'; readonly default: string }
  | { readonly kind: 'names'; readonly default: readonly string[] }
  | { readonly kind: 'switch'; readonly default: false }
)

export type LabValue = number | string | boolean | readonly number[] | readonly string[]

export interface LabCard {
  readonly name: string
  /** A few words for a list. */
  readonly summary: string
  /** What is asked and shown, in sentences. */
  readonly description: string
  /** What a network of one's own is used for; absent: the lab has its own only. */
  readonly network?: string
  readonly options: readonly LabOption[]
}
