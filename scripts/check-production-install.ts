import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Installs, builds and starts the committed state in a temporary clone by the commands of docs/operating.md, as an operator
 * does. Then starts it as it is after `npm ci --omit=dev`: without the build tools, and without what they have built.
 */
const clone = mkdtempSync(join(tmpdir(), 'production-install-'))
// Nothing of the npm that runs this script. The production setting is what leaves development dependencies out by default.
const env = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_ENV: 'production',
  PORT: '0',
  DRAIN_SECONDS: '0',
  npm_config_prefer_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_loglevel: 'error',
}

try {
  execFileSync('git', ['clone', '--quiet', '--local', '.', clone], { stdio: 'inherit' })
  const commands = documentedCommands()
  const start = commands.pop() ?? ''
  for (const command of commands) report(command, () => runToEnd(command))
  await report(start, () => checkStart(start, true))
  await report('npm start, after these steps', () => checkStart('npm start', true))

  for (const built of ['dist', 'apps/console/dist', 'apps/widget/dist'])
    rmSync(join(clone, built), { recursive: true })
  await report('npm start, without the pages', () => checkStart('npm start', false))
  report('npm run build, without its tools', checkBuildWithoutTools)
} finally {
  rmSync(clone, { recursive: true, force: true })
}

/** The commands of the first code block of the page's first section. */
function documentedCommands(): string[] {
  const page = readFileSync(join(clone, 'docs/operating.md'), 'utf8')
  const [, block = ''] = /## The process\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(page) ?? []
  const commands = block.split('\n').map((line) => line.replace(/#.*/, '').trim())
  return commands.filter((command) => command !== '')
}

/** Runs a step, and prints it with its duration. */
function report<T>(step: string, run: () => T): T {
  const startedAt = Date.now()
  const print = () => process.stdout.write(`${step}: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s\n`)
  const result = run()
  if (result instanceof Promise) result.then(print, () => {})
  else print()
  return result
}

function runToEnd(command: string): void {
  execFileSync('sh', ['-c', command], { cwd: clone, env, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Starts the gateway, reads its pages and sends a query, and stops it. */
async function checkStart(command: string, hasPages: boolean): Promise<void> {
  // A group of its own, so that the signal also reaches what npm starts.
  const child = spawn('sh', ['-c', `exec ${command}`], { cwd: clone, env, detached: true })
  const ended = once(child, 'exit')
  const output: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output.push(String(chunk))
      const [, address] = /^listening on (\S+)$/m.exec(output.join('')) ?? []
      if (address) resolve(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    ended.then(() => reject(new Error(`${command} ended:\n${output.join('')}`)), reject)
  })
  try {
    for (const path of ['/', '/widget/']) {
      const { status } = await fetch(new URL(path, url))
      assert.equal(status, hasPages ? 200 : 404, path)
    }
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ query: '{ providers { name } }' })
    const response = await fetch(url, { method: 'POST', headers, body })
    const data = { providers: [{ name: 'rocketchat' }, { name: 'livechat' }] }
    assert.deepEqual(await response.json(), { data })
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await ended
  }
}

/** It names what to do, instead of a program that the shell does not find. */
function checkBuildWithoutTools(): void {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: clone,
    env,
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.match(
    stderr,
    /^npm run build needs development dependencies \(typescript, vite\): run "npm ci --include=dev" first.*\n$/,
  )
}
