import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

it('Relay’s compiler takes the schema: its node, its connections, its subscriptions', () => {
  const project = createTestDirectory()
  for (const file of ['inbox.ts', 'relay.config.json']) {
    copyFileSync(join(root, 'examples/relay', file), join(project, file))
  }
  copyFileSync(join(root, 'schema.graphql'), join(project, 'schema.graphql'))
  execFileSync(join(root, 'node_modules/.bin/relay-compiler'), ['relay.config.json'], { cwd: project })
  expect(readdirSync(join(project, '__generated__')).sort()).toEqual([
    'inboxActivitySubscription.graphql.ts',
    'inboxPageQuery.graphql.ts',
    'inboxQuery.graphql.ts',
    'inboxRoomQuery.graphql.ts',
    'inbox_room.graphql.ts',
    'inbox_rooms.graphql.ts',
  ])
})
