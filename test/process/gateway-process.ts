import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gatewayCommand } from './gateway-command.ts'

const LISTENING = /^listening on (http:\/\/\S+\/graphql)$/m

export interface ProcessEnd {
  /** The exit code; null if a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The gateway in its own process. */
export interface GatewayProcess {
  /** The address in the line that reports readiness; rejects if the process ends before. */
  readonly url: Promise<string>
  /** The standard output so far. */
  readonly stdout: () => string
  /** Resolves when the standard error has its first line. */
  readonly stderrLine: Promise<void>
  readonly ended: Promise<ProcessEnd>
  signal(name: NodeJS.Signals): void
  /** Kills the process if it still runs, and removes its directory. */
  dispose(): void
}

/**
 * Starts the gateway in an empty directory with only these settings, and optionally a `.env` file. It stops without draining
 * unless the settings say otherwise. `command` is the arguments of Node.
 */
export function startProcess(
  settings: Readonly<Record<string, string>>,
  dotEnv?: Readonly<Record<string, string>>,
  command = gatewayCommand,
): GatewayProcess {
  const directory = mkdtempSync(join(tmpdir(), 'gateway-'))
  if (dotEnv) {
    const lines = Object.entries(dotEnv).map(([name, value]) => `${name}=${value}`)
    writeFileSync(join(directory, '.env'), `# settings\n${lines.join('\n')}\n`)
  }
  const child = spawn(process.execPath, command, {
    cwd: directory,
    env: { PATH: process.env['PATH'], DRAIN_SECONDS: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  let stderr = ''
  const stderrLine = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
      if (stderr.includes('\n')) resolve()
    })
  })
  const ended = once(child, 'close').then(([code]): ProcessEnd => ({ code, stdout, stderr }))
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [, address] = LISTENING.exec(stdout) ?? []
      if (address) resolve(address)
    })
    ended.then(({ code, stderr }) => reject(new Error(`ended with ${code}: ${stderr}`)), reject)
  })
  // A test that waits only for the end does not read the address.
  url.catch(() => {})
  return {
    url,
    stdout: () => stdout,
    stderrLine,
    ended,
    signal: (name) => void child.kill(name),
    dispose() {
      child.kill('SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
