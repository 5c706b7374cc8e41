/** Every command that is read, by what it stands for. */
import type { Accent, Font } from './ast.ts'
import type { Spelling, TokenKind } from './token.ts'

/** Letters that are their own name: `\sigma` is sigma. */
const letters = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega'
  + ' Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega ell infty emptyset'

/** Functions that LaTeX knows, and those that pages define for themselves. */
const functions = 'log ln lg exp sin cos tan cot tanh sinh cosh arctan arcsin arccos max min argmax argmin sup inf det dim deg ker Pr'
  + ' diag tr softmax sigmoid logistic relu ReLU softplus sign sgn vec rank var cov Var Cov'

const other: Readonly<Record<string, string>> = {
  varepsilon: 'epsilon', vartheta: 'theta', varphi: 'phi', varrho: 'rho', varsigma: 'sigma', varkappa: 'kappa', hslash: 'hbar', hbar: 'hbar',
  imath: 'i', jmath: 'j', varnothing: 'emptyset', Re: 'Re', Im: 'Im', Tr: 'Tr', trace: 'tr', rectifier: 'relu', R: 'R', E: 'E', N: 'N', Z: 'Z', P: 'P', L: 'L',
}
const blackboard = new Set(['R', 'E', 'N', 'Z', 'P'])

const operators: Readonly<Record<string, string>> = {
  cdot: 'cdot', bullet: 'cdot', times: 'times', ast: 'star', odot: 'odot', circ: 'odot', otimes: 'otimes', div: 'slash', slash: 'slash', oslash: 'oslash',
}

const relations: Readonly<Record<string, string>> = {
  ne: '≠', neq: '≠', lt: '<', gt: '>', le: '≤', leq: '≤', leqslant: '≤', ge: '≥', geq: '≥', geqslant: '≥', approx: '≈', simeq: '≈', cong: '≈', doteq: '≈',
  equiv: '≡', coloneqq: ':=', coloneq: ':=', triangleq: ':=', colon: ':', leftarrow: '←', gets: '←', longleftarrow: '←',
  rightarrow: '→', to: '→', longrightarrow: '→', mapsto: '→', longmapsto: '→', in: '∈', propto: '∝', sim: '∼', mid: '|',
  Rightarrow: '⇒', implies: '⇒', Longrightarrow: '⇒', Leftrightarrow: '⇔', iff: '⇔', Longleftrightarrow: '⇔',
}

const opening: Readonly<Record<string, string>> = { '{': '{', lbrace: '{', lbrack: '[', lparen: '(', lfloor: 'floor', lceil: 'ceil', lvert: '|', lVert: '||', llbracket: '[' }
const closing: Readonly<Record<string, string>> = { '}': '{', rbrace: '{', rbrack: '[', rparen: '(', rfloor: 'floor', rceil: 'ceil', rvert: '|', rVert: '||', rrbracket: '[' }

const structure: Readonly<Record<string, string>> = {
  frac: 'frac', tfrac: 'frac', dfrac: 'frac', cfrac: 'frac', nicefrac: 'frac', sfrac: 'frac', over: 'over', sqrt: 'sqrt', sum: 'sum', prod: 'prod',
  partial: 'partial', nabla: 'nabla', top: 'top', intercal: 'top', transpose: 'top', substack: 'substack', underbrace: 'braced', overbrace: 'braced',
}

const accents: Readonly<Record<string, Accent>> = {
  hat: 'hat', widehat: 'hat', bar: 'bar', tilde: 'tilde', widetilde: 'tilde', dot: 'dot', ddot: 'ddot', vec: 'vec', overrightarrow: 'vec',
  overline: 'overline', underline: 'underline',
}

/** Fonts; `plain` changes nothing that is kept, `word` makes one word of its letters. */
export const fonts: Readonly<Record<string, Font | 'plain' | 'word'>> = {
  mathcal: 'cal', cal: 'cal', mathbf: 'bold', bf: 'bold', boldsymbol: 'bold', bm: 'bold', bold: 'bold', pmb: 'bold', mathbb: 'blackboard', Bbb: 'blackboard', mathds: 'blackboard',
  mathrm: 'roman', rm: 'roman', mathup: 'roman', operatorname: 'roman', 'operatorname*': 'roman', mathfrak: 'fraktur', mathsf: 'sans', sf: 'sans', mathtt: 'sans', tt: 'sans', mathscr: 'script',
  mathit: 'word', it: 'word', mathnormal: 'plain', boxed: 'plain', fbox: 'plain', mathop: 'plain', mathord: 'plain', mathbin: 'plain', mathrel: 'plain', ensuremath: 'plain', mathclose: 'plain', mathopen: 'plain',
}

