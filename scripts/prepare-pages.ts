import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findMissingTools } from './build-tools.ts'

// A clone builds its pages at each start. A published package holds them already built, without their sources; and without
// the build tools a clone serves the pages that `npm run build` has left.
if (existsSync('apps/console/vite.config.ts') && findMissingTools().length === 0)
  execFileSync('npm', ['run', 'pages', '--silent'], { stdio: 'inherit' })
