import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findCircles } from './support/import-circles.ts'

const src = fileURLToPath(new URL('../src', import.meta.url))
const documentation = fileURLToPath(new URL('../docs/architecture.md', import.meta.url))

/**
 * The folders (or root files) from which each folder may import; it may always import from itself. The folders of `live`
 * and `server` are listed one by one, because they build on each other in one direction.
 */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  tracing: [],
  upstream: ['domain', 'tracing'],
  'log.ts': ['tracing'],
  cursor: ['domain'],
  providers: ['domain', 'upstream'],
  config: ['providers'],
  'live/changes': ['cursor', 'domain'],
  'live/delivery': ['cursor', 'domain', 'live/changes', 'tracing'],
  'live/push': ['domain'],
  'live/replication': ['cursor', 'domain', 'live/changes'],
  'live/polling': [
    'coordination',
    'cursor',
    'domain',
    'live/changes',
    'live/delivery',
    'live/push',
    'live/replication',
    'tracing',
  ],
  'live/signals': ['domain', 'live/delivery', 'live/polling'],
  live: [
    'coordination',
    'domain',
    'live/delivery',
    'live/polling',
    'live/push',
    'live/replication',
    'live/signals',
    'tracing',
  ],
  loaders: ['domain'],
  coordination: ['domain'],
  offline: ['coordination', 'domain', 'live', 'tracing'],
  store: ['config', 'coordination', 'domain', 'offline'],
  schema: ['cursor', 'domain', 'providers'],
  'server/request-checks': [],
  'server/diagnostics': ['domain', 'tracing'],
  'server/pages': ['server/diagnostics', 'server/request-checks'],
  'server/scheduling': ['server/diagnostics'],
  'server/identity': ['config', 'domain', 'server/diagnostics'],
  'server/limits': ['domain', 'schema', 'server/diagnostics'],
  'server/graphql': [
    'domain',
    'loaders',
    'schema',
    'server/diagnostics',
    'server/limits',
    'server/pages',
    'upstream',
  ],
  'server/webhooks': ['domain', 'server/diagnostics', 'server/request-checks'],
  'server/files': [
    'domain',
    'schema',
    'server/diagnostics',
    'server/identity',
    'server/limits',
    'server/request-checks',
    'tracing',
  ],
  'server/mcp': [
    'domain',
    'server/diagnostics',
    'server/graphql',
    'server/identity',
    'server/limits',
    'server/request-checks',
    'tracing',
  ],
  'server/metrics': ['domain', 'live', 'offline', 'server/diagnostics', 'server/webhooks', 'upstream'],
  'server/shared-subscriptions': [
    'server/diagnostics',
    'domain',
    'live',
    'schema',
    'server/graphql',
    'server/limits',
    'server/scheduling',
    'tracing',
  ],
  'server/sse': [
    'domain',
    'server/diagnostics',
    'server/graphql',
    'server/identity',
    'server/scheduling',
    'server/shared-subscriptions',
    'tracing',
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
    'tracing',
  ],
  'server/http': [
    'domain',
    'server/diagnostics',
    'server/files',
    'server/graphql',
    'server/identity',
    'server/limits',
    'server/mcp',
    'server/metrics',
    'server/pages',
    'server/request-checks',
    'server/scheduling',
    'server/shared-subscriptions',
    'server/sse',
    'server/webhooks',
    'tracing',
  ],
  'process-errors.ts': ['server/diagnostics'],
  gateway: [
    'config',
    'coordination',
    'offline',
    'domain',
    'live',
    'providers',
    'schema',
    'server/diagnostics',
    'server/files',
    'server/graphql',
    'server/http',
    'server/identity',
    'server/limits',
    'server/mcp',
    'server/metrics',
    'server/pages',
    'server/request-checks',
    'server/shared-subscriptions',
    'server/webhooks',
    'server/websocket',
    'store',
    'tracing',
    'upstream',
  ],
  'gateway.ts': ['config', 'gateway', 'server/diagnostics', 'server/graphql'],
  'process-settings.ts': ['config'],
  'run.ts': [
    'config',
    'domain',
    'gateway',
    'gateway.ts',
    'log.ts',
    'process-errors.ts',
    'process-settings.ts',
    'tracing',
    '../sandbox',
  ],
  'check.ts': ['config', 'gateway', 'log.ts', 'process-settings.ts'],
  'command-line.ts': ['check.ts', 'gateway', 'run.ts'],
  'main.ts': ['command-line.ts'],
}
/** Folders from which only types may be imported. */
const allowedTypeImports: Readonly<Record<string, readonly string[]>> = {
  schema: ['live', 'loaders', 'offline'],
}

