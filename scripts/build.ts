import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'

// The compiler only adds files: those of sources that were moved or deleted would stay, and be published.
rmSync('dist', { recursive: true, force: true })

const codes = await Promise.all([
  // `npm run types` checks the types, which takes two thirds of a build.
  run('tsc', ['-p', 'tsconfig.build.json', '--noCheck']),
  run('npm', ['run', '--silent', 'pages']),
])
if (codes.some((code) => code !== 0)) process.exit(1)

// The compiled sources keep their folders: dist/src and dist/sandbox. A process is started by `node dist/main.js`, or as the
// package's command.
writeFileSync('dist/main.js', "#!/usr/bin/env node\nimport './src/main.js'\n")
chmodSync('dist/main.js', 0o755)

/** Runs a program of the project and returns its exit code. npm adds those programs to the path. */
async function run(program: string, args: readonly string[]): Promise<unknown> {
  const [code] = await once(spawn(program, args, { stdio: 'inherit' }), 'exit')
  return code
}
