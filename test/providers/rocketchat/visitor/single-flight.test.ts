import { describe, expect, it, onTestFinished } from 'vitest'
import { startWireServer, type WireServer } from '../../../../sandbox/wire-server.ts'
import { sendOperation, waitUntil } from '../../../support/graphql-client.ts'
import { asVisitor } from '../../../support/test-gateway.ts'
import { CONFIG, ROOM } from '../support/faults.ts'
import { openGatewayForUrl } from '../support/gateway-for-url.ts'
import { RoomAndDepartments, RoomStatus } from '../support/visitor-documents.ts'
import { PROVIDER_ID, roomIdOf } from '../support/visitor-gateway.ts'

interface Held extends WireServer {
  /** Lets the rooms that are being read be answered. */
  release(): void
}

/** A server that holds every room back until it is released, and tells its departments at once. */
async function startHolding(): Promise<Held> {
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
const roomCalls = (server: Held) => server.counts()[`GET ${ROOM}`]

describe('two operations that read one room at the same time', () => {
  it('share the call when they ask as the same visitor', async () => {
    const server = await startHolding()
    const url = await openGatewayForUrl(server.url)
    const first = sendOperation(url, RoomStatus, { id }, asVisitor('vera'))
    await waitUntil(() => roomCalls(server) === 1)
    // The departments tell that the second operation has come to its room too.
    const second = sendOperation(url, RoomAndDepartments, { id, provider: PROVIDER_ID }, asVisitor('vera'))
    await waitUntil(() => server.counts()[`GET ${CONFIG}`] === 1)
    server.release()
    const open = { room: { id, status: 'QUEUED' } }
    expect(await first).toEqual({ data: open })
    expect(await second).toMatchObject({ data: open })
    expect(roomCalls(server)).toBe(1)
  })

  it('share nothing when they ask as two', async () => {
    const server = await startHolding()
    const url = await openGatewayForUrl(server.url)
    const asking = ['vera', 'bob'].map((token) => sendOperation(url, RoomStatus, { id }, asVisitor(token)))
    await waitUntil(() => roomCalls(server) === 2)
    server.release()
    expect(await Promise.all(asking)).toMatchObject([{ data: { room: { id } } }, { data: { room: { id } } }])
  })

  it('call again when one comes after the other', async () => {
    const server = await startHolding()
    server.release()
    const url = await openGatewayForUrl(server.url)
    await sendOperation(url, RoomStatus, { id }, asVisitor('vera'))
    await sendOperation(url, RoomStatus, { id }, asVisitor('vera'))
    expect(roomCalls(server)).toBe(2)
  })
})
