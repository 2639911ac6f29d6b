import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkImage } from './check-image.ts'
import { checkPackage } from './check-package.ts'
import { checkStart } from './started-gateway.ts'

/**
 * Installs, builds and starts the committed state in a temporary clone by the commands of docs/operating.md, as an operator
 * does. Then packs it, and installs and starts the package, and runs the steps of the Dockerfile. Last it removes what the build
 * tools have built.
 */
const directory = mkdtempSync(join(tmpdir(), 'production-install-'))
const clone = join(directory, 'clone')
/** How long one command may take on a busy machine. */
const COMMAND_MS = 600_000
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

const options = { cwd: clone, env }

try {
  execFileSync('git', ['clone', '--quiet', '--local', '.', clone], { stdio: 'inherit' })
  const commands = documentedCommands()
  const start = commands.pop() ?? ''
  for (const command of commands) report(command, () => runToEnd(command))
  await report(start, () => checkStart(start, options, true))
  await report('npm start, after these steps', () => checkStart('npm start', options, true))
  await report('the package, installed into an empty folder', () => checkPackage(options, directory))
  // The gateway of the image runs as another user.
  chmodSync(directory, 0o755)
  await report('the steps of the Dockerfile', () => checkImage(options, join(directory, 'image')))

  for (const built of ['apps/console/dist', 'apps/widget/dist'])
    rmSync(join(clone, built), { recursive: true })
  await report('npm start, without the pages', () => checkStart('npm start', options, false))
  rmSync(join(clone, 'dist'), { recursive: true })
  for (const command of ['build', 'start'])
    report(`npm run ${command}, without a build and its tools`, () => checkAdvice(command))
} finally {
  rmSync(directory, { recursive: true, force: true })
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
  execFileSync('sh', ['-c', command], {
    ...options,
    timeout: COMMAND_MS,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** A command that needs the build tools names what to do, instead of a program that the shell does not find. */
function checkAdvice(command: string): void {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', command], { ...options, encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(
    stderr,
    /^npm .* needs development dependencies \(tsx, typescript, vite\): run "npm ci --include=dev" first.*\n$/,
  )
}
