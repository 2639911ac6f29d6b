import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'

const PROGRAMS = ['initdb', 'postgres']
const NONE = 'PostgreSQL tests are left out: no server binaries found'
/** Ends the server and takes its files away when the pipe to this process breaks, however this process ends. */
const RUN = `"$1/postgres" -D "$2" -k "$2" -c listen_addresses= -c max_connections=200 & server=$!
cat >/dev/null; kill -INT $server; wait $server; rm -rf "$2"`

const binaries = findBinaries()
if (!binaries && process.env['CI']) throw new Error(NONE)
if (!binaries) process.stderr.write(`${NONE}\n`)

/** Whether there is a PostgreSQL to test with; where there is none the output says so, and a CI run fails. */
export const hasPostgres = binaries !== null

let server: Promise<string> | null = null

/**
 * The address of an empty database on a private server, which starts with the first call and ends with this
 * process. There is one: whatever was in it, and whoever is connected to it, goes.
 */
export async function emptyPostgresDatabase(): Promise<string> {
  server ??= startServer(binaries ?? '')
  const address = addressOf(await server)
  const admin = new Client({ connectionString: address })
  await admin.connect()
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
  )
  await admin.query('drop schema public cascade; create schema public')
  await admin.end()
  return address
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

/** Gives the directory of its socket. Data goes to the disk before a commit is confirmed, as in earnest. */
async function startServer(bin: string): Promise<string> {
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
  const init = run([
    join(bin, 'initdb'),
    '-D',
    directory,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '-N',
  ])
  execFileSync(init.program, init.args, { stdio: 'pipe', cwd: directory })
  const { program, args } = run(['sh', '-c', RUN, 'sh', bin, directory])
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'], cwd: directory })
  for await (const line of createInterface(child.stderr)) {
    if (line.includes('ready to accept connections')) break
  }
  child.stderr.resume()
  // It must not keep this process alive.
  child.unref()
  for (const pipe of [child.stdin, child.stderr]) if ('unref' in pipe) (pipe as { unref(): void }).unref()
  return directory
}
