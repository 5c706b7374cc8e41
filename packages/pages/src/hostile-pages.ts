/** Pages made to make a reader slow, for tests. Every reader of pages must end on all of them, also when they are 1 MB long. */

const fill = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes)

const REPEATED = [
  '[', '![', '[a](', '<', '<!-- ', '<!-- id: a -->\n', '<!-- chainrule -->\n', '&', '*', '**a', '*a ', '_a ', '*a_b ', '`', '```\n', '```math\na=b\n```\n',
  '$', '$$', '$ a ', '$a ', '$a=b$ ', '$$ ', '$$a\n\n', '$$\na\n\n', '$$a=b$$\n\n', '$`a', 'text $a\n', '\\', '\\[', '\\[\n\n', '\\(a\n\n', '\\begin{align}', '\\begin{align}\n\n',
  '>', '> \n', '> $$a\n', '> > > > > $$\n', '- ', '- - ', '- $x$\n', '1) ', '# a\n', 'a\n---\n', '|', '| $a$ |\n', 'a\n\n', '\n', '\r', ' ', ' \t', '(', 'a', '[a]: b\n',
  '{', '\\section{', '\\section{a}{b}', '\\item[', 'a\\par ', '\\verb!', '% id: a\n', '%', '$a{', '\\begin{verbatim}', '\\end{itemize}', 'a\\\\\n',
]

/** Pages by what they are made of. */
export const hostilePages = (bytes: number): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(REPEATED.map(text => [JSON.stringify(text), fill(text, bytes)])),
  'a display without an end': `$$${fill('a', bytes)}`,
  'deeper and deeper lists': Array.from({ length: Math.floor(Math.sqrt(bytes)) }, (_, k) => `${'  '.repeat(k)}- a`).join('\n'),
  'rows of backticks, each longer': Array.from({ length: Math.floor(Math.sqrt(bytes)) }, (_, k) => '`'.repeat(k)).join(' '),
  'rows of dollars, each longer': Array.from({ length: Math.floor(Math.sqrt(bytes)) }, (_, k) => `${'$'.repeat(k)}a`).join(' '),
  'a condition that goes on': `$a=b$ if ${fill('a b, ', bytes)}$c$`,
})
