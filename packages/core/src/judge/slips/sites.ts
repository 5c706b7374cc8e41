/** All nodes of a line, each with a way to put another in its place. */
import { latexChildren, type Latex, mapLatexChildren } from '../../language/latex/index.ts'
import type { Site } from './slip.ts'

/** Every node, outer ones first. */
export function sitesOf(root: Latex): Site[] {
  const found: Site[] = []
  const walk = (node: Latex, parent: Latex | undefined, replace: (by: Latex) => Latex): void => {
    found.push({ node, parent, replace })
    latexChildren(node).forEach((child, k) => walk(child, node, by => replace(withChild(node, k, by))))
  }
  walk(root, undefined, by => by)
  return found
}

/** A node with its k-th child replaced. */
export function withChild(node: Latex, k: number, by: Latex): Latex {
  let at = 0
  return mapLatexChildren(node, child => (at++ === k ? by : child))
}
