import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEventStream } from '../support/event-stream.ts'
import { fetchData, sendOperation } from '../support/graphql-client.ts'
import { endpointUrl, type Operation, parseAnswer, request } from '../support/http.ts'
import { connectAs } from '../support/raw-socket.ts'
import { asVisitor } from '../support/test-gateway.ts'
import { Events, Room, Say, StartWork, Take, Work } from './documents.ts'
import { deployedCommand } from './gateway-command.ts'
import { type GatewayProcess, startProcess } from './gateway-process.ts'
import { type PrintedCommand, readCommands } from './printed-commands.ts'

describe('a start without configured providers', () => {
  let gateway: GatewayProcess
  let url = ''
  let printed = ''
  beforeAll(async () => {
    gateway = startProcess({ PORT: '0', LOG_LEVEL: 'trace' }, undefined, deployedCommand)
    url = await gateway.url
    printed = gateway.stdout()
  })
  afterAll(() => gateway.dispose())

  it('prints a guide, the operator key, and finally its address', () => {
    expect(printed.match(/^listening on .*$/gm)).toEqual([`listening on ${url}`])
    expect(printed.endsWith(`\nlistening on ${url}\n`)).toBe(true)
    expect(printed).toMatch(/^switchboard \d+\.\d+\.\d+$/m)
    expect(printed).toMatch(
      /^ {2}rocketchat +Rocket\.Chat: service account, visitors, push +http:\/\/127\.0\.0\.1:\d+$/m,
    )
    expect(printed).toMatch(/^ {2}livechat +LiveChat: service account, .* http:\/\/127\.0\.0\.1:\d+$/m)
    expect(printed).toMatch(/^ {2}database +SQLite in data\/sandbox$/m)
    expect(printed).toMatch(new RegExp(`^ {2}console +${new URL('/', url).href}$`, 'm'))
    expect(printed).toMatch(new RegExp(`^ {2}widget +${new URL('/widget.js', url).href}$`, 'm'))
    expect(printed).toMatch(new RegExp(`^ {2}mcp +${new URL('/mcp', url).href}$`, 'm'))
    expect(printed).toMatch(
      /^The operator key and all conversations are new with each start\. Press Ctrl\+C to stop\.$/m,
    )
    expect(printed).toContain(`GraphiQL:      ${url}`)
    expect(operatorKey()).toMatch(/^[\w-]{16,}$/)
  })

  it('prints commands that work', async () => {
    const [inbox, offline, asVera, live, ...others] = readCommands(printed)
    expect(others).toEqual([])
    const rooms = parseAnswer(await run(inbox))
    expect(rooms).toMatchObject({ data: { rooms: { nodes: { length: 5 } } } })
    expect(rooms).not.toHaveProperty('errors')
    const room = parseAnswer(await run(asVera))
    expect(room).toMatchObject({ data: { roomByNativeId: { messages: { nodes: expect.any(Array) } } } })
    expect(room).not.toHaveProperty('errors')
    const messages = parseAnswer(await run(offline))
    expect(messages).toMatchObject({ data: { offlineMessages: { nodes: { length: 5 } } } })
    expect(messages).not.toHaveProperty('errors')
    expect(live?.headers).toMatchObject({ accept: 'text/event-stream' })
  })

  it('prints a subscription that delivers new messages', async () => {
    const live = readCommands(printed)[3]
    const { id, token } = await demoRoom()
    const { query } = JSON.parse(live?.body ?? '{}') as Operation
    const events = await openEventStream(url, { query, variables: { id } }, asVisitor(token))
    await sendOperation(url, Say, { input: { roomId: id, text: 'is this live?' } }, asVisitor(token))
    let received = await events.next()
    while (!JSON.stringify(received).includes('is this live?')) received = await events.next()
    expect(received).toMatchObject({
      data: { data: { roomEvents: { message: { author: { name: expect.any(String) } } } } },
    })
  })

  it('serves GraphiQL to anonymous callers', async () => {
    const { status, text } = await request(url, { headers: { accept: 'text/html' } })
    expect(status).toBe(200)
    // Not `toContain`: a failure would print the whole of GraphiQL.
    for (const name of ['query Everyone', 'query Inbox', 'subscription Live', 'mutation Say']) {
      expect([name, text.includes(name)]).toEqual([name, true])
    }
  })

  it('lets the operator take a room of Rocket.Chat', async () => {
    const asOperator = { authorization: `Bearer ${operatorKey()}` }
    const { viewer, rooms } = await fetchData(url, Work, {}, asOperator)
    const agentId = viewer.agents.find(({ provider }) => provider.name === 'rocketchat')?.id ?? ''
    const roomId = rooms.nodes[0]?.id ?? ''
    const start = { input: { agentId, acceptingChats: true } }
    expect(await fetchData(url, StartWork, start, asOperator)).toEqual({
      setAgentStatus: { agent: { acceptingChats: true } },
    })
    expect(await fetchData(url, Take, { input: { roomId } }, asOperator)).toMatchObject({
      takeRoom: { room: { status: 'OPEN', agents: [{ name: 'Support Desk' }] } },
    })
  })

  it('exits with code 0 on SIGTERM while clients are subscribed, without further output', async () => {
    const { id, token } = await demoRoom()
    const socket = await connectAs(url, { visitorToken: token })
    socket.subscribe('1', { query: Events.toString(), variables: { id } })
    const events = await openEventStream(
      url,
      { query: Events.toString(), variables: { id } },
      asVisitor(token),
    )
    expect((await request(endpointUrl(url, '/ready'))).status).toBe(200)
    gateway.signal('SIGTERM')
    expect(await socket.closed).toMatchObject({ code: 1001 })
    await events.end()
    expect(await gateway.ended).toEqual({ code: 0, stdout: printed, stderr: '' })
  })

  function operatorKey(): string {
    return /^Operator key: +(\S+)$/m.exec(printed)?.[1] ?? ''
  }

  async function demoRoom(): Promise<{ id: string; token: string }> {
    const command = readCommands(printed).find(({ headers }) => 'x-visitor-token' in headers)
    const token = command?.headers['x-visitor-token'] ?? ''
    const [, nativeId = ''] = /nativeId: \\"([^\\]+)\\"/.exec(command?.body ?? '') ?? []
    const { roomByNativeId } = await fetchData(url, Room, { id: nativeId }, asVisitor(token))
    return { id: roomByNativeId?.id ?? '', token }
  }
})

function run(command: PrintedCommand | undefined) {
  if (!command) throw new Error('no such command is printed')
  const { url, headers, body } = command
  return request(url, { method: 'POST', headers, body })
}
