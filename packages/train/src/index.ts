/** Training: data, randomness, initialisers, optimisers, checkpoints, search, and the loop over them. */
export {}
