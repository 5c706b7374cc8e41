/** The first parameters of a network. */
import type { Dense } from '../dense.ts'
import { stream } from '../random/index.ts'
import { choose } from '../settings.ts'
import { fits } from '../patterns.ts'
import { initialisers } from './initialisers.ts'
import { noParameter } from './messages.ts'
import type { Role } from './role.ts'

/** A parameter as training sees it. */
export interface Parameter { readonly name: string; readonly shape: readonly number[]; readonly role: Role }

/** Which initialiser some parameters get: by name (`W^(1)`, `c1.*`) or by role (`weight`, `bias`, `scale`). The last that fits counts. */
export interface InitialiserChoice { readonly parameters: string; readonly initialiser: string }

const usual: Readonly<Record<Role['kind'], string>> = { weight: 'he', bias: 'zeros', scale: 'ones' }

/**
 * The numbers of all parameters, each from a stream of its own, so that one more parameter changes no other. Without a choice
 * weights get `he`, biases 0 and scales 1. Throws a ChainError for unknown initialisers and patterns that nothing fits.
 */
export function initialise(parameters: readonly Parameter[], seed: number, choices: readonly InitialiserChoice[] = []): Map<string, Dense<Float64Array>> {
  checkChoices(parameters, choices)
  return new Map(parameters.map(p => {
    const wanted = choices.filter(c => chosen(p, c)).at(-1)?.initialiser ?? usual[p.role.kind]
    const { record, settings } = choose('initialiser', initialisers, wanted)
    const fans = p.role.kind === 'weight' ? p.role : { fanIn: 1, fanOut: 1 }
    return [p.name, { shape: p.shape, data: record.fill(p.shape, fans, settings, stream(seed, 'init', p.name)) }]
  }))
}

/** Throws a ChainError for an unknown initialiser, and for a pattern that nothing fits. */
export function checkChoices(parameters: readonly Parameter[], choices: readonly InitialiserChoice[]): void {
  for (const c of choices) {
    if (!parameters.some(p => chosen(p, c))) throw noParameter(c.parameters, parameters.map(p => p.name))
    choose('initialiser', initialisers, c.initialiser)
  }
}

const chosen = (p: Parameter, c: InitialiserChoice): boolean => c.parameters === p.role.kind || fits(c.parameters, p.name)
