import { readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The gateway as one file, with which most tests start it. */
export const bundledGateway = join(root, 'dist-test/main.js')
/** The gateway as it is deployed. */
const builtGateway = join(root, 'dist/main.js')

const fromSources = [
  '--import',
  // An absolute URL, because the package name cannot be resolved from other directories.
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
  join(root, 'src/main.ts'),
]
const changedAt = newestChange()

/**
 * Arguments of Node that start the gateway from any directory: as it is deployed if that is newer than every source, which
 * takes a third of the processor time, otherwise from the sources. `npm test` builds it first.
 */
export const deployedCommand = isNew(builtGateway) ? [builtGateway] : fromSources

/** The same from one file, which takes a third of the time again. */
export const gatewayCommand = isNew(bundledGateway) ? [bundledGateway] : deployedCommand

function isNew(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > changedAt
}

function newestChange(): number {
  const times = ['src', 'sandbox'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
  return Math.max(...times)
}
