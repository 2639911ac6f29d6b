import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
/** The kernel counts processor time in ticks of 10 ms. */
const TICK_MICROS = 10_000

/** A measured server: a process of its own on the first processor, with the settings of a gateway. */
export class CandidateProcess {
  readonly url: string
  readonly #child: ChildProcess
  readonly #directory: string

  private constructor(url: string, child: ChildProcess, directory: string) {
    this.url = url
    this.#child = child
    this.#directory = directory
  }

  /** Starts a server that prints `listening on <url>`. `node` are arguments of Node, the last one the file. */
  static async start(
    name: string,
    node: readonly string[],
    settings: Readonly<Record<string, string>>,
  ): Promise<CandidateProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'switchboard-requests-'))
    const command = availableParallelism() > 1 ? ['taskset', '-c', '0', process.execPath] : [process.execPath]
    const [executable = process.execPath, ...args] = [...command, ...node]
    const child = spawn(executable, args, {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        PORT: '0',
        DATA_DIR: directory,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    process.once('exit', () => child.kill('SIGKILL'))
    return new CandidateProcess(await readAddress(name, child), child, directory)
  }

  /** Microseconds of processor time of all threads so far. */
  usedMicros(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS
  }

  /** Resident memory now, in MiB. */
  residentMiB(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024
  }

  /** Ends the process with a signal and waits for its end. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
    rmSync(this.#directory, { recursive: true, force: true })
  }
}

/** Returns the Node arguments that run a TypeScript file of the folder `peers`. */
export function peerArguments(file: string): readonly string[] {
  return ['--import', tsx, '--no-warnings', fileURLToPath(new URL(`peers/${file}`, import.meta.url))]
}

function readAddress(name: string, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const [, address] = /^listening on (\S+)$/m.exec(text) ?? []
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened`)))
  })
}
