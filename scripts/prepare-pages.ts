import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

// A clone builds its pages at each start. A published package holds them already built, without their sources.
if (existsSync('apps/console/vite.config.ts'))
  execFileSync('npm', ['run', 'pages', '--silent'], { stdio: 'inherit' })
