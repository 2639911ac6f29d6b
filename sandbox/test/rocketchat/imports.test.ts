import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SANDBOX = fileURLToPath(new URL('../..', import.meta.url))

test('the sandbox imports node builtins, ajv, find-my-way and itself, so that it cannot share an error with the adapters', () => {
  const root = join(SANDBOX, 'rocketchat')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  expect(files.length).toBeGreaterThan(20)
  const foreign = files.flatMap((file) =>
    importsOf(join(root, file)).filter((name) => !isAllowed(name, dirname(join(root, file)))),
  )
  expect(foreign).toEqual([])
})

function importsOf(path: string): string[] {
  return Array.from(readFileSync(path, 'utf8').matchAll(/\bfrom '([^']+)'/g), ([, name]) => name ?? '')
}

function isAllowed(name: string, folder: string): boolean {
  if (name.startsWith('.')) return resolve(folder, name).startsWith(SANDBOX)
  return isBuiltin(name) || name === 'ajv' || name === 'find-my-way'
}
