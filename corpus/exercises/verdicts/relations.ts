/** Lines about sets, orders, roundings and conditions, each with the verdicts that are right for it. */
import type { Row } from './row.ts'

export const SETS: readonly Row[] = [
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

export const ORDERS: readonly Row[] = [
  ['sheet-d', 'D4.zero', String.raw`\frac{\partial J}{\partial w^{[1]}_{jk}}<0`, 'refuted'],
  ['sheet-a', 'A1', String.raw`s_i<0.9`, 'refuted'],
  ['sheet-a', 'A1', String.raw`s_i>2`, 'refuted'],
  ['sheet-d', 'D2', String.raw`L<10`, 'refuted'],
  ['sheet-d', 'D2', String.raw`\sigma'(z)\leq0.2`, 'refuted'],
  ['sheet-c', 'C1', String.raw`z<1`, 'agrees'],
  ['sheet-c', 'C1', String.raw`z>0.7`, 'refuted'],
  ['sheet-c', 'C2', String.raw`A\neq(32,512)`, 'agrees'],
  ['sheet-c', 'C2', String.raw`A\neq(32,1024)`, 'refuted'],
  ['sheet-c', 'C2', String.raw`A<(33,1025)`, 'unreadable'],
]

export const ROUNDINGS: readonly Row[] = [
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

const softmax = String.raw`s_i=\frac{e^{z_i}}{\sum_ke^{z_k}}`

export const CONDITIONS: readonly Row[] = [
  ['sheet-a', 'A1', String.raw`${softmax}, \quad 1\leq i\leq n`, 'agrees'],
  ['sheet-a', 'A1', String.raw`${softmax}, \quad i=1,\dots,n`, 'agrees'],
  ['sheet-a', 'A1', String.raw`${softmax}\text{ for all }1\le i\le n`, 'agrees'],
  ['sheet-a', 'A1', String.raw`s_i=\frac{e^{z_1}}{\sum_ke^{z_k}}, \quad i=1,\dots,n`, 'refuted'],
  ['sheet-a', 'A1', String.raw`\frac{\partial s_i}{\partial z_j}=-s_is_j,\quad 1\le i<j\le n`, 'agrees'],
  ['sheet-a', 'A1', String.raw`\frac{\partial s_i}{\partial z_j}=s_i(\delta_{ij}-s_j),\quad i,j=1,\dots,n`, 'agrees'],
  ['sheet-a', 'A1', String.raw`i=j\Rightarrow\frac{\partial s_i}{\partial z_j}=s_i(1-s_i)`, 'agrees'],
  ['sheet-a', 'A1', String.raw`${softmax}\Rightarrow\frac{\partial s_i}{\partial z_j}=s_is_j`, 'refuted'],
  ['sheet-d', 'D2', String.raw`z_j^{[1]}=\sum_kw_{jk}^{[1]}x_k,\quad j\in\{1,2\}`, 'agrees|proved'],
  ['sheet-d', 'D2', String.raw`z_j^{[1]}=\sum_kw_{1k}^{[1]}x_k,\quad j=1,2`, 'refuted'],
  ['sheet-c', 'C4', String.raw`L=-\log P_k,\quad y_k=1`, 'agrees'],
  ['sheet-e', 'E1', String.raw`E=-\log y_c\quad\text{if }t_c=1`, 'agrees'],
  ['sheet-a', 'A4', String.raw`\frac{\partial Loss}{\partial w_1}=0\text{ if }w_2=0`, 'undecided'],
  ['sheet-a', 'A4', String.raw`\frac{\partial Loss}{\partial w_1}=0,\quad x=0`, 'undecided'],
  ['sheet-a', 'A4', String.raw`Loss=0\Leftrightarrow a_2=y^*`, 'undecided'],
  ['sheet-d', 'D2', String.raw`\hat y=y\implies L=0`, 'undecided'],
  ['sheet-d', 'D2', String.raw`\text{Let }x_1=1, x_2=2`, 'undecided'],
  ['sheet-e', 'E9', String.raw`\lambda=0.1`, 'undecided'],
  ['sheet-a', 'A4', String.raw`y^*=1`, 'undecided'],
  ['sheet-d', 'D2', String.raw`\hat y=0.5`, 'refuted'],
  ['sheet-a', 'A1', String.raw`n=3`, 'undecided'],
  ['sheet-c', 'C1', String.raw`x_0=1, w_0=0.4`, 'refuted'],
  // conditions that hold nowhere
  ['sheet-a', 'A1', String.raw`s_i=3,\quad i<1`, 'undecided'],
  ['sheet-a', 'A1', String.raw`s_i=3\quad(i\neq i)`, 'undecided'],
]

export const WORDS: readonly Row[] = [
  ['sheet-a', 'A1', String.raw`\text{not }${softmax}`, 'undecided'],
  ['sheet-a', 'A1', String.raw`${softmax}\text{ is false}`, 'undecided'],
  ['sheet-a', 'A1', String.raw`${softmax}\text{ plus }1`, 'undecided'],
  ['sheet-a', 'A1', String.raw`${softmax}, 5`, 'undecided'],
  ['sheet-a', 'A1', String.raw`\text{Chain rule: }${softmax}\quad(1)`, 'agrees'],
]

export const SIGNS: readonly Row[] = [
  ['sheet-b', 'B1', String.raw`n_1\to n_3\to n_6`, 'undecided'],
  ['sheet-a', 'A4', String.raw`z_1\mapsto a_1`, 'undecided'],
  ['sheet-e', 'E2', String.raw`\frac{\partial E}{\partial z^{(2)}}\propto 2(y-t)`, 'undecided'],
  ['sheet-a', 'A1', String.raw`s_i\to1\text{ as }z_i\to\infty`, 'undecided|unreadable'],
  ['sheet-a', 'A4', String.raw`w_1\to w_1-\lambda\frac{\partial Loss}{\partial w_1}`, 'proved|agrees'],
  ['sheet-e', 'E9', String.raw`W^{(2)}=(1-\eta\lambda)W^{(2)}-\frac{\eta}{m}\sum_j(y_j^{(2)}-t_j)y_j^{(1)\top}`, 'agrees'],
]

export const LIMITS: readonly Row[] = [
  ['sheet-a', 'A1', String.raw`s_i=\frac{e^{z_i}}{\sum_{k=1}^{m}e^{z_k}}`, 'agrees'],
  ['sheet-c', 'C4', String.raw`L=-\sum_{i=1}^N y_i\log P_i`, 'agrees'],
  ['sheet-c', 'C4', String.raw`\frac{\partial L}{\partial h_i}=P_i\sum_{j=1}^N y_j-y_i`, 'agrees'],
  ['sheet-e', 'E1', String.raw`E=-\sum_{c=1}^N t_c\log y_c`, 'agrees'],
]

export const HIDDEN: readonly Row[] = [
  ['sheet-a', 'A1', String.raw`${softmax}+10^{-20}`, 'undecided'],
  ['sheet-a', 'A1', String.raw`\sum_ks_k=1+10^{-16}`, 'undecided'],
  ['sheet-a', 'A1', String.raw`e^{-e^{10}}=0`, 'undecided'],
  ['sheet-a', 'A1', String.raw`\tanh(10^3)=1`, 'undecided'],
  ['sheet-a', 'A1', String.raw`\frac{s_i}{e^{800}}=0`, 'undecided'],
  ['sheet-c', 'C4', String.raw`\frac{y_i}{y_i}=1`, 'unreadable'],
  ['sheet-a', 'A2', String.raw`L_2=250.000`, 'conditional'],
  ['sheet-a', 'A4', String.raw`\eta=\lambda`, 'undecided'],
  ['sheet-b', 'B3', String.raw`K`, 'agrees'],
  ['sheet-b', 'B3', String.raw`2^{K-3}+2`, 'refuted'],
  ['sheet-b', 'B3', String.raw`K+(K-3)(K-4)`, 'refuted'],
  ['known-derivatives', 'factorisation-hessian', String.raw`\frac{\partial^2 f}{\partial U_{ij}\partial U_{kl}}=2\delta_{ik}(VV^\top)_{jl}`, 'refuted'],
]

const recursion = String.raw`\delta^{[l]}=W^{[l+1]\top}\delta^{[l+1]}\odot g^{[l]\prime}(z^{[l]})`

export const LAYERS: readonly Row[] = [
  ['sheet-d', 'D3', recursion, 'agrees'],
  ['sheet-d', 'D3', String.raw`${recursion},\quad l<L`, 'agrees'],
  ['sheet-d', 'D3', String.raw`${recursion},\quad l=1,\dots,L-1`, 'agrees'],
]
