import { requireTools } from './build-tools.js'

requireTools('npm run build')
