import { describe, expect, it } from 'vitest'
import { asOperator } from '../../../support/test-gateway.ts'
import { openGatewayPair } from './gateway-pair.ts'

/** Documents that are served directly when they are sent again. */
const directDocuments = {
  'a field': '{ viewer { role } }',
  'a list': '{ providers { name kind capabilities } }',
  'rooms of both providers':
    '{ rooms(first: 5) { nodes { id status visitor { name } } pageInfo { endCursor } } }',
  'a fragment': '{ providers { ...P } } fragment P on Provider { id name }',
  'the types of objects': '{ __typename providers { __typename } }',
}

describe('a repeated request gets the response of the GraphQL engine', () => {
  it('to documents of all forms', async () => {
    const pair = await openGatewayPair()
    for (const [name, query] of Object.entries(directDocuments)) {
      const { isDirect } = await pair.compare(name, { headers: asOperator, body: { query } })
      expect.soft(isDirect, name).toBe(true)
    }
  })
})
