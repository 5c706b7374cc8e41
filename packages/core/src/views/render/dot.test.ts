import { instance } from '@viz-js/viz'
import { expect, test } from 'vitest'
import type { GraphDrawing } from '../graph-drawing.ts'
import { renderDot } from './dot.ts'

const drawing: GraphDrawing = {
  nodes: [
    { name: 'x_0', label: 'x_0', kind: 'input', value: '1', gradient: '0.94' },
    { name: 'w_0', label: 'w_0', kind: 'param', value: '0.3', gradient: '-0.2' },
    { name: 't', label: 't', kind: 'target' },
    { name: 'y"<&', label: 'y"<&', kind: 'node', value: '0.4', gradient: '[1 2\n 3 4]' },
    { name: 'E', label: 'E', kind: 'loss', value: '0.62', gradient: '1' },
  ],
  edges: [{ from: 'x_0', to: 'y"<&', label: 'w_0 = 0.3' }, { from: 'w_0', to: 'y"<&' }, { from: 'y"<&', to: 'E', label: 'a "b" \\ c' }, { from: 't', to: 'E' }],
}

test('Graphviz draws every node and edge of the DOT text', async () => {
  const viz = await instance()
  const svg = viz.renderString(renderDot(drawing), { format: 'svg' })
  expect(svg.match(/class="node"/g)).toHaveLength(5)
  expect(svg.match(/class="edge"/g)).toHaveLength(4)
  expect(svg).toContain('0.94')
  expect(svg).toContain('y&quot;&lt;&amp;')
})

test('kinds differ without colour', () => {
  const styles = renderDot({ nodes: (['input', 'target', 'param', 'node', 'loss'] as const).map(kind => ({ name: kind, label: kind, kind })), edges: [] })
    .split('\n').filter(line => line.includes('shape=')).map(line => line.replace(/^.*>, /, '').replace(/fillcolor="[^"]*"/, ''))
  expect(new Set(styles).size).toBe(5)
})
