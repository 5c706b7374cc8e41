/** What LaTeX commands look like as text. */

/** How a piece stands among its neighbours. */
export type Role = 'atom' | 'word' | 'relation' | 'binary' | 'sign' | 'open' | 'close' | 'comma' | 'blank' | 'big'

const table = (role: Role, words: string): [string, { readonly text: string; readonly role: Role }][] =>
  words.trim().split(/\s+/).map(word => {
    const at = word.indexOf('=', 1)
    return [word.slice(0, at), { text: word.slice(at + 1), role }]
  })

/** Commands without arguments: `\alpha`, `\cdot`, `\sum`. */
export const SYMBOLS: ReadonlyMap<string, { readonly text: string; readonly role: Role }> = new Map([
  ...table('atom', `
    alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ
    pi=π rho=ρ sigma=σ varsigma=ς tau=τ upsilon=υ phi=φ varphi=φ chi=χ psi=ψ omega=ω
    Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω
    partial=∂ nabla=∇ infty=∞ ell=ℓ hbar=ℏ Re=ℜ Im=ℑ forall=∀ exists=∃ emptyset=∅ varnothing=∅ neg=¬ lnot=¬ prime=′ top=⊤ bot=⊥
    ldots=… cdots=⋯ dots=… dotsc=… dotsb=⋯ vdots=⋮ ddots=⋱ degree=° checkmark=✓ &=& %=% $=$ #=# _=_
    vert=| lvert=| rvert=| Vert=‖ lVert=‖ rVert=‖ |=‖ backslash=\\`),
  ...table('word', `
    log=log ln=ln exp=exp sin=sin cos=cos tan=tan cot=cot sinh=sinh cosh=cosh tanh=tanh arctan=arctan arcsin=arcsin arccos=arccos
    det=det tr=tr dim=dim ker=ker rank=rank sgn=sgn arg=arg deg=deg gcd=gcd Pr=Pr`),
  ...table('big', 'sum=Σ prod=Π int=∫ max=max min=min argmax=argmax argmin=argmin sup=sup inf=inf lim=lim bigcup=⋃ bigcap=⋂ bigoplus=⊕'),
  ...table('relation', `
    leq=≤ le=≤ leqslant=≤ geq=≥ ge=≥ geqslant=≥ neq=≠ ne=≠ approx=≈ equiv=≡ sim=∼ simeq=≃ cong=≅ propto=∝ in=∈ notin=∉ ni=∋ subset=⊂
    subseteq=⊆ supset=⊃ to=→ rightarrow=→ longrightarrow=→ leftarrow=← gets=← longleftarrow=← mapsto=↦ Rightarrow=⇒ Longrightarrow=⇒
    implies=⇒ Leftarrow=⇐ iff=⇔ Leftrightarrow=⇔ leftrightarrow=↔ coloneqq=:= triangleq=≜ doteq=≐ ll=≪ gg=≫ mid=| parallel=∥ perp=⊥
    lt=< gt=>`),
  ...table('binary', 'cdot=· times=× odot=⊙ oslash=⊘ otimes=⊗ oplus=⊕ circ=∘ ast=* star=⋆ div=÷ bullet=• cap=∩ cup=∪ wedge=∧ land=∧ vee=∨ lor=∨ setminus=∖'),
  ...table('sign', 'pm=± mp=∓'),
  ...table('open', '{={ lbrace={ lbrack=[ lfloor=⌊ lceil=⌈ langle=⟨ lgroup=('),
  ...table('close', '}=} rbrace=} rbrack=] rfloor=⌋ rceil=⌉ rangle=⟩ rgroup=)'),
])

