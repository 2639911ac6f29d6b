import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const main = join(root, 'dist/main.js')

/** Compiles the gateway if a source is newer than the build, and returns the file to start. */
export function buildGateway(): string {
  if (newestChange('src') < builtAt()) return main
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  return main
}

function newestChange(folder: string): number {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return Math.max(...files.map((file) => statSync(join(root, folder, file)).mtimeMs))
}

/** The entry is written last. */
function builtAt(): number {
  return statSync(main, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
