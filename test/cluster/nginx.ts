import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createProcessDirectory } from '../support/temporary-directory.ts'
import type { LoadBalancer } from './load-balancer.ts'

/** The configuration that the documentation shows. */
const EXAMPLE = 'examples/replicas/nginx.conf'
const NONE = 'Tests with nginx are left out: it is not installed'
const program = findProgram()
if (program === null && process.env['CI']) throw new Error(NONE)
if (program === null) process.stderr.write(`${NONE}\n`)

/** Whether there is an nginx to test with; where there is none the output says so, and a CI run fails. */
export const hasNginx = program !== null

/** Starts nginx as load balancer of gateways, whose URLs are `targets`, in turn. */
export async function startNginx(targets: readonly string[]): Promise<LoadBalancer> {
  const directory = createProcessDirectory()
  const port = await freePort()
  const file = join(directory, 'nginx.conf')
  writeFileSync(file, configuration(directory, port, targets))
  const nginx = spawn(program ?? '', ['-c', file, '-p', directory, '-e', join(directory, 'error.log')], {
    stdio: 'ignore',
  })
  const ended = once(nginx, 'exit')
  while (!(await accepts(port))) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended with ${nginx.exitCode}`)
    await sleep(20)
  }
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      nginx.kill('SIGTERM')
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The documented configuration, with these gateways, and paths that any user may write. */
function configuration(directory: string, port: number, targets: readonly string[]): string {
  const example = readFileSync(EXAMPLE, 'utf8')
  const [, parameters = ''] = /^ *server \S+( .+);$/m.exec(example) ?? []
  const servers = targets.map((target) => `server ${new URL(target).host}${parameters};`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(directory, name)};`,
  )
  const adapted = [
    [/^worker_processes .*$/m, `daemon off;\nmaster_process off;\npid ${join(directory, 'nginx.pid')};`],
    [/^http \{$/m, `http {\n${temporary.join('\n')}`],
    [/(?<=upstream replicas \{\n)(?: *(?:#|server ).*\n)+/, `${servers.join('\n')}\n`],
    [/listen 80;/, `listen 127.0.0.1:${port};`],
  ] as const
  return adapted.reduce((text, [pattern, replacement]) => {
    if (!pattern.test(text)) throw new Error(`${EXAMPLE} has changed: ${pattern} is not in it`)
    return text.replace(pattern, replacement)
  }, example)
}

/** nginx is often installed where only root has it in the path. */
function findProgram(): string | null {
  for (const path of ['nginx', '/usr/sbin/nginx']) {
    try {
      execFileSync(path, ['-v'], { stdio: 'ignore' })
      return path
    } catch {
      // The next one may exist.
    }
  }
  return null
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
