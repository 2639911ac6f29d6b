import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../support/bundle.ts'
import { bundledGateway } from './gateway-command.ts'

// `npm test` runs this before the tests.
await bundle(fileURLToPath(new URL('../../src/main.ts', import.meta.url)), dirname(bundledGateway))
