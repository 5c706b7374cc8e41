/** `chainrule train`: a network and data become a trained network. */
import type { Network } from '@chainrule/core'
import { modelIn, type RunEvent, train, type TrainOutcome } from '@chainrule/train'
import { loadNetwork } from '../commands/common.ts'
import { EXIT } from '../exit-codes.ts'
import { barOn } from '../output/bar.ts'
import { writeOut } from '../output/write.ts'
import { UsageError } from '../usage-error.ts'
import { sketch } from './figure.ts'
import { breather, interruptible } from './interrupt.ts'
import type { TrainFlags } from './options.ts'
import { jsonListener, textListener } from './report.ts'
import { aboutIn, lossed, requestOf, storeIn } from './request.ts'

/** Trains and sets the exit code. `given` are the options that were typed, which go before those of a run that is resumed. */
export async function runTraining(net: string | undefined, given: TrainFlags): Promise<void> {
  if (given.resume && given.output === undefined) throw new UsageError('--resume needs the folder of the run: -o FOLDER')
  const { network, flags } = net === undefined ? await savedRun(given) : { network: lossed(await loadNetwork(net, given), given), flags: given }
  const interrupt = interruptible()
  const bar = await barOn()
  try {
    const request = await requestOf(network, flags)
    const say = (line: string): void => { process.stdout.write(`${line}\n`) }
    const listen = (flags.json ? jsonListener : textListener)({ watched: flags.watch ?? 'loss', folder: flags.output, bar, say, clock: () => performance.now() })
    const picture = flags.plot === undefined ? undefined : sketch()
    const outcome = await through(train(network, { ...request, signal: interrupt.signal }), e => { listen.event(e); picture?.event(e) })
    bar.stop()
    if (picture) writeOut(`${await (await import('@chainrule/plot')).svgOf(picture.figure(outcome.history, network.path))}\n`, flags.plot)
    listen.end(outcome)
    if (outcome.reason === 'interrupted') process.exitCode = EXIT.interrupted
    if (outcome.reason === 'not-finite') process.exitCode = EXIT.checkFailed
  } finally {
    bar.stop()
    interrupt.stop()
  }
}

/** Listens to a run until its end; timers and signals get their turn between two events. */
async function through(events: AsyncGenerator<RunEvent, TrainOutcome>, each: (e: RunEvent) => void): Promise<TrainOutcome> {
  const breathe = breather()
  for (;;) {
    const { done, value } = await events.next()
    if (done) return value
    each(value)
    await breathe()
  }
}

/** The network and the options that the newest checkpoint keeps, with those that were typed put in. */
async function savedRun(given: TrainFlags): Promise<{ readonly network: Network; readonly flags: TrainFlags }> {
  if (!given.resume) throw new UsageError('train needs a network: chainrule train NET --data SOURCE')
  const { found, skipped } = await storeIn(given.output!).latest()
  if (!found) throw new UsageError(`${given.output!} has no checkpoint to go on from.${skipped.length > 0 ? ` ${skipped[0]!.reason}` : ' Give the network too, and the run begins.'}`)
  const { network, about } = modelIn(found.path, found.checkpoint)
  return { network, flags: { ...aboutIn(about)?.flags, ...given } }
}
