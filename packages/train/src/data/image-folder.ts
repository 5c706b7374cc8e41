/** A folder of images with one folder per class, named as the class. */
import { type Files, join, readWhole } from '../files/index.ts'
import { alloc, checkPositions, type Dataset, type Precision, randomAccess } from './dataset.ts'
import { decodeImage, type Image, imageName, withChannels } from './decode-image.ts'
import { noSamples, sizesDiffer } from './messages.ts'

export interface ImageOptions {
  /** 1: grey, 3: colour. Default: as the first image is. */
  readonly channels?: 1 | 3
}

/** Files open at once. */
const together = 16

/** The data set with the fields x [channels, height, width], 0 to 255, and t. Throws a ChainError for images of other sizes than the first. */
export async function imageFolder(name: string, files: Files, path: string, options: ImageOptions, precision: Precision, memory: number): Promise<Dataset> {
  const classes = ((await files.list(path)) ?? []).filter(e => e.folder).map(e => e.name)
  const samples: { readonly path: string; readonly label: number }[] = []
  for (const [label, c] of classes.entries()) {
    for (const e of (await files.list(join(path, c))) ?? []) if (!e.folder && imageName.test(e.name)) samples.push({ path: join(join(path, c), e.name), label })
  }
  if (samples.length === 0) throw noSamples(path)
  const first = await decode(files, samples[0]!.path, options.channels)
  const shape = [first.channels, first.height, first.width]
  const width = first.data.length
  const kept: (Uint8Array | undefined)[] | undefined = samples.length * width <= memory ? new Array<undefined>(samples.length) : undefined
  const pixels = async (k: number): Promise<Uint8Array> => {
    const known = kept?.[k]
    if (known) return known
    const image = await decode(files, samples[k]!.path, first.channels)
    const given = [image.channels, image.height, image.width]
    if (given.join() !== shape.join()) throw sizesDiffer(samples[k]!.path, given, samples[0]!.path, shape)
    if (kept) kept[k] = image.data
    return image.data
  }
  return {
    name, count: samples.length, access: randomAccess, close: () => Promise.resolve(),
    fields: [{ name: 'x', role: 'input', shape }, { name: 't', role: 'target', shape: [], classes }],
    async read(positions) {
      checkPositions(name, samples.length, positions)
      const x = alloc(precision, positions.length * width)
      for (let from = 0; from < positions.length; from += together) {
        const part = await Promise.all(Array.from({ length: Math.min(together, positions.length - from) }, (_, k) => pixels(positions[from + k]!)))
        part.forEach((p, k) => x.set(p, (from + k) * width))
      }
      const t = Int32Array.from(positions, k => samples[k]!.label)
      return { count: positions.length, values: { x: { shape: [positions.length, ...shape], data: x }, t: { shape: [positions.length], data: t } } }
    },
  }
}

async function decode(files: Files, path: string, channels: 1 | 3 | undefined): Promise<Image> {
  const image = await decodeImage(path, await readWhole(files, path))
  return channels === undefined ? image : withChannels(image, channels)
}
