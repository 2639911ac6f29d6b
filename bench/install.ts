import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

// npm run bench:install: the size of a production installation, and the time from the start of a process to its first response
// at /health. Needs `npm run build`.

const RUNS = 9
const RETRY_MS = 5
const ROOT = process.cwd()

const directory = mkdtempSync(join(tmpdir(), 'bench-install-'))
try {
  print(`load ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}`)
  measureSize()
  const configured = { ROCKETCHAT_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent' }
  await measureStart('dist, a provider configured', [join(ROOT, 'dist/main.js')], configured)
  await measureStart('dist, the sandbox', [join(ROOT, 'dist/main.js')], {})
  const sources = ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs'), join(ROOT, 'src/main.ts')]
  await measureStart('sources by tsx, a provider configured', sources, configured)
  await measureStart('sources by tsx, the sandbox', sources, {})
} finally {
  rmSync(directory, { recursive: true, force: true })
}

/** Installs the production dependencies into an empty folder, and prints how much that is. */
function measureSize(): void {
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(file, join(directory, file))
  execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: directory })
  const dependencies = bytesIn(join(directory, 'node_modules'))
  const own = ['dist', 'apps/console/dist', 'apps/widget/dist'].map(bytesIn).reduce((a, b) => a + b)
  print(`dependencies ${toMib(dependencies)} MiB, own code and pages ${toMib(own)} MiB`)
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

async function measureStart(
  what: string,
  command: readonly string[],
  settings: NodeJS.ProcessEnv,
): Promise<void> {
  const times: number[] = []
  for (let run = 0; run < RUNS; run += 1) times.push(await timeOfStart(command, settings))
  const [fastest = 0] = times.sort((a, b) => a - b)
  const median = times[Math.floor(RUNS / 2)] ?? 0
  print(`${what}: median ${Math.round(median)} ms, fastest ${Math.round(fastest)} ms`)
}

/** Milliseconds from the start of a process to its first response. */
async function timeOfStart(command: readonly string[], settings: NodeJS.ProcessEnv): Promise<number> {
  const port = await findFreePort()
  const env = { PATH: process.env['PATH'], PORT: String(port), DRAIN_SECONDS: '0', ...settings }
  const startedAt = performance.now()
  const child = spawn(process.execPath, command, { cwd: directory, env, stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (!(await responds(port))) {
    if (child.exitCode !== null) throw new Error(`the gateway ended with code ${child.exitCode}`)
    await setTimeout(RETRY_MS)
  }
  const duration = performance.now() - startedAt
  child.kill('SIGTERM')
  await ended
  return duration
}

async function responds(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok
  } catch {
    return false
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new TypeError('the server does not listen on a port')
  return address.port
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function toMib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
