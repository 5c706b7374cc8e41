/** A link's outcome in words: the verdict, what it takes for granted, how it was read, the counterexample. */
import type { Span } from '../language/ast.ts'
import type { Latex } from '../language/latex/ast.ts'
import type { PageLink } from './judged.ts'
import type { LinkOutcome } from './chain-verdict.ts'
import { counterexampleOf } from './counterexample.ts'
import { otherwiseOf } from './otherwise.ts'
import { type LinkVerdict, type Verdict, worst } from './types.ts'

/** The verdict on a link of the page. */
export function linkVerdict(l: PageLink, latex: string): LinkVerdict {
  const place = (e: Latex | undefined): Span => e?.span ?? { start: latex.length, end: latex.length }
  const own = said(l.outcome)
  if (!l.also) return { ...own, left: place(l.left), right: place(l.right) }
  const asked = said(l.also)
  const verdict = worst([own.verdict, asked.verdict])
  const telling = verdict === asked.verdict && verdict !== own.verdict ? asked : own
  const assumption = [asked.assumption, own.assumption].filter(a => a !== undefined).join('; ')
  const note = [asked.verdict !== own.verdict && verdict === asked.verdict && verdict === 'refuted' ? 'the arithmetic is right, but it is not what the question asks for' : undefined, telling.note].filter(n => n !== undefined).join('; ')
  return {
    ...telling, verdict, left: place(l.left), right: place(l.right),
    ...(verdict === 'conditional' && assumption !== '' ? { assumption } : {}), ...(note === '' ? {} : { note }),
    ...(verdict === 'conditional' && asked.otherwise !== undefined ? { otherwise: asked.otherwise } : {}),
  }
}

type Said = Omit<LinkVerdict, 'left' | 'right'>

function said(o: LinkOutcome): Said {
  const { raw } = o
  const notes = raw.kind === 'holds' || raw.kind === 'differs' ? raw.notes : []
  const note = (more: readonly string[] = []): { note?: string } => { const all = [...notes, ...more]; return all.length > 0 ? { note: all.join('; ') } : {} }
  switch (o.kind) {
    case 'holds': return { verdict: raw.kind === 'holds' ? raw.proof : 'agrees', ...note() }
    case 'conditional': {
      const otherwise = otherwiseOf(o)
      return { verdict: 'conditional', assumption: o.assumption ?? '', ...(otherwise === '' ? {} : { otherwise }), ...note() }
    }
    case 'refuted': {
      if (raw.kind !== 'differs') return { verdict: 'refuted', ...note() }
      const { counterexample, oneSampleAgrees } = counterexampleOf(raw, o.chain.scene)
      return { verdict: 'refuted', counterexample, ...note(oneSampleAgrees ? ['with one sample the two agree'] : []) }
    }
    case 'undecided': return { verdict: 'undecided', ...note([raw.kind === 'undecided' ? raw.reason : raw.kind === 'shapes' ? `the shapes do not fit: ${raw.message}` : '']) }
    case 'unreadable': return { verdict: 'unreadable' satisfies Verdict, ...note([raw.kind === 'unreadable' ? raw.message : '']) }
  }
}
