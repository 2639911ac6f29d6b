import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const FOLDER = fileURLToPath(new URL('../../examples/', import.meta.url))

/** An example that runs as its own process. */
export interface ExampleProcess {
  /** Resolves with the next printed line that contains the text, and skips the lines before it. */
  line(text: string): Promise<string>
  /** Resolves with the same line and all lines before it. */
  linesThrough(text: string): Promise<readonly string[]>
  /** Suspends the process until it is resumed. */
  pause(): void
  resume(): void
  /** Resolves with everything that it printed when it ends by itself. Rejects if it fails. */
  ended(): Promise<string>
}

/** Starts an example by its file name. It is killed at the end of the test. */
export function runExample(file: string, env: Readonly<Record<string, string>>): ExampleProcess {
  const [program, ...args] = commandOf(file)
  const child = spawn(program, args, { cwd: FOLDER, env: { PATH: process.env['PATH'], ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let errorOutput = ''
  child.stderr.on('data', (chunk) => {
    errorOutput += chunk
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const next = async (text: string) => {
    const { done, value } = await lines.next()
    if (done) throw new Error(`${file} ended before it printed "${text}": ${errorOutput}`)
    return value
  }
  return {
    async line(text) {
      for (;;) {
        const line = await next(text)
        if (line.includes(text)) return line
      }
    },
    async linesThrough(text) {
      const printed: string[] = []
      for (;;) {
        printed.push(await next(text))
        if (printed.at(-1)?.includes(text)) return printed
      }
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async ended() {
      const printed: string[] = []
      for (let next = await lines.next(); !next.done; next = await lines.next()) printed.push(next.value)
      if ((await closed) !== 0) throw new Error(`${file} failed: ${printed.join('\n')}${errorOutput}`)
      return printed.join('\n')
    },
  }
}

function commandOf(file: string): [string, ...string[]] {
  if (file.endsWith('.sh')) return ['bash', file]
  return file.endsWith('.py') ? ['python3', file] : [process.execPath, '--import', 'tsx', file]
}
