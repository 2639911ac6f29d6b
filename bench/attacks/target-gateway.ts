import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** A gateway process on the first processor, with default settings. */
export class TargetGateway {
  readonly url: string
  readonly #child: ChildProcess
  readonly #directory: string

  private constructor(url: string, child: ChildProcess, directory: string) {
    this.url = url
    this.#child = child
    this.#directory = directory
  }

  /** Starts a gateway for the providers in `settings`. */
  static async start(settings: Readonly<Record<string, string>>): Promise<TargetGateway> {
    const directory = mkdtempSync(join(tmpdir(), 'switchboard-attack-'))
    const child = spawn('taskset', ['-c', '0', process.execPath, '--import', tsx, main], {
      cwd: directory,
      env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'error', DATA_DIR: directory, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const url = await new Promise<string>((resolve, reject) => {
      let text = ''
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        const [, address] = /^listening on (\S+)$/m.exec(text) ?? []
        if (address) resolve(address)
      })
      child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)))
    })
    return new TargetGateway(url, child, directory)
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Peak resident memory in MiB. */
  get peakMemoryMiB(): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
      return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024)
    } catch {
      return Number.NaN
    }
  }

  /** Size of the database in MiB. */
  get diskMiB(): number {
    const [kilobytes = '0'] = execFileSync('du', ['-sk', this.#directory], { encoding: 'utf8' }).split('\t')
    return Math.round(Number(kilobytes) / 1024)
  }

  stop(): void {
    this.#child.kill('SIGKILL')
    rmSync(this.#directory, { recursive: true, force: true })
  }
}
