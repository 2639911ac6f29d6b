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
 * Starts the server, executes a command for each line on standard input (SIGINT is what `pg_ctl stop -m fast` sends,
 * SIGQUIT lets it crash), and stops it and removes its files when the pipe breaks, however this process ends.
 */
const RUN = `trap '' PIPE
start() { "$1/postgres" -D "$2" -k "$2" -c listen_addresses= -c max_connections=300 & server=$!; }
suspend() { kill -STOP $server; pkill -STOP -P $server; }
resume() { pkill -CONT -P $server; kill -CONT $server; }
stop() { resume; kill "-$1" $server; wait $server; } 2>/dev/null
start "$1" "$2"
while read -r command seconds; do
  case $command in
    restart) stop INT; sleep "$seconds"; start "$1" "$2" ;;
    crash) stop QUIT; start "$1" "$2" ;;
    start) start "$1" "$2" ;;
    stop) stop INT ;;
    suspend) suspend; echo suspended >&2 ;;
    resume) resume; echo resumed >&2 ;;
  esac
done
stop INT; rm -rf "$2"`

/** What the server, or the shell that runs it, writes when a command has taken effect. */
const STARTED = 'ready to accept connections'
const STOPPED = 'database system is shut down'

const binaries = findBinaries()
if (!binaries && process.env['CI']) throw new Error(NONE)
if (!binaries) process.stderr.write(`${NONE}\n`)

/** Whether there is a PostgreSQL to test with; where there is none the output says so, and a CI run fails. */
export const hasPostgres = binaries !== null

/** The private server of this process. */
interface Server {
  /** The directory of its data and its socket. */
  readonly directory: string
  /** Sends a command; resolves when a line of the log contains the text. */
  readonly command: (line: string, until: string) => Promise<void>
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

/** A database of its own on the private server, for tests that run at the same time. */
export interface PostgresDatabase {
  readonly url: string
  /** Removes it, whoever is connected to it. */
  drop(): Promise<void>
}

let databases = 0

/** Creates an empty database next to that of `emptyPostgresDatabase`. */
export async function createPostgresDatabase(): Promise<PostgresDatabase> {
  server ??= startServer(binaries ?? '')
  const { directory } = await server
  databases += 1
  const name = `test_${databases}`
  await execute(directory, `create database ${name}`)
  return {
    url: addressOf(directory, name),
    drop: () => execute(directory, `drop database ${name} with (force)`),
  }
}

/** Stops the server as `pg_ctl stop -m fast` does, and starts it again; resolves when it takes connections. */
export async function restartPostgres(downForMs: number): Promise<void> {
  await (await server)?.command(`restart ${downForMs / 1_000}`, STARTED)
}

/** Lets the server crash as `pg_ctl stop -m immediate` does, and starts it again; resolves when it takes connections. */
export async function crashPostgres(): Promise<void> {
  await (await server)?.command('crash', STARTED)
}

/** Stops the server; resolves when it has ended. */
export async function stopPostgres(): Promise<void> {
  await (await server)?.command('stop', STOPPED)
}

/** Starts a stopped server; resolves when it takes connections. */
export async function startPostgres(): Promise<void> {
  await (await server)?.command('start', STARTED)
}

/** Suspends all processes of the server (SIGSTOP): connections stay open without an answer. */
export async function suspendPostgres(): Promise<void> {
  await (await server)?.command('suspend', 'suspended')
}

/** Continues a suspended server. */
export async function resumePostgres(): Promise<void> {
  await (await server)?.command('resume', 'resumed')
}

function addressOf(directory: string, database = 'postgres'): string {
  return `postgresql:///${database}?host=${directory}&user=postgres`
}

async function execute(directory: string, sql: string): Promise<void> {
  const admin = new Client({ connectionString: addressOf(directory) })
  await admin.connect()
  await admin.query(sql)
  await admin.end()
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
  const waitForLine = watchLog(child.stderr)
  await waitForLine(STARTED)
  // It must not keep this process alive.
  child.unref()
  for (const pipe of [child.stdin, child.stderr]) if (pipe instanceof Socket) pipe.unref()
  return {
    directory,
    async command(line, until) {
      const done = waitForLine(until)
      child.stdin.write(`${line}\n`)
      await done
    },
  }
}

/** Reads the server's log; the returned function resolves with the next line that contains a text. */
function watchLog(log: Readable): (text: string) => Promise<void> {
  const waiting: { readonly text: string; readonly resolve: () => void }[] = []
  createInterface(log).on('line', (line) => {
    const index = waiting.findIndex(({ text }) => line.includes(text))
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve()
  })
  return (text) => new Promise((resolve) => void waiting.push({ text, resolve }))
}
