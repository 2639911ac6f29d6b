import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** Who may import whom; nothing points back. A room may always import from itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  chat: [],
  config: [],
  upstream: [],
  sandbox: [],
  'log.ts': [],
  providers: ['chat', 'upstream'],
  lists: ['chat'],
  live: ['chat'],
  loaders: ['chat'],
  coordination: ['chat'],
  offline: ['chat', 'coordination', 'live'],
  store: ['chat', 'config', 'coordination', 'offline'],
  schema: ['chat', 'lists'],
  server: ['chat', 'live', 'loaders', 'offline', 'schema', 'upstream'],
  'create-adapter.ts': ['chat', 'config', 'providers', 'upstream'],
  'create-offline.ts': ['chat', 'config', 'coordination', 'offline', 'server', 'store'],
  'create-operator-check.ts': ['chat', 'config', 'server'],
  'gateway.ts': [
    'config',
    'coordination',
    'create-adapter.ts',
    'create-offline.ts',
    'create-operator-check.ts',
    'live',
    'providers',
    'schema',
    'server',
    'store',
  ],
  'process-errors.ts': ['server'],
  'run.ts': ['chat', 'config', 'gateway.ts', 'log.ts', 'process-errors.ts', 'sandbox'],
  'main.ts': ['run.ts'],
}
/** Rooms of which only types may be taken. */
const typesOnly: Readonly<Record<string, readonly string[]>> = { schema: ['live', 'loaders', 'offline'] }

const imports = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    return [
      ...text.matchAll(/(?:^(?:import|export)( type)?[^'"]*?(?:from )?|\bimport\()['"](\.[^'"]+)['"]/gm),
    ].map((match) => {
      const path = relative(src, join(src, dirname(file), match[2] ?? ''))
      return { file, path, from: roomOf(file), to: roomOf(path), typeOnly: match[1] !== undefined }
    })
  })

describe('the rooms of src', () => {
  it('import in one direction', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      if (from === to || mayImport[from]?.includes(to)) return false
      return !(typeOnly && typesOnly[from]?.includes(to))
    })
    expect(wrong).toEqual([])
    expect(imports.length).toBeGreaterThan(100)
  })

  it('hold no provider that knows another', () => {
    const crossing = imports.filter(({ file, path }) => {
      const [from, to] = [providerOf(file), providerOf(path)]
      return from !== null && to !== null && from !== to
    })
    expect(crossing).toEqual([])
  })

  it('leave the environment to the process', () => {
    const readers = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter(
        (file) => file.endsWith('.ts') && /^[^*/]*process\.env/m.test(readFileSync(join(src, file), 'utf8')),
      )
      .sort()
    expect(readers).toEqual(['main.ts', 'run.ts'])
  })
})

function roomOf(file: string): string {
  const [room = file] = file.split('/')
  return room
}

/** The provider's folder that a file lies in; null outside of one. */
function providerOf(file: string): string | null {
  return /^providers\/(\w+)\//.exec(file)?.[1] ?? null
}
