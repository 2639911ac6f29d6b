import { describe, expect, it } from 'vitest'
import { openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { request } from '../../support/http.ts'
import { asVisitor } from '../../support/test-gateway.ts'

describe('modes of GraphQL over SSE that are documented as refused', () => {
  it('a subscription by GET is 405, and names the way that works', async () => {
    const { url, token, roomId } = await openGatewayWithRoom()
    const search = new URLSearchParams({
      query: 'subscription ($id: ID!) { messageAdded(roomId: $id) { text } }',
      variables: JSON.stringify({ id: roomId }),
    })
    const { status, headers, text } = await request(`${url}?${search}`, {
      headers: { ...asVisitor(token), accept: 'application/json' },
    })
    expect([status, headers.get('allow')]).toEqual([405, 'POST'])
    expect(text).toContain('Subscribe by POST, or over a WebSocket.')
    const asStream = await request(`${url}?${search}`, {
      headers: { ...asVisitor(token), accept: 'text/event-stream' },
    })
    expect(asStream.status).toBe(405)
    expect(asStream.text).toContain('Subscribe by POST, or over a WebSocket.')
    expect(asStream.text).not.toContain('"data":{"messageAdded"')
  })

  it('the reservation of a single connection is 405', async () => {
    const { url, token } = await openGatewayWithRoom()
    expect((await request(url, { method: 'PUT', headers: asVisitor(token) })).status).toBe(405)
  })
})