/** Single characters that are more than an atom. */
export const CHARACTERS: Readonly<Record<string, { readonly text: string; readonly role: Role }>> = {
  '+': { text: '+', role: 'sign' }, '-': { text: '−', role: 'sign' }, '−': { text: '−', role: 'sign' },
  '=': { text: '=', role: 'relation' }, ':=': { text: ':=', role: 'relation' }, '<': { text: '<', role: 'relation' }, '>': { text: '>', role: 'relation' },
  '*': { text: '*', role: 'binary' }, '·': { text: '·', role: 'binary' }, '×': { text: '×', role: 'binary' }, '⊙': { text: '⊙', role: 'binary' },
  ',': { text: ',', role: 'comma' }, ';': { text: ';', role: 'comma' },
  '(': { text: '(', role: 'open' }, '[': { text: '[', role: 'open' }, ')': { text: ')', role: 'close' }, ']': { text: ']', role: 'close' },
  '~': { text: ' ', role: 'blank' },
  ...Object.fromEntries(Array.from('≤≥≠≈≡∈→←⇒∝∼').map(c => [c, { text: c, role: 'relation' as const }])),
}

/** Commands that leave a blank. */
export const BLANKS: ReadonlySet<string> = new Set([',', ';', ':', '>', ' ', 'quad', 'qquad', 'enspace', 'space', 'thinspace'])

/** Commands that leave nothing: sizes of brackets, styles, spacing. */
export const NOTHING: ReadonlySet<string> = new Set([
  'left', 'right', 'middle', 'big', 'Big', 'bigg', 'Bigg', 'bigl', 'bigr', 'Bigl', 'Bigr', 'biggl', 'biggr', 'Biggl', 'Biggr', 'bigm',
  'displaystyle', 'textstyle', 'scriptstyle', 'limits', 'nolimits', 'nonumber', 'notag', '!', 'rm', 'bf', 'it', 'cal', 'hfill', 'strut', 'allowbreak', 'relax',
])

/** Commands whose one argument is shown as it is. */
export const SHOWN: ReadonlySet<string> = new Set([
  'mathrm', 'mathbf', 'mathit', 'mathsf', 'mathtt', 'mathcal', 'mathscr', 'mathfrak', 'boldsymbol', 'bm', 'operatorname', 'operatorname*', 'mathop', 'mathbin', 'mathrel', 'mathord', 'boxed', 'underbrace', 'overbrace', 'phantom', 'mathstrut', 'ensuremath', 'substack',
])

/** Commands whose argument is text, blanks and all. */
export const TEXTS: ReadonlySet<string> = new Set(['text', 'textrm', 'textbf', 'textit', 'textsf', 'texttt', 'mbox', 'hbox', 'textnormal'])

/** Commands whose argument is no part of the formula. */
export const DROPPED: ReadonlySet<string> = new Set(['label', 'tag', 'tag*', 'hspace', 'hspace*', 'vspace', 'hphantom', 'vphantom', 'color'])

/** Marks above a letter, as combining characters. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', '\u0302'], ['widehat', '\u0302'], ['bar', '\u0304'], ['overline', '\u0304'], ['tilde', '\u0303'], ['widetilde', '\u0303'],
  ['dot', '\u0307'], ['ddot', '\u0308'], ['vec', '\u20d7'], ['underline', '\u0332'],
])

export const DOUBLE_STRUCK: ReadonlyMap<string, string> = new Map([['R', 'ℝ'], ['N', 'ℕ'], ['Z', 'ℤ'], ['Q', 'ℚ'], ['C', 'ℂ'], ['E', '𝔼'], ['P', 'ℙ'], ['1', '𝟙']])

const FLAT = Array.from('0123456789+−-=()inT⊤ljkmL')
const RAISED = Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿᵀᵀˡʲᵏᵐᴸ')
const superscripts: ReadonlyMap<string, string> = new Map(FLAT.map((c, k) => [c, RAISED[k]!]))

/** Raised characters, where each of a short text has one: `(2)` is ⁽²⁾. */
export function raised(text: string): string | undefined {
  const characters = Array.from(text)
  if (characters.length > 6 || characters.length === 0) return undefined
  const up = characters.map(c => superscripts.get(c))
  return up.every(c => c !== undefined) ? up.join('') : undefined
}
