/** Words in LaTeX's text mode: special characters escaped, mathematical signs set as mathematics. */

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', $: '\\$', '&': '\\&', '#': '\\#', '%': '\\%', _: '\\_', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}',
  '<': '$<$', '>': '$>$', '|': '$|$', '\u00a0': '~', '\u2003': '\\quad{}', '–': '--', '—': '---', '…': '\\dots{}', '✓': '$\\checkmark$', '✗': '$\\times$',
}

const signs: Readonly<Record<string, string>> = {
  '−': '-', '×': '\\times', '·': '\\cdot', '⊙': '\\odot', '⊘': '\\oslash', '∂': '\\partial', Σ: '\\Sigma', Π: '\\Pi', '∈': '\\in', '≠': '\\neq', '≤': '\\le', '≥': '\\ge', '≈': '\\approx',
  '→': '\\to', '←': '\\leftarrow', '∞': '\\infty', '√': '\\surd', '‖': '\\|', '±': '\\pm', '∇': '\\nabla',
  α: '\\alpha', β: '\\beta', γ: '\\gamma', δ: '\\delta', ε: '\\varepsilon', ζ: '\\zeta', η: '\\eta', θ: '\\theta', κ: '\\kappa', λ: '\\lambda', μ: '\\mu', ν: '\\nu', ξ: '\\xi',
  π: '\\pi', ρ: '\\rho', σ: '\\sigma', τ: '\\tau', φ: '\\varphi', χ: '\\chi', ψ: '\\psi', ω: '\\omega', Γ: '\\Gamma', Δ: '\\Delta', Θ: '\\Theta', Λ: '\\Lambda', Φ: '\\Phi', Ψ: '\\Psi', Ω: '\\Omega',
}

const above: Readonly<Record<string, string>> = {
  '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁺': '+', '⁻': '-', '⁽': '(', '⁾': ')',
  'ᵀ': '\\top ', ⁿ: 'n', ⁱ: 'i', 'ʲ': 'j', 'ᵏ': 'k', 'ˡ': 'l', 'ᵐ': 'm', 'ᵗ': 't', 'ᵘ': 'u', 'ᵛ': 'v', 'ʷ': 'w', 'ˣ': 'x', 'ʸ': 'y', 'ᶻ': 'z', 'ᴸ': 'L',
}
const below: Readonly<Record<string, string>> = { '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9' }

const run = (table: Readonly<Record<string, string>>): string => `[${Object.keys(table).join('')}]+`
const parts = new RegExp(`(${run(above)})|(${run(below)})|([${Object.keys(signs).join('')}])|([\\\\{}$&#%_~^<>|\\u00a0\\u2003–—…✓✗])`, 'gu')
const spell = (text: string, table: Readonly<Record<string, string>>): string => Array.from(text, c => table[c]!).join('').trimEnd()

/** Words as LaTeX text; three blanks or more are a gap. `(uⁿ)' = n_1` becomes `(u$^{n}$)' = n\_1`. */
export const latexWords = (text: string): string => text.replace(/ {3,}/g, '\u2003').replace(parts, (c: string, up?: string, down?: string, sign?: string) =>
  (up !== undefined ? `$^{${spell(up, above)}}$` : down !== undefined ? `$_{${spell(down, below)}}$` : sign !== undefined ? `$${signs[sign]!}$` : special[c]!))
