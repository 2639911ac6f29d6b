import { rmSync } from 'node:fs'

// The compiler only adds files: those of sources that were moved or deleted would stay, and be published.
rmSync('dist', { recursive: true, force: true })
