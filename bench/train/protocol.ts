/** What an engine in a process of its own says: lines of JSON, one for each line that it is given: `run 10`, `end`. */

/** The first line: the engine is there, has made its first step, and this was the loss. */
export interface Ready { readonly version: string; readonly loss: number }
export interface Ran { readonly seconds: number; readonly cpu: number; readonly loss: number }
export interface Ended { readonly peakMemoryMB: number }
