import { describe, expect, it } from 'vitest'
import { openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { Added, Send, Viewer } from '../documents.ts'

describe('over a WebSocket', () => {
  it('runs queries', async () => {
    const { url } = await openGatewayWithoutProviders()
    const socket = await connectAs(url)
    socket.subscribe('q', { query: Viewer.toString() })
    const payload = { data: { viewer: { role: 'ANONYMOUS', name: null } } }
    expect(await socket.next()).toEqual({ type: 'next', id: 'q', payload })
    expect(await socket.next()).toEqual({ type: 'complete', id: 'q' })
  })

  it('runs mutations, and delivers their events to a subscription on the same socket', async () => {
    const { url, token, roomId } = await openGatewayWithRoom()
    const socket = await connectAs(url, { visitorToken: token })
    socket.subscribe('live', { query: Added.toString(), variables: { id: roomId } })
    const input = { roomId, text: 'hello' }
    socket.subscribe('say', { query: Send.toString(), variables: { input } })
    const messages = [await socket.next(), await socket.next(), await socket.next()]
    const said = { data: { sendMessage: { __typename: 'SendMessagePayload', message: { text: 'hello' } } } }
    expect(messages).toContainEqual({ type: 'next', id: 'say', payload: said })
    expect(messages).toContainEqual({ type: 'complete', id: 'say' })
    const added = { data: { messageAdded: { text: 'hello' } } }
    expect(messages).toContainEqual({ type: 'next', id: 'live', payload: added })
  })

  it.for<[what: string, query: string, code: string]>([
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ viewers }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unclear choice of operation',
      'query A { viewer { role } } query B { viewer { role } }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('sends an error message for %s, after which the id is free again', async ([, query, code]) => {
    const { url } = await openGatewayWithoutProviders()
    const socket = await connectAs(url)
    for (const _ of ['once', 'twice']) {
      socket.subscribe('1', { query })
      const { type, payload } = await socket.next()
      expect(type).toBe('error')
      expect(payload).toMatchObject([{ extensions: { code } }])
      expect(JSON.stringify(payload)).not.toMatch(/http|stack|node_modules/)
    }
    socket.subscribe('1', { query: Viewer.toString() })
    expect(await socket.next()).toMatchObject({ type: 'next', id: '1' })
  })

  it('returns the same result as HTTP', async () => {
    const { url } = await openGatewayWithoutProviders()
    const socket = await connectAs(url)
    for (const query of ['{', '{ viewers }', '{ viewer { role } nodes(ids: ["?"]) { id } }']) {
      socket.subscribe('1', { query })
      const { type, payload } = await socket.next()
      const answer = parseAnswer(await post(url, { query }))
      expect(payload).toEqual(type === 'error' ? answer.errors : answer)
      if (type === 'next') await socket.next()
    }
  })

  it('answers pings without their payload', async () => {
    const { url } = await openGatewayWithoutProviders()
    const socket = await connectAs(url)
    socket.send({ type: 'ping', payload: { at: 1 } })
    expect(await socket.next()).toEqual({ type: 'pong' })
  })

  it('reveals nothing of a room to a visitor of another one', async () => {
    const { url, rocketChat, roomId } = await openGatewayWithRoom()
    rocketChat.workspace.createVisitor({ token: 'another-visitor' })
    const stranger = await connectAs(url, { visitorToken: 'another-visitor' })
    stranger.subscribe('1', { query: Added.toString(), variables: { id: roomId } })
    const { type, payload } = await stranger.next()
    expect({ type, payload }).toMatchObject({
      type: 'next',
      payload: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    })
    expect(await stranger.next()).toEqual({ type: 'complete', id: '1' })
  })
})
