import { describe, expect, it, onTestFinished } from 'vitest'
import { startWireServer, type WireServer } from '../../../../sandbox/wire-server.ts'
import { sendOperation, waitUntil } from '../../../support/graphql-client.ts'
import { asVisitor } from '../../../support/test-gateway.ts'
import { CONFIG, ROOM } from '../support/faults.ts'
import { openGatewayForUrl } from '../support/gateway-for-url.ts'
import { PROVIDER_ID, roomIdOf } from '../support/rocketchat-gateway.ts'
import { RoomAndDepartments, RoomStatus } from '../support/visitor-documents.ts'

interface HoldingServer extends WireServer {
  /** Releases the responses to requests for rooms. */
  release(): void
}

/** A server that holds back every response about a room until it is released, and returns departments at once. */
async function startHoldingServer(): Promise<HoldingServer> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = await startWireServer({
    routes: [
      {
        method: 'GET',
        path: ROOM,
        handle: async () => {
          await released
          return { status: 200, body: { room: { _id: 'r', open: true }, newRoom: false, success: true } }
        },
      },
      {
        method: 'GET',
        path: CONFIG,
        handle: () => ({ status: 200, body: { config: { departments: [] }, success: true } }),
      },
    ],
    notFound: () => ({ status: 404, body: {} }),
  })
  onTestFinished(() => server.close())
  return { ...server, release }
}

const id = roomIdOf('r')
const roomCalls = (server: HoldingServer) => server.counts()[`GET ${ROOM}`]

describe('two operations that read one room simultaneously', () => {
  it('share the request of the same visitor', async () => {
    const server = await startHoldingServer()
    const url = await openGatewayForUrl(server.url)
    const first = sendOperation(url, RoomStatus, { id }, asVisitor('vera'))
    await waitUntil(() => roomCalls(server) === 1)
    // The response with departments shows that the second operation has requested its room too.
    const second = sendOperation(url, RoomAndDepartments, { id, provider: PROVIDER_ID }, asVisitor('vera'))
    await waitUntil(() => server.counts()[`GET ${CONFIG}`] === 1)
    server.release()
    const open = { room: { id, status: 'QUEUED' } }
    expect(await first).toEqual({ data: open })
    expect(await second).toMatchObject({ data: open })
    expect(roomCalls(server)).toBe(1)
  })

  it('send a request each for two visitors', async () => {
    const server = await startHoldingServer()
    const url = await openGatewayForUrl(server.url)
    const requests = ['vera', 'bob'].map((token) => sendOperation(url, RoomStatus, { id }, asVisitor(token)))
    await waitUntil(() => roomCalls(server) === 2)
    server.release()
    expect(await Promise.all(requests)).toMatchObject([
      { data: { room: { id } } },
      { data: { room: { id } } },
    ])
  })

  it('send a request each one after the other', async () => {
    const server = await startHoldingServer()
    server.release()
    const url = await openGatewayForUrl(server.url)
    await sendOperation(url, RoomStatus, { id }, asVisitor('vera'))
    await sendOperation(url, RoomStatus, { id }, asVisitor('vera'))
    expect(roomCalls(server)).toBe(2)
  })
})
