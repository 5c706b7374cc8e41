/** Does the name fit a pattern in which `*` stands for anything, as `c1.*` for all parameters of c1? Names such as `y^*` fit themselves. */
export function fits(pattern: string, name: string): boolean {
  if (pattern === name) return true
  const parts = pattern.split('*').map(p => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(name)
}