/** Commands whose argument is text. */
export const texts: ReadonlySet<string> = new Set('text mbox textrm textbf textit texttt textnormal textsf textup hbox emph intertext shortintertext'.split(' '))

/** Space, by its width. */
export const spaces: Readonly<Record<string, '' | 'blank' | 'thin' | 'quad'>> = {
  ',': 'thin', ':': 'thin', '>': 'thin', ';': 'thin', ' ': 'blank', '\n': 'blank', '\r': 'blank', '\t': 'blank', '!': '', thinspace: 'thin', medspace: 'thin', thickspace: 'thin', negthinspace: '',
  enspace: 'thin', enskip: 'thin', quad: 'quad', qquad: 'quad', space: 'blank', nobreakspace: 'blank',
}

/** Commands without meaning for what is said. */
export const idle: ReadonlySet<string> = new Set(('displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag noindent centering allowbreak break nobreak relax strut hfill hline'
  + ' qed small large Large normalsize footnotesize mathstrut par smallskip medskip bigskip null').split(' '))

/** Commands without meaning that take an argument in braces. */
export const idleWithArgument: ReadonlySet<string> = new Set('label tag tag* vspace hspace vspace* hspace* phantom hphantom vphantom color cline ref eqref'.split(' '))

/** Sizes of brackets, with the side where they say one. */
export const sizes: Readonly<Record<string, 'open' | 'close' | 'bar'>> = {
  left: 'open', right: 'close', middle: 'bar', big: 'bar', Big: 'bar', bigg: 'bar', Bigg: 'bar',
  bigl: 'open', Bigl: 'open', biggl: 'open', Biggl: 'open', bigr: 'close', Bigr: 'close', biggr: 'close', Biggr: 'close', bigm: 'bar', Bigm: 'bar', biggm: 'bar', Biggm: 'bar',
}

/** Commands that make other commands: a page may not change the language. */
export const definitions: ReadonlySet<string> = new Set('def gdef edef xdef let newcommand renewcommand providecommand DeclareMathOperator DeclareMathOperator* newenvironment renewenvironment catcode csname expandafter input include usepackage require'.split(' '))

const spellings = new Map<string, Spelling>()

function list(kind: TokenKind, table: Readonly<Record<string, string>>): void {
  for (const [command, text] of Object.entries(table)) spellings.set(command, { kind, text })
}

for (const name of `${functions} ${letters}`.split(' ')) spellings.set(name, { kind: 'name', text: name })
for (const [command, text] of Object.entries(other)) spellings.set(command, { kind: 'name', text, ...(blackboard.has(command) && { font: 'blackboard' as const }) })
list('operator', operators)
list('relation', relations)
list('open', opening)
list('close', closing)
list('command', structure)
list('accent', accents)
spellings.set('vert', { kind: 'bar', text: '|' })
for (const command of ['|', 'Vert', 'parallel']) spellings.set(command, { kind: 'bar', text: '||' })
for (const command of 'dots ldots cdots vdots ddots dotsc dotsb dotsm hdots'.split(' ')) spellings.set(command, { kind: 'dots', text: '...' })
spellings.set('prime', { kind: 'prime', text: "'" })
for (const command of ['\\', 'newline', 'cr', 'tabularnewline']) spellings.set(command, { kind: 'row', text: '\\\\' })
spellings.set('star', { kind: 'operator', text: 'star' })
spellings.set('vec', { kind: 'accent', text: 'vec' })
for (const [command, text] of [['forall', 'for all'], ['therefore', 'therefore'], ['because', 'because'], ['land', 'and'], ['wedge', 'and'], ['lor', 'or'], ['vee', 'or']] as const) spellings.set(command, { kind: 'text', text })

/** What a command stands for, if it stands for one token. */
export function spellingOf(command: string): Spelling | undefined { return spellings.get(command) }

/** Every command that is read, for the nearest name to one that is not. */
export function allCommands(): Iterable<string> {
  return [...spellings.keys(), ...Object.keys(fonts), ...texts, ...Object.keys(spaces), ...idle, ...idleWithArgument, ...Object.keys(sizes), 'begin', 'end'].filter((name) => /^[A-Za-z]/.test(name))
}
