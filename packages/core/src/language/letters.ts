/** Spellings of one letter: Greek letters, hats, raised and lowered characters, all brought to ASCII. */

const greekNames: Readonly<Record<string, string>> = {
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ϵ: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta', ϑ: 'theta',
  ι: 'iota', κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', ο: 'omicron', π: 'pi', ρ: 'rho', ϱ: 'rho',
  σ: 'sigma', ς: 'sigma', τ: 'tau', υ: 'upsilon', φ: 'phi', ϕ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega',
  Α: 'Alpha', Β: 'Beta', Γ: 'Gamma', Δ: 'Delta', Ε: 'Epsilon', Ζ: 'Zeta', Η: 'Eta', Θ: 'Theta', Ι: 'Iota', Κ: 'Kappa',
  Λ: 'Lambda', Μ: 'Mu', Ν: 'Nu', Ξ: 'Xi', Ο: 'Omicron', Π: 'Pi', Ρ: 'Rho', Σ: 'Sigma', Τ: 'Tau', Υ: 'Upsilon',
  Φ: 'Phi', Χ: 'Chi', Ψ: 'Psi', Ω: 'Omega',
}

const markNames: Readonly<Record<string, string>> = { '\u0302': 'hat', '\u0304': 'bar', '\u0305': 'bar', '\u0303': 'tilde', '\u0307': 'dot' }

/** The ASCII spelling of letters: `σ` is `sigma`, `ŷ` is `yhat`, `x̄` is `xbar`; letters without one stay as they are. */
export function asciiLetters(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  let result = ''
  for (const character of text.normalize('NFD')) {
    const plain = /[\u{1D400}-\u{1D7FF}µ]/u.test(character) ? character.normalize('NFKC') : character
    result += greekNames[plain] ?? markNames[plain] ?? plain
  }
  return result.normalize('NFC')
}

const raised: Readonly<Record<string, string>> = {
  '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁺': '+', '⁻': '-',
  '⁽': '(', '⁾': ')', ⁿ: 'n', ⁱ: 'i', ʲ: 'j', ᵏ: 'k', ˡ: 'l', ᴸ: 'L', ᵐ: 'm', ᵗ: 't', ᵀ: 'T',
}

const lowered: Readonly<Record<string, string>> = {
  '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9', '₊': '+', '₋': '-',
  ₐ: 'a', ₑ: 'e', ₒ: 'o', ₓ: 'x', ₕ: 'h', ₖ: 'k', ₗ: 'l', ₘ: 'm', ₙ: 'n', ₚ: 'p', ₛ: 's', ₜ: 't', ᵢ: 'i', ⱼ: 'j', ᵣ: 'r', ᵤ: 'u', ᵥ: 'v',
}

/** The run of raised characters at an offset, in ASCII: `⁽²⁾` gives `(2)`; the empty string where there is none. */
export function raisedRun(source: string, at: number): string { return run(source, at, raised) }

/** The run of lowered characters at an offset, in ASCII: `₁₂` gives `12`. */
export function loweredRun(source: string, at: number): string { return run(source, at, lowered) }

function run(source: string, at: number, table: Readonly<Record<string, string>>): string {
  let result = ''
  for (let next = table[source[at] ?? '']; next !== undefined; next = table[source[at + result.length] ?? '']) result += next
  return result
}
