/** What the exit code of the command line says. */
export const EXIT = {
  fine: 0,
  /** A line, a gradient or another check failed. */
  checkFailed: 1,
  /** Wrong use, or an input that cannot be read or is no network. */
  wrongUse: 2,
  /** A fault of Chainrule itself. */
  fault: 3,
  /** Stopped by the user, as shells have it. */
  interrupted: 130,
} as const
