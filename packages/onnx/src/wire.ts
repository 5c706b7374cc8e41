/** Messages to bytes and back, by their descriptions, in the wire format of Protocol Buffers. */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { type Description, type Field, MODEL, type Model } from './messages.ts'
import { notAModel } from './errors.ts'

type Message = Readonly<Record<string, unknown>>
const decoder = new TextDecoder()

/** The bytes of a model. */
export const encodeModel = (model: Model): Uint8Array => encode(MODEL, model as unknown as Message).finish()

function encode(of: Description, message: Message): BinaryWriter {
  const w = new BinaryWriter()
  for (const [name, f] of Object.entries(of)) if (message[name] !== undefined) write(w, f, message[name])
  return w
}

const tag = (w: BinaryWriter, f: Field, type: WireType): BinaryWriter => w.tag(f.number, type)

function write(w: BinaryWriter, f: Field, value: unknown): void {
  switch (f.kind) {
    case 'int': tag(w, f, WireType.Varint).int64(BigInt(value as number)); break
    case 'float': tag(w, f, WireType.Bit32).float(value as number); break
    case 'text': tag(w, f, WireType.LengthDelimited).string(value as string); break
    case 'bytes': tag(w, f, WireType.LengthDelimited).bytes(value as Uint8Array); break
    case 'texts': for (const x of value as readonly string[]) tag(w, f, WireType.LengthDelimited).string(x); break
    case 'blobs': for (const x of value as readonly Uint8Array[]) tag(w, f, WireType.LengthDelimited).bytes(x); break
    case 'ints': packed(w, f, value as readonly number[], (p, x) => p.int64(BigInt(x))); break
    case 'floats': packed(w, f, value as readonly number[], (p, x) => p.float(x)); break
    case 'doubles': packed(w, f, value as readonly number[], (p, x) => p.double(x)); break
    case 'message': tag(w, f, WireType.LengthDelimited).bytes(encode(f.of(), value as Message).finish()); break
    case 'messages': for (const x of value as readonly Message[]) tag(w, f, WireType.LengthDelimited).bytes(encode(f.of(), x).finish()); break
  }
}

function packed(w: BinaryWriter, f: Field, values: readonly number[], put: (p: BinaryWriter, x: number) => unknown): void {
  if (values.length === 0) return
  const p = new BinaryWriter()
  for (const x of values) put(p, x)
  tag(w, f, WireType.LengthDelimited).bytes(p.finish())
}

/** The model in these bytes; fields that are not described are passed over. Throws a ChainError when the bytes are no model. */
export function decodeModel(bytes: Uint8Array): Model {
  let message: Message
  try {
    message = decode(MODEL, new BinaryReader(bytes), bytes.length)
  } catch (e) {
    throw notAModel((e as Error).message)
  }
  if (!message.graph) throw notAModel('it has no graph')
  return message as unknown as Model
}

function decode(of: Description, r: BinaryReader, end: number): Message {
  const byNumber = new Map(Object.entries(of).map(([name, f]) => [f.number, { name, f }]))
  const message: Record<string, unknown> = {}
  for (const [name, f] of Object.entries(of)) if (isList(f)) message[name] = []
  while (r.pos < end) {
    const [number, type] = r.tag()
    const known = byNumber.get(number)
    if (!known) {
      // the wire format lets a reader pass over fields that it does not know: producers' metadata, newer versions of the schema
      r.skip(type)
      continue
    }
    const { name, f } = known
    if (isList(f)) (message[name] as unknown[]).push(...readList(r, f, type))
    else message[name] = readOne(r, f)
  }
  return message
}

const isList = (f: Field): boolean => ['ints', 'floats', 'doubles', 'texts', 'blobs', 'messages'].includes(f.kind)

function readOne(r: BinaryReader, f: Field): unknown {
  switch (f.kind) {
    case 'int': return Number(r.int64())
    case 'float': return r.float()
    case 'text': return decoder.decode(r.bytes())
    case 'bytes': return r.bytes().slice()
    case 'message': { const n = r.uint32(); return decode(f.of(), r, r.pos + n) }
    default: throw new TypeError(`${f.kind} is a list`)
  }
}

function readList(r: BinaryReader, f: Field, type: WireType): readonly unknown[] {
  switch (f.kind) {
    case 'texts': return [decoder.decode(r.bytes())]
    case 'blobs': return [r.bytes().slice()]
    case 'messages': { const n = r.uint32(); return [decode(f.of(), r, r.pos + n)] }
    default: {
      const next = (): number => (f.kind === 'ints' ? Number(r.int64()) : f.kind === 'floats' ? r.float() : r.double())
      if (type !== WireType.LengthDelimited) return [next()]
      const n = r.uint32()
      const end = r.pos + n
      const found: number[] = []
      while (r.pos < end) found.push(next())
      return found
    }
  }
}

