/** The parts of every kind of node, in the order of writing, and the same node over other parts. */
import type { Latex, Raised } from './ast.ts'

type Change = (part: Latex) => Latex

/** The direct parts of a node, in the order of writing; what stands above counts too. */
export function latexChildren(node: Latex): readonly Latex[] {
  switch (node.kind) {
    case 'number': case 'symbol': case 'text': case 'dots': return []
    case 'scripted': return [node.base, ...scriptParts(node)]
    case 'applied': return [node.head, node.group, ...scriptParts(node)]
    case 'group': case 'list': return node.items
    case 'prefix': return [node.head, node.argument]
    case 'sum': return node.terms.map((term) => term.body)
    case 'product': return node.factors
    case 'fraction': return [node.numerator, node.denominator]
    case 'derivative': return node.operator ? [...node.by.map((by) => by.variable), node.of] : [node.of, ...node.by.map((by) => by.variable)]
    case 'nabla': return [...present(node.by), node.of]
    case 'differential': return [node.of]
    case 'big': return [...node.under, ...present(node.upper), node.body]
    case 'norm': case 'rounded': return [node.inner]
    case 'root': return [...present(node.index), node.inner]
    case 'cases': return node.rows.flatMap((row) => [row.value, ...present(row.condition)])
    case 'matrix': return node.rows.flat()
    case 'indicator': return [node.relation]
    case 'relation': return node.parts.flatMap(present)
  }
}

/** The node with every direct part changed; the node itself where all parts stay. Places are kept. */
export function mapLatexChildren(node: Latex, change: Change): Latex {
  const old = latexChildren(node)
  const parts = old.map(change)
  if (parts.every((part, k) => part === old[k])) return node
  let at = 0
  return rebuilt(node, () => parts[at++]!)
}

/** The same kind of node; `next` gives its parts in the order of `latexChildren`. */
function rebuilt(node: Latex, next: () => Latex): Latex {
  const each = (parts: readonly Latex[]): readonly Latex[] => parts.map(next)
  const maybe = <K extends string>(key: K, part: Latex | undefined): { [k in K]?: Latex } => part === undefined ? {} : { [key]: next() } as { [k in K]: Latex }
  switch (node.kind) {
    case 'number': case 'symbol': case 'text': case 'dots': return node
    case 'scripted': return { ...node, base: next(), ...rebuiltScripts(node, next) }
    case 'applied': return { ...node, head: next(), group: next() as typeof node.group, ...rebuiltScripts(node, next) }
    case 'group': case 'list': return { ...node, items: each(node.items) }
    case 'prefix': return { ...node, head: next(), argument: next() }
    case 'sum': return { ...node, terms: node.terms.map(({ sign }) => ({ sign, body: next() })) }
    case 'product': return { ...node, factors: each(node.factors) }
    case 'fraction': return { ...node, numerator: next(), denominator: next() }
    case 'derivative': return node.operator ? { ...node, by: rebuiltBy(node, next), of: next() } : { ...node, of: next(), by: rebuiltBy(node, next) }
    case 'nabla': return { ...node, ...maybe('by', node.by), of: next() }
    case 'differential': return { ...node, of: next() }
    case 'big': return { ...node, under: each(node.under), ...maybe('upper', node.upper), body: next() }
    case 'norm': case 'rounded': return { ...node, inner: next() }
    case 'root': return { ...node, ...maybe('index', node.index), inner: next() }
    case 'cases': return { ...node, rows: node.rows.map((row) => ({ value: next(), ...maybe('condition', row.condition) })) }
    case 'matrix': return { ...node, rows: node.rows.map(each) }
    case 'indicator': return { ...node, relation: next() }
    case 'relation': return { ...node, parts: node.parts.map((part) => part && next()) }
  }
}

interface Scripts { readonly sub?: readonly Latex[]; readonly sup: readonly Raised[] }

function scriptParts({ sub = [], sup }: Scripts): readonly Latex[] { return [...sub, ...sup.flatMap(raisedParts)] }

function raisedParts(raised: Raised): readonly Latex[] {
  switch (raised.kind) {
    case 'label': return [raised.inner]
    case 'power': return [raised.exponent]
    case 'transpose': case 'star': return []
  }
}

function rebuiltScripts({ sub, sup }: Scripts, next: () => Latex): Scripts {
  return { ...(sub && { sub: sub.map(next) }), sup: sup.map((raised) => rebuiltRaised(raised, next)) }
}

function rebuiltRaised(raised: Raised, next: () => Latex): Raised {
  switch (raised.kind) {
    case 'label': return { ...raised, inner: next() }
    case 'power': return { ...raised, exponent: next() }
    case 'transpose': case 'star': return raised
  }
}

function rebuiltBy(node: Latex & { kind: 'derivative' }, next: () => Latex): (Latex & { kind: 'derivative' })['by'] {
  return node.by.map(({ order }) => ({ variable: next(), order }))
}

function present(node: Latex | undefined): readonly Latex[] { return node === undefined ? [] : [node] }
