import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Client } from 'pg'

const PROGRAMS = ['initdb', 'postgres']
const NONE = 'PostgreSQL tests are left out: no server binaries found'
/**
 * Starts the server, restarts it for each line on standard input (SIGINT is what \`pg_ctl stop -m fast\` sends), and
 * stops it and removes its files when the pipe breaks, however this process ends.
 */
const RUN = `start() { "$1/postgres" -D "$2" -k "$2" -c listen_addresses= -c max_connections=200 & server=$!; }
stop() { kill -INT $server; wait $server; }
start "$1" "$2"
while read -r seconds; do stop; sleep "$seconds"; start "$1" "$2"; done
stop; rm -rf "$2"`

const binaries = findBinaries()
if (!binaries && process.env['CI']) throw new Error(NONE)
if (!binaries) process.stderr.write(`${NONE}\n`)

/** Whether there is a PostgreSQL to test with; where there is none the output says so, and a CI run fails. */
export const hasPostgres = binaries !== null

/** The private server of this process. */
interface Server {
  /** The directory of its data and its socket. */
  readonly directory: string
  readonly restart: (downForMs: number) => Promise<void>
}

let server: Promise<Server> | null = null

/**
 * The address of an empty database on a private server, which starts with the first call and ends with this
 * process. There is one: whatever was in it, and whoever is connected to it, goes.
 */
export async function emptyPostgresDatabase(): Promise<string> {
  server ??= startServer(binaries ?? '')
  const address = addressOf((await server).directory)
  const admin = new Client({ connectionString: address })
  await admin.connect()
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
  )
  await admin.query('drop schema public cascade; create schema public')
  await admin.end()
  return address
}

/** Stops the server as \`pg_ctl stop -m fast\` does, and starts it again; resolves when it takes connections. */
export async function restartPostgres(downForMs: number): Promise<void> {
  await (await server)?.restart(downForMs)
}

function addressOf(directory: string): string {
  return `postgresql:///postgres?host=${directory}&user=postgres`
}

function findBinaries(): string | null {
  const installed = '/usr/lib/postgresql'
  const versions = existsSync(installed)
    ? readdirSync(installed).toSorted((a, b) => Number(b) - Number(a))
    : []
  const candidates = [
    bindir(),
    ...versions.map((version) => join(installed, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ]
  return candidates.find((path) => path && PROGRAMS.every((name) => existsSync(join(path, name)))) ?? null
}

function bindir(): string {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return ''
  }
}

/** Data goes to the disk before a commit is confirmed, as in production. */
async function startServer(bin: string): Promise<Server> {
  const directory = mkdtempSync(join(tmpdir(), 'switchboard-pg-'))
  // PostgreSQL refuses to run as root.
  const asPostgres = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : []
  if (asPostgres.length > 0) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    chownSync(directory, id('-u'), id('-g'))
  }
  const run = (command: readonly string[]) => {
    const [program = '', ...args] = [...asPostgres, ...command]
    return { program, args }
  }
  const initdb = [join(bin, 'initdb'), '-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N']
  const init = run(initdb)
  execFileSync(init.program, init.args, { stdio: 'pipe', cwd: directory })
  const { program, args } = run(['sh', '-c', RUN, 'sh', bin, directory])
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'], cwd: directory })
  const starts = countStarts(child.stderr)
  await starts.next()
  // It must not keep this process alive.
  child.unref()
  for (const pipe of [child.stdin, child.stderr]) if (pipe instanceof Socket) pipe.unref()
  return {
    directory,
    async restart(downForMs) {
      const started = starts.next()
      child.stdin.write(`${downForMs / 1_000}\n`)
      await started
    },
  }
}

/** Reads the server's log; each call of \`next\` resolves with the next start that is complete. */
function countStarts(log: Readable): { readonly next: () => Promise<void> } {
  const waiting: (() => void)[] = []
  createInterface(log).on('line', (line) => {
    if (line.includes('ready to accept connections')) waiting.shift()?.()
  })
  return { next: () => new Promise((resolve) => void waiting.push(resolve)) }
}
