import { run } from './killed.test-helper.ts'

await run(process.argv[2]!, line => process.stdout.write(`${line}\n`))
