import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

it.each(['examples/relay/inbox.ts', 'docs/clients.md'])(
  'the command in %s compiles Relay’s documents',
  (file) => {
    const [command = ''] =
      /cd examples\/relay && npx relay-compiler .*/.exec(readFileSync(join(root, file), 'utf8')) ?? []
    // The files that a clone has there, so that the compiler's output does not end up in this one.
    const clone = createTestDirectory()
    for (const path of ['examples/relay', 'schema.graphql', 'package.json']) {
      cpSync(join(root, path), join(clone, path), {
        recursive: true,
        filter: (from) => !from.endsWith('__generated__'),
      })
    }
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'))
    execFileSync('sh', ['-c', command], { cwd: clone, stdio: 'pipe' })
    expect(readdirSync(join(clone, 'examples/relay/__generated__')).sort()).toEqual([
      'inboxActivitySubscription.graphql.ts',
      'inboxPageQuery.graphql.ts',
      'inboxQuery.graphql.ts',
      'inboxRoomQuery.graphql.ts',
      'inbox_room.graphql.ts',
      'inbox_rooms.graphql.ts',
    ])
  },
)
