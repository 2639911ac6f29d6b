import { writeFileSync } from 'node:fs'

// The compiled sources keep their folders: dist/src and dist/sandbox. A process is started by `node dist/main.js`.
writeFileSync('dist/main.js', "import './src/main.js'\n")
