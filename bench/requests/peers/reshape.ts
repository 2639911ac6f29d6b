import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from './listen.ts'
import { readBody } from './read-body.ts'
import { type MessageView, readInbox, readMessages, readVisitor, sendMessage } from './upstream-api.ts'

/**
 * What a team writes instead of a gateway: an endpoint per screen on node:http, which calls the provider, maps the
 * documents and responds with the data that the query selects. It does not look at the query.
 */

interface Request {
  readonly variables: Readonly<Record<string, unknown>>
  readonly token: string | null
}

const PAGE = 50

const endpoints: Readonly<Record<string, (request: Request) => Promise<object>>> = {
  '/room': async ({ variables, token }) => ({ room: await readRoom(String(variables['id']), token) }),
  '/dashboard': (request) =>
    readDashboard(request, async (id, token) => {
      const [visitor, messages] = await Promise.all([readVisitor(id, token), readMessages(id, PAGE, token)])
      return { id, visitor, messages: { nodes: messages } }
    }),
  '/dashboard-messages': (request) => readDashboard(request, readRoom),
  '/inbox': async () => {
    const nodes = []
    for (const { lastActivityAt: _, lastMessage, ...room } of await readInbox(PAGE)) {
      nodes.push({
        ...room,
        lastMessage: lastMessage && { text: lastMessage.text, author: lastMessage.author },
      })
    }
    return { rooms: { nodes } }
  },
  '/mutation': async ({ variables, token }) => {
    const { roomId, text } = variables['input'] as { readonly roomId: string; readonly text: string }
    return { sendMessage: { message: await sendMessage(roomId, text, token) } }
  },
}

await listen((request, response) => {
  respond(request, response).catch((error: unknown) => {
    response.writeHead(500).end(String(error))
  })
}, '')

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { variables } = (await readBody(request)) as Request
  const header = request.headers['x-visitor-token']
  const endpoint = endpoints[request.url ?? '']
  if (!endpoint) throw new Error(`there is no ${request.url}`)
  const data = await endpoint({ variables, token: typeof header === 'string' ? header : null })
  const text = JSON.stringify({ data })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

async function readRoom(
  id: string,
  token: string | null,
): Promise<{ readonly id: string; readonly messages: { readonly nodes: readonly MessageView[] } }> {
  return { id, messages: { nodes: await readMessages(id, PAGE, token) } }
}

/** Reads each distinct room once. */
async function readDashboard<T>(
  { variables, token }: Request,
  read: (id: string, token: string | null) => Promise<T>,
): Promise<Readonly<Record<string, T>>> {
  const ids = new Set(Object.values(variables).map(String))
  const roomsById = new Map(
    await Promise.all(Array.from(ids, async (id): Promise<[string, T]> => [id, await read(id, token)])),
  )
  const data: Record<string, T> = {}
  for (const [alias, id] of Object.entries(variables)) {
    const room = roomsById.get(String(id))
    if (room !== undefined) data[alias] = room
  }
  return data
}
