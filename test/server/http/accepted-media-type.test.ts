import fc from 'fast-check'
import { createSchema, createYoga } from 'graphql-yoga'
import { expect, it } from 'vitest'
import { acceptedMediaType } from '../../../src/server/http/accepted-media-type.ts'

const yoga = createYoga({
  schema: createSchema({ typeDefs: 'type Query { ok: Boolean }' }),
  logging: false,
})

const range = fc.constantFrom(
  'application/json',
  'application/graphql-response+json',
  'APPLICATION/JSON',
  'application/*',
  '*/*',
  'text/event-stream',
  'multipart/mixed',
  'text/html',
  'text/*',
  'image/png',
  'application/jsonp',
  'application',
  '',
)
const parameter = fc.constantFrom(
  '',
  ';q=0.5',
  '; q=0',
  ';q=1;x=y',
  '; charset=utf-8',
  ';charset=latin1',
  ';profile="a;b"',
  ' ',
)
const header = fc
  .array(fc.tuple(range, parameter), { maxLength: 4 })
  .chain((parts) =>
    fc
      .constantFrom(',', ', ', ' ,\t')
      .map((separator) => parts.map(([type, parameters]) => `${type}${parameters}`).join(separator)),
  )

it.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/*', 'application/json'],
  ['APPLICATION/JSON', 'application/json'],
  ['application/json;q=0.5', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
  ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
  ['application/json ,\tapplication/graphql-response+json', 'application/json'],
  ['application/json; charset=utf-8', null],
  ['text/event-stream', null],
  ['application/json, text/event-stream', null],
  ['', null],
])('the header %j chooses %j', (accept, chosen) => {
  expect(acceptedMediaType(accept)).toBe(chosen)
})

it('a media type is chosen only as the GraphQL engine chooses it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.option(header, { nil: undefined }), async (accept) => {
      const chosen = acceptedMediaType(accept)
      if (chosen === null) return
      const response = await yoga.fetch('http://gateway/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: accept ?? '*/*' },
        body: '{ "query": "{ ok }" }',
      })
      await response.text()
      expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
        status: 200,
        type: `${chosen}; charset=utf-8`,
      })
    }),
    { numRuns: 1_000 },
  )
})