interface Import {
  readonly file: string
  readonly path: string
  readonly from: string
  readonly to: string
  readonly isTypeOnly: boolean
  /** Whether it is an `import()`, which runs only when needed. */
  readonly isDynamic: boolean
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const imports = files.flatMap(importsOf)

describe('the folders of src', () => {
  it('import only from the folders that are allowed', () => {
    const forbidden = imports.filter(({ from, to, isTypeOnly }) => {
      if (from === to || includesFolder(allowedImports[from], to)) return false
      return !(isTypeOnly && includesFolder(allowedTypeImports[from], to))
    })
    expect(forbidden).toEqual([])
    expect(imports.length).toBeGreaterThan(100)
  })

  it('use each permission to import', () => {
    const permissions = [allowedImports, allowedTypeImports].flatMap((allowed) =>
      Object.entries(allowed).flatMap(([from, folders]) => folders.map((to) => ({ from, to }))),
    )
    const unused = permissions.filter((permission) => {
      return !imports.some(({ from, to }) => from === permission.from && includesFolder([permission.to], to))
    })
    expect(unused).toEqual([])
  })

  it('may import what the table of the documentation says', () => {
    const table = readFileSync(documentation, 'utf8').matchAll(/^\| `(\w+)` \|.*\| (.*) \|$/gm)
    const rows = [...table].map(([, folder = '', cell = '']) => ({ folder, cell }))
    for (const [index, { folder, cell }] of rows.entries()) {
      const named = [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
      const above = rows.slice(0, index).map((row) => row.folder)
      const documented = cell.startsWith('all of the above')
        ? above.filter((name) => !named.includes(name))
        : named
      expect([folder, documented.toSorted()]).toEqual([folder, allowedFoldersOf(folder)])
    }
    expect(rows.map(({ folder }) => folder).sort()).toEqual(topFolders())
  })

  it('have no import circles between files, type imports included', () => {
    const importsByFile = new Map(files.map((file): [string, string[]] => [file, []]))
    for (const { file, path } of imports) importsByFile.get(file)?.push(path)
    expect(findCircles(importsByFile)).toEqual([])
  })

  it('load no module of the sandbox until one is needed', () => {
    const outside = imports.filter(({ to, isTypeOnly, isDynamic }) => {
      return to.startsWith('../') && !isTypeOnly && !isDynamic
    })
    expect(outside).toEqual([])
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
    expect(readers).toEqual(['main.ts', 'process-settings.ts'])
  })
})

describe('the pages and the client package', () => {
  it.each([
    { folder: 'packages/client', others: [] },
    { folder: 'apps/shared', others: [] },
    { folder: 'apps/console', others: ['apps/shared'] },
    { folder: 'apps/widget', others: ['apps/shared'] },
  ])('$folder imports other folders by their names only', ({ folder, others }) => {
    const root = fileURLToPath(new URL('..', import.meta.url))
    const sources = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !/^(dist|node_modules)\//.test(file),
    )
    const imported = sources.flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8')
      const specifiers = text.matchAll(/(?:\bfrom |\bimport[ (])['"](\.[^'"]+)['"]/g)
      return [...specifiers].map(([, specifier = '']) => join(folder, dirname(file), specifier))
    })
    expect(imported.filter((path) => !includesFolder([folder, ...others], path))).toEqual([])
    expect(sources).not.toEqual([])
  })
})

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const matches = text.matchAll(
    /(?:^(?:import|export)( type)?[^'"]*?(?:from )?|\b(import)\()['"](\.[^'"]+)['"]/gm,
  )
  return [...matches].map(([, typeKeyword, dynamicImport, specifier = '']) => {
    const path = relative(src, join(src, dirname(file), specifier))
    return {
      file,
      path,
      from: folderOf(file),
      to: folderOf(path),
      isTypeOnly: typeKeyword !== undefined,
      isDynamic: dynamicImport !== undefined,
    }
  })
}

/** The first part of a path; the first two in `live`, in `server` and outside of `src`. */
function folderOf(file: string): string {
  const [first = file, second, third] = file.split('/')
  const isSplit = (first === 'live' || first === 'server') && third !== undefined
  return first === '..' || isSplit ? `${first}/${second}` : first
}

/** The top folders from which the files of a top folder may import, apart from itself. */
function allowedFoldersOf(folder: string): readonly string[] {
  const allowed = [allowedImports, allowedTypeImports]
    .flatMap((permissions) => Object.entries(permissions))
    .filter(([from]) => includesFolder([folder], from))
    .flatMap(([, folders]) => folders.map((name) => name.split('/', 1)[0] ?? name))
  return [...new Set(allowed)].filter((name) => name !== folder).sort()
}

function topFolders(): readonly string[] {
  const folders = files.filter((file) => file.includes('/')).map((file) => file.split('/', 1)[0] ?? file)
  return [...new Set(folders)].sort()
}

/** Whether a folder, or the one that contains it, is in the list. */
function includesFolder(allowed: readonly string[] = [], folder: string): boolean {
  return allowed.some((name) => folder === name || folder.startsWith(`${name}/`))
}

/** The provider whose folder contains a file; null for files that no provider owns. */
function providerOf(file: string): string | null {
  const provider = /^providers\/(\w+)\//.exec(file)?.[1] ?? null
  return provider === 'shared' ? null : provider
}
