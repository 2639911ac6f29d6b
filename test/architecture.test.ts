import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findCircles } from './support/import-circles.ts'

const src = fileURLToPath(new URL('../src', import.meta.url))

/**
 * The folders (or root files) from which each folder may import; it may always import from itself. Folders of `server`
 * are listed one by one, because its transports must not depend on each other.
 */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  upstream: ['domain'],
  'log.ts': [],
  cursor: ['domain'],
  config: ['domain', 'providers'],
  providers: ['config', 'domain', 'upstream'],
  live: ['cursor', 'domain'],
  loaders: ['domain'],
  coordination: ['domain'],
  offline: ['coordination', 'domain', 'live'],
  store: ['config', 'coordination', 'domain', 'offline'],
  schema: ['cursor', 'domain'],
  'server/request-checks': [],
  'server/diagnostics': ['domain'],
  'server/scheduling': ['server/diagnostics'],
  'server/identity': ['domain', 'server/diagnostics'],
  'server/limits': ['domain', 'schema', 'server/diagnostics'],
  'server/graphql': [
    'domain',
    'loaders',
    'schema',
    'server/diagnostics',
    'server/http',
    'server/limits',
    'upstream',
  ],
  'server/webhooks': ['domain', 'server/diagnostics', 'server/request-checks'],
  'server/metrics': ['live', 'offline', 'server/diagnostics', 'server/webhooks', 'upstream'],
  'server/shared-subscriptions': [
    'domain',
    'live',
    'schema',
    'server/diagnostics',
    'server/graphql',
    'server/limits',
    'server/scheduling',
  ],
  'server/sse': [
    'domain',
    'server/diagnostics',
    'server/graphql',
    'server/identity',
    'server/scheduling',
    'server/shared-subscriptions',
  ],
  'server/websocket': [
    'domain',
    'server/diagnostics',
    'server/graphql',
    'server/identity',
    'server/limits',
    'server/request-checks',
    'server/scheduling',
    'server/shared-subscriptions',
  ],
  'server/http': [
    'domain',
    'server/diagnostics',
    'server/graphql',
    'server/identity',
    'server/limits',
    'server/metrics',
    'server/request-checks',
    'server/scheduling',
    'server/shared-subscriptions',
    'server/sse',
    'server/webhooks',
  ],
  'create-offline.ts': ['config', 'coordination', 'domain', 'offline', 'server/metrics', 'store'],
  'operator-identification.ts': ['config', 'domain', 'server/identity'],
  'process-errors.ts': ['server/diagnostics'],
  'gateway.ts': [
    'config',
    'coordination',
    'create-offline.ts',
    'domain',
    'live',
    'operator-identification.ts',
    'providers',
    'schema',
    'server/diagnostics',
    'server/graphql',
    'server/http',
    'server/identity',
    'server/limits',
    'server/metrics',
    'server/request-checks',
    'server/shared-subscriptions',
    'server/webhooks',
    'server/websocket',
    'store',
  ],
  'run.ts': ['config', 'domain', 'gateway.ts', 'log.ts', 'process-errors.ts', '../sandbox'],
  'main.ts': ['run.ts'],
}
/** Folders from which only types may be imported. */
const allowedTypeImports: Readonly<Record<string, readonly string[]>> = {
  // The adapter contract names the read state that cursors contain.
  domain: ['cursor'],
  schema: ['live', 'loaders', 'offline'],
}
/** Import circles between files that exist today. Only entries may be removed. */
const knownCircles: readonly (readonly string[])[] = [
  ['config/load.ts', 'config/trusted-documents.ts'],
  ['upstream/client.ts', 'upstream/http-transport.ts'],
  ['providers/livechat/agent/closed-rooms.ts', 'providers/livechat/agent/room-list.ts'],
  [
    'providers/livechat/account-directory.ts',
    'providers/livechat/agent/agent-messages.ts',
    'providers/livechat/customer/customers.ts',
  ],
  [
    'schema/access/access-plugin.ts',
    'schema/access/provider-access.ts',
    'schema/builder.ts',
    'schema/enums.ts',
    'schema/errors.ts',
  ],
  ['schema/message/message-connection.ts', 'schema/message/message.ts', 'schema/room/room.ts'],
]

interface Import {
  readonly file: string
  readonly path: string
  readonly from: string
  readonly to: string
  readonly isTypeOnly: boolean
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const imports = files.flatMap(importsOf)

describe('the folders of src', () => {
  it('import only from the folders that are allowed', () => {
    const forbidden = imports.filter(({ from, to, isTypeOnly }) => {
      if (from === to || allowedImports[from]?.includes(to)) return false
      return !(isTypeOnly && allowedTypeImports[from]?.includes(to))
    })
    expect(forbidden).toEqual([])
    expect(imports.length).toBeGreaterThan(100)
  })

  it('have no import circles between files, type imports included', () => {
    const importsByFile = new Map(files.map((file): [string, string[]] => [file, []]))
    for (const { file, path } of imports) importsByFile.get(file)?.push(path)
    const isKnown = (circle: readonly string[]) =>
      knownCircles.some((known) => circle.every((file) => known.includes(file)))
    expect(findCircles(importsByFile).filter((circle) => !isKnown(circle))).toEqual([])
  })

  it('contain no provider that imports another one', () => {
    const crossing = imports.filter(({ file, path }) => {
      const [from, to] = [providerOf(file), providerOf(path)]
      return from !== null && to !== null && from !== to
    })
    expect(crossing).toEqual([])
  })

  it('read environment variables only in the files that start the process', () => {
    const readers = files
      .filter((file) => /^[^*/]*process\.env/m.test(readFileSync(join(src, file), 'utf8')))
      .sort()
    expect(readers).toEqual(['main.ts', 'run.ts'])
  })
})

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const matches = text.matchAll(
    /(?:^(?:import|export)( type)?[^'"]*?(?:from )?|\bimport\()['"](\.[^'"]+)['"]/gm,
  )
  return [...matches].map(([, typeKeyword, specifier = '']) => {
    const path = relative(src, join(src, dirname(file), specifier))
    return { file, path, from: folderOf(file), to: folderOf(path), isTypeOnly: typeKeyword !== undefined }
  })
}

/** The first part of a path; the first two in `server` and outside of `src`. */
function folderOf(file: string): string {
  const [first = file, second, third] = file.split('/')
  return first === '..' || (first === 'server' && third !== undefined) ? `${first}/${second}` : first
}

/** The provider whose folder contains a file; null for files that no provider owns. */
function providerOf(file: string): string | null {
  const provider = /^providers\/(\w+)\//.exec(file)?.[1] ?? null
  return provider === 'shared' ? null : provider
}
