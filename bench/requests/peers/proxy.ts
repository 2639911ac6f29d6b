import type { IncomingMessage, ServerResponse } from 'node:http'
import { Pool } from 'undici'
import { listen } from './listen.ts'
import { readBody } from './read-body.ts'
import { decodeRoomId } from './upstream-api.ts'

/**
 * The upper bound of a server that shares no upstream call: passes the bytes of the provider's response on and parses
 * nothing of them.
 */
const pool = new Pool(process.env['ROCKETCHAT_URL'] ?? '', { connections: 64 })
const PAGE = 50

await listen((request, response) => {
  respond(request, response).catch((error: unknown) => {
    response.writeHead(500).end(String(error))
  })
}, '')

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { variables } = (await readBody(request)) as { readonly variables: { readonly id: string } }
  const { nativeId } = decodeRoomId(variables.id)
  const path = `/api/v1/livechat/messages.history/${nativeId}?token=${request.headers['x-visitor-token']}&limit=${PAGE}`
  const { body } = await pool.request({ method: 'GET', path })
  const bytes = Buffer.from(await body.arrayBuffer())
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}
