/** What a trained network may be called by; said in the help of every command that takes one. */
export const MODEL_HELP = 'the folder of a run, a checkpoint, or a network with --weights'
