/** Lines about sets, orders, roundings and conditions, each with the verdicts that are right for it. */

/** Exercise, question, line, the verdicts that it may have. */
export type VerdictCase = readonly [exercise: string, question: string, latex: string, verdicts: string]

export const SETS: readonly VerdictCase[] = [
  ['sheet-b', 'B1', String.raw`n_6=g(b_6+\sum_{k\in\{3,4\}}w_{k,6}n_k)`, 'agrees'],
  ['sheet-b', 'B1', String.raw`n_6=g(b_6+\sum_{k\in\{3\}}w_{k,6}n_k)`, 'refuted'],
  ['sheet-b', 'B1', String.raw`n_6=g(b_6+\sum_{k\in\{3,4,5\}}w_{k,6}n_k)`, 'unreadable'],
  ['sheet-b', 'B1', String.raw`E=\sum_{i\in data}\sum_{o\in\{6\}}(n_o-y_o)^2`, 'refuted'],
  ['sheet-b', 'B1', String.raw`E=\sum_{i\in\{1\}}\sum_o(n_o-y_o)^2`, 'refuted'],
  ['sheet-a', 'A1', String.raw`s_i=\frac{e^{z_i}}{\sum_{k\in\{1,2\}}e^{z_k}}`, 'refuted'],
  ['sheet-a', 'A1', String.raw`s_i=\frac{e^{z_i}}{\sum_{k\in\{1,\dots,n\}}e^{z_k}}`, 'agrees'],
  ['sheet-d', 'D2', String.raw`z_j^{[1]}=\sum_{k\in\{1\}}w_{jk}^{[1]}x_k`, 'refuted'],
  ['sheet-d', 'D2', String.raw`z_j^{[1]}=\sum_{k\in\{1,2\}}w_{jk}^{[1]}x_k`, 'agrees|proved'],
  ['sheet-e', 'E1', String.raw`E=-\sum_{c\in\{1,3\}}t_c\log y_c`, 'refuted'],
  ['sheet-e', 'E1', String.raw`E=-\sum_{c\in A}t_c\log y_c`, 'unreadable'],
]

export const ORDERS: readonly VerdictCase[] = [
  ['sheet-d', 'D4.zero', String.raw`\frac{\partial J}{\partial w^{[1]}_{jk}}<0`, 'refuted'],
  ['sheet-a', 'A1', String.raw`s_i<0.9`, 'undecided'],
  ['sheet-a', 'A1', String.raw`s_i>2`, 'refuted'],
  ['sheet-d', 'D2', String.raw`L<10`, 'undecided'],
  ['sheet-d', 'D2', String.raw`\sigma'(z)\leq0.2`, 'refuted'],
  ['sheet-c', 'C1', String.raw`z<1`, 'agrees'],
  ['sheet-c', 'C1', String.raw`z>0.7`, 'refuted'],
  ['sheet-c', 'C2', String.raw`A\neq(32,512)`, 'agrees'],
  ['sheet-c', 'C2', String.raw`A\neq(32,1024)`, 'refuted'],
  ['sheet-c', 'C2', String.raw`A<(33,1025)`, 'unreadable'],
]

export const ROUNDINGS: readonly VerdictCase[] = [
  ['sheet-a', 'A1', String.raw`s_i\approx\frac1n`, 'undecided'],
  ['sheet-d', 'D2', String.raw`\hat y\approx\frac12`, 'undecided'],
  ['sheet-c', 'C1', String.raw`z\approx1`, 'undecided'],
  ['sheet-c', 'C1', String.raw`z\approx5`, 'refuted'],
  ['sheet-c', 'C1', String.raw`z\approx0.6`, 'agrees'],
  ['sheet-c', 'C3', String.raw`557057\approx557000`, 'agrees'],
  ['sheet-c', 'C3', String.raw`557057\approx558000`, 'undecided|refuted'],
  ['sheet-a', 'A1', String.raw`s_1s_2s_3=0.0`, 'refuted'],
  ['sheet-c', 'C1', String.raw`z=0.62=y_x`, 'proved'],
  ['sheet-c', 'C1', String.raw`z=0.6=y_x`, 'agrees'],
  ['sheet-c', 'C1', String.raw`z=0.6=y_x+0.02`, 'undecided|refuted'],
  ['sheet-c', 'C1', String.raw`0.6=z+0.03`, 'undecided|refuted'],
  ['sheet-c', 'C1', String.raw`z=0.62=0.6=0.6+0.04`, 'undecided|refuted'],
]
