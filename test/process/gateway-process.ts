import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
/** By its address, as the process runs in a directory from which its name leads nowhere. */
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const LISTENING = /^listening on (http:\/\/\S+\/graphql)$/m

export interface ProcessEnd {
  /** The exit code; null where a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The gateway as a process of its own. */
export interface GatewayProcess {
  /** The address out of the line that says that it is ready; rejects where the process ends before. */
  readonly url: Promise<string>
  /** What it has printed so far. */
  readonly stdout: () => string
  readonly ended: Promise<ProcessEnd>
  signal(name: NodeJS.Signals): void
  /** Ends it the hard way if it still runs, and takes its directory away. */
  dispose(): void
}

/** Starts the gateway in an empty directory with nothing but these settings, and those of a `.env` file if given. */
export function startProcess(
  settings: Readonly<Record<string, string>>,
  dotEnv?: Readonly<Record<string, string>>,
): GatewayProcess {
  const directory = mkdtempSync(join(tmpdir(), 'gateway-'))
  if (dotEnv) {
    const lines = Object.entries(dotEnv).map(([name, value]) => `${name}=${value}`)
    writeFileSync(join(directory, '.env'), `# settings\n${lines.join('\n')}\n`)
  }
  const child = spawn(process.execPath, ['--import', tsx, main], {
    cwd: directory,
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  const ended = Promise.all([once(child, 'close'), text(child.stderr)]).then(
    ([[code], stderr]): ProcessEnd => ({ code, stdout, stderr }),
  )
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [, address] = LISTENING.exec(stdout) ?? []
      if (address) resolve(address)
    })
    ended.then(({ code, stderr }) => reject(new Error(`ended with ${code}: ${stderr}`)), reject)
  })
  // Whoever waits for the end alone does not ask for the address.
  url.catch(() => {})
  return {
    url,
    stdout: () => stdout,
    ended,
    signal: (name) => void child.kill(name),
    dispose() {
      child.kill('SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
