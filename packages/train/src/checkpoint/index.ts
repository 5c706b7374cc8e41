/** Checkpoints in safetensors files: written whole, read exactly, exchanged with PyTorch. */
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint, type Json } from './checkpoint.ts'
export { decodeSafetensors, encodeSafetensors, type TensorFile } from './safetensors.ts'
export { checkSeal, encodeSealed } from './seal.ts'
export { forTorch, parametersFrom, torchName } from './names.ts'
export { checkpointStore, type Found, type Skipped, type Store } from './store.ts'
