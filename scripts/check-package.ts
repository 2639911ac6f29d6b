import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type CommandOptions, checkStart } from './started-gateway.ts'

/** How long one command may take on a busy machine. */
const COMMAND_MS = 300_000

/** Folders and files of the package, each by the start of its path. All else has no place in it. */
const ALLOWED = [
  'dist/main.js',
  'dist/src/',
  'dist/sandbox/',
  'apps/console/dist/',
  'apps/widget/dist/',
  'apps/trusted-documents.json',
  'docs/',
  'scripts/build-tools.js',
  'scripts/start.js',
  'schema.graphql',
  'possible-types.json',
  'package.json',
  'README.md',
  'LICENSE',
]
/** Each of them, and these, which are not in the folders by themselves. */
const REQUIRED = [
  ...ALLOWED,
  'apps/console/dist/index.html',
  'apps/widget/dist/widget.js',
  'dist/sandbox/open-sandbox.js',
]

/**
 * Packs the built project, installs that package into an empty folder as somebody who has nothing else does, and runs its
 * commands there.
 */
export async function checkPackage(project: CommandOptions, directory: string): Promise<void> {
  const folder = join(directory, 'empty')
  mkdirSync(folder)
  const options = { cwd: folder, env: project.env }
  run(`npm install ${pack(project, directory)}`, options)
  const switchboard = (argument: string) => run(`npx --no-install switchboard ${argument}`, options)
  assert.match(switchboard('--version'), /^\d+\.\d+\.\d+\n$/)
  assert.match(switchboard('--help'), /^Usage: switchboard/)
  assert.match(switchboard('check'), /^settings {2}valid\n/)
  // The package contains JavaScript, and runs without the tools that build it.
  for (const tool of ['tsx', 'typescript', 'vite'])
    assert.ok(!existsSync(join(folder, 'node_modules', tool)), tool)
  await checkStart('npx --no-install switchboard', options, true)
}

/** Packs the project without building it again, checks what the package contains, and returns its path. */
function pack(project: CommandOptions, directory: string): string {
  run(`npm pack --ignore-scripts --pack-destination ${directory}`, project)
  const [tarball = ''] = readdirSync(directory).filter((name) => name.endsWith('.tgz'))
  const path = join(directory, tarball)
  const files = run(`tar --list --gzip --file ${path}`, project)
    .trimEnd()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''))
  assert.deepEqual(
    files.filter((file) => !ALLOWED.some((start) => file.startsWith(start))),
    [],
  )
  assert.deepEqual(
    REQUIRED.filter((start) => !files.some((file) => file.startsWith(start))),
    [],
  )
  return path
}

/** Runs a shell command to its end, and returns its output. */
function run(command: string, options: CommandOptions): string {
  return execFileSync('sh', ['-c', command], {
    ...options,
    encoding: 'utf8',
    timeout: COMMAND_MS,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
