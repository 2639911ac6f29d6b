import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findMissingTools, requireTools } from './build-tools.js'

// `npm start`. A clone with development dependencies runs its sources, and builds the pages at each start. Without those
// dependencies, and in a published package, it runs what `npm run build` has left.

if (findMissingTools().length === 0 && existsSync('src/main.ts')) {
  execFileSync('npm', ['run', 'pages', '--silent'], { stdio: 'inherit' })
  const { register } = await import('tsx/esm/api')
  register()
  await import('../src/main.ts')
} else if (existsSync('dist/main.js')) {
  await import('../dist/main.js')
} else {
  requireTools('npm start without a build')
}
