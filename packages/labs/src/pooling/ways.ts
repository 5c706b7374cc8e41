/** The ways from a map to a smaller one that are compared. */

export interface Way {
  readonly name: string
  /** The side of the window, which is the stride too; 1 leaves the map as it is. */
  readonly window: number
  /** The node that makes it, from the map `from`. */
  readonly text: (name: string, from: string) => string
}

/** No pooling, then max pooling, average pooling and leaving out for each window. */
export const waysOf = (windows: readonly number[]): readonly Way[] => [
  { name: 'no pooling', window: 1, text: (name, from) => `${name} = maxpool(${from}, window=1)` },
  ...[...new Set(windows)].filter(w => w > 1).flatMap((window): Way[] => [
    { name: `max ${window} x ${window}`, window, text: (name, from) => `${name} = maxpool(${from}, window=${window})` },
    { name: `average ${window} x ${window}`, window, text: (name, from) => `${name} = avgpool(${from}, window=${window})` },
    { name: `every ${ordinal(window)} entry`, window, text: (name, from) => `${name} = maxpool(${from}, window=1, stride=${window})` },
  ]),
]

const ordinal = (n: number): string => (n === 2 ? '2nd' : n === 3 ? '3rd' : `${n}th`)
