import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const FOLDER = fileURLToPath(new URL('../../examples/', import.meta.url))

/** A recipe that runs as a program of its own. */
export interface ExampleProcess {
  /** Resolves with the next line that it prints and that holds the text; lines before it are passed over. */
  line(text: string): Promise<string>
  /** The same with the lines before it. */
  linesThrough(text: string): Promise<readonly string[]>
  /** Stops the program where it is, as a machine that is too busy for it, until it is resumed. */
  pause(): void
  resume(): void
  /** Resolves with all that it has printed, when it ends by itself; rejects where it fails. */
  ended(): Promise<string>
}

/** Starts a recipe by its file's name; it is ended with the test. */
export function runExample(file: string, env: Readonly<Record<string, string>>): ExampleProcess {
  const [program, ...args] = commandOf(file)
  const child = spawn(program, args, { cwd: FOLDER, env: { PATH: process.env['PATH'], ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const next = async (text: string) => {
    const { done, value } = await lines.next()
    if (done) throw new Error(`${file} ended before it printed "${text}": ${complaints}`)
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
      if ((await closed) !== 0) throw new Error(`${file} failed: ${printed.join('\n')}${complaints}`)
      return printed.join('\n')
    },
  }
}

function commandOf(file: string): [string, ...string[]] {
  if (file.endsWith('.sh')) return ['bash', file]
  return file.endsWith('.py') ? ['python3', file] : [process.execPath, '--import', 'tsx', file]
}
