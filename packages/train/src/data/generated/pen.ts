/** Strokes drawn into an image: curves through points, distorted as a hand does, with a round pen. */
import type { Random } from '../../random/index.ts'
import type { Point, Stroke, Way } from './strokes.ts'

/** How unlike each other the drawings are; 1 is the usual amount, 0 draws every one alike. */
export interface Hand { readonly variety: number; readonly noise: number }

/** Pieces of a curve between two points. */
const pieces = 8

/** The points of a stroke, close together: a Catmull-Rom curve through them (E. Catmull and R. Rom, 1974), or straight lines. */
function along({ points, smooth, closed }: Stroke): Point[] {
  const n = points.length
  const at = (k: number): Point => (closed ? points[(k + n) % n]! : points[Math.max(0, Math.min(n - 1, k))]!)
  if (!smooth) return closed ? [...points, points[0]!] : [...points]
  const out: Point[] = []
  for (let k = 0; k < (closed ? n : n - 1); k++) for (let s = 0; s < pieces; s++) out.push(between(at(k - 1), at(k), at(k + 1), at(k + 2), s / pieces))
  return [...out, at(closed ? 0 : n - 1)]
}

function between(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const one = (p: number, q: number, r: number, s: number): number => 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t ** 3)
  return [one(a[0], b[0], c[0], d[0]), one(a[1], b[1], c[1], d[1])]
}

/** The map from the box of a stroke to pixels: bent, slanted, turned, scaled, moved. */
function distortion(size: number, random: Random, variety: number): (p: Point) => Point {
  const about = (spread: number): number => variety * spread * (2 * random.uniform() - 1)
  const slant = 0.12 + about(0.4)
  const turn = about(0.16)
  const [width, height] = [size * (0.52 + about(0.16)), size * (0.7 + about(0.09))]
  const [left, top] = [size / 2 + about(size * 0.075), size / 2 + about(size * 0.075)]
  const bends = Array.from({ length: 2 }, () => ({ by: about(0.06), wave: 2.5 + 2 * random.uniform(), from: 6.3 * random.uniform() }))
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return ([x, y]) => {
    const u = (x - 0.5 + bends[0]!.by * Math.sin(bends[0]!.wave * y + bends[0]!.from)) * width
    const v = (y - 0.5 + bends[1]!.by * Math.sin(bends[1]!.wave * x + bends[1]!.from)) * height
    const w = u - slant * v
    return [left + cos * w - sin * v, top + sin * w + cos * v]
  }
}

/** Draws one way of writing into `out`, size x size bytes, 0 for paper and up to 255 for ink. */
export function draw(way: Way, size: number, random: Random, hand: Hand, out: Uint8Array): void {
  const place = distortion(size, random, hand.variety)
  const shaky = (p: Point): Point => [p[0] + hand.variety * 0.035 * random.normal(), p[1] + hand.variety * 0.035 * random.normal()]
  const radius = size * (0.042 + hand.variety * 0.022 * (2 * random.uniform() - 1))
  const soft = 0.5 + hand.variety * 0.4 * random.uniform()
  const ink = 255 * (1 - hand.variety * 0.3 * random.uniform())
  const distances = new Float64Array(size * size).fill(Infinity)
  for (const s of shakenTogether(way, shaky)) {
    const points = along(s).map(place)
    for (let k = 1; k < points.length; k++) mark(distances, size, points[k - 1]!, points[k]!, radius + soft)
  }
  for (let k = 0; k < out.length; k++) {
    const cover = Math.max(0, Math.min(1, (radius + soft - Math.sqrt(distances[k]!)) / (2 * soft)))
    out[k] = Math.max(0, Math.min(255, Math.round(cover * ink + hand.noise * 255 * random.normal())))
  }
}

/** Points moved by a shaky hand; strokes that meet in a point still meet. */
function shakenTogether(way: Way, shaky: (p: Point) => Point): Stroke[] {
  const moved = new Map<string, Point>()
  const move = (p: Point): Point => {
    const known = moved.get(p.join())
    if (known) return known
    const made = shaky(p)
    moved.set(p.join(), made)
    return made
  }
  return way.map(s => ({ ...s, points: s.points.map(move) }))
}

/** Squared distances to a line from a to b, kept where they are the least so far, for pixels within `reach`. */
function mark(distances: Float64Array, size: number, a: Point, b: Point, reach: number): void {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const clamp = (x: number): number => Math.max(0, Math.min(size - 1, x))
  const [x0, x1] = [clamp(Math.floor(Math.min(a[0], b[0]) - reach)), clamp(Math.ceil(Math.max(a[0], b[0]) + reach))]
  const [y0, y1] = [clamp(Math.floor(Math.min(a[1], b[1]) - reach)), clamp(Math.ceil(Math.max(a[1], b[1]) + reach))]
  for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) {
    const [px, py] = [x + 0.5 - a[0], y + 0.5 - a[1]]
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length))
    const d = (px - t * dx) ** 2 + (py - t * dy) ** 2
    if (d < distances[y * size + x]!) distances[y * size + x] = d
  }
}
