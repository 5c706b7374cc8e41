/** The entry of a thread that judges pages. */
import { parentPort, workerData } from 'node:worker_threads'
import { exerciseSource } from '@chainrule/pages'
import { readExercise } from '@chainrule/core'
import { judgeJob } from './judge-job.ts'
import type { Assignment, Job, Reply } from './messages.ts'

const assignment = workerData as Assignment
const exercise = readExercise(exerciseSource(assignment.exercise.markdown, assignment.exercise.path))
const reply = (r: Reply): void => parentPort!.postMessage(r)

parentPort!.on('message', (job: Job) => judgeJob(job, exercise, assignment, reply))
reply({ kind: 'ready' })
