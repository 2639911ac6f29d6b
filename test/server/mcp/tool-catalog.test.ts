import { readFileSync } from 'node:fs'
import { parse, validate } from 'graphql'
import { describe, expect, it, test } from 'vitest'
import { schema } from '../../../src/schema/index.ts'
import { createToolCatalog } from '../../../src/server/mcp/tool-catalog.ts'
import { transcriptDocument } from '../../../src/server/mcp/transcript.ts'

const catalog = createToolCatalog(schema)
const tools = [...catalog.values()]

test('every document is valid for the schema', () => {
  for (const document of [...tools.map((tool) => tool.document), transcriptDocument])
    expect(validate(schema, parse(document))).toEqual([])
})

test('arguments have the types, defaults and descriptions of the schema', () => {
  expect(catalog.get('list_open_rooms')?.argumentsSchema).toMatchObject({
    type: 'object',
    required: [],
    additionalProperties: false,
    properties: {
      unassigned: {
        type: 'boolean',
        description: 'True: only rooms that are not closed and have no agent. False does not filter.',
      },
      status: {
        type: 'array',
        items: { type: 'string', enum: ['CLOSED', 'ON_HOLD', 'OPEN', 'QUEUED', 'UNKNOWN'] },
        default: ['QUEUED', 'OPEN', 'ON_HOLD'],
        description: expect.stringMatching(
          /^Only rooms in one of these states\. .*QUEUED: Open, and waiting/,
        ),
      },
      first: { type: 'integer', default: 20 },
    },
  })
  expect(catalog.get('send_message')?.argumentsSchema).toMatchObject({ required: ['roomId', 'text'] })
  expect(catalog.get('search_rooms')?.argumentsSchema.properties['closedFrom']).toMatchObject({
    type: 'string',
    format: 'date-time',
  })
})

describe.each(tools)(
  '$name',
  ({ operation, argumentsSchema, description, argumentDescriptions, hints, title }) => {
    it('describes itself and each argument', () => {
      expect(title).not.toBe('')
      expect(description.length).toBeGreaterThan(40)
      for (const [name, { description: text = '' }] of Object.entries(argumentsSchema.properties))
        expect(text, name).not.toBe('')
    })

    it('describes no argument that it does not have', () => {
      expect(Object.keys(argumentsSchema.properties)).toEqual(
        expect.arrayContaining(Object.keys(argumentDescriptions ?? {})),
      )
    })

    it('says whether it changes anything as its operation does', () => {
      expect(hints.readOnlyHint).toBe(operation.operation === 'query')
      if (hints.readOnlyHint) expect(hints).toMatchObject({ destructiveHint: false, idempotentHint: true })
    })
  },
)

test('docs/mcp.md lists the tools', () => {
  const page = readFileSync('docs/mcp.md', 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \| `(\w+)` \| (\w+) \|$/gm)].map(
    ([, ...cells]) => cells,
  )
  const expected = tools.map(({ name, title, permission, hints }) => {
    const changes = hints.readOnlyHint ? 'nothing' : hints.destructiveHint ? 'replaces' : 'adds'
    return [name, title, permission, changes]
  })
  expect(rows).toEqual(expected)
})
