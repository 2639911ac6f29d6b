import { serveCommands } from '../shared/child.ts'
import { clock } from '../shared/usage.ts'
import { newId, PlainSocket } from './plain-socket.ts'

const AT_ONCE = 100
const PONG_MESSAGE = Buffer.from('{"type":"pong"}')

interface Group {
  readonly sockets: PlainSocket[]
  expected: number
  received: number
  first: number
  last: number
  sample: string
  done: (() => void) | null
}

const groups = new Map<string, Group>()

export interface ConnectRequest {
  /** Name of the group in later commands. */
  readonly group: string
  readonly url: string
  readonly count: number
  readonly initPayload: Readonly<Record<string, unknown>>
  /** The subscription of each socket; without it, sockets only send `connection_init`. */
  readonly query?: string
  /** Each socket subscribes once with each of these. */
  readonly variables?: readonly Readonly<Record<string, unknown>>[]
  /** The operation id of every subscription; without it, each has its own. */
  readonly operationId?: string
  /** Milliseconds between the `ping` messages of each client; without it, clients send none. */
  readonly pingMs?: number
}

const commands = {
  connect: async (request: ConnectRequest) => {
    const { group: name, url, count, initPayload, query, variables = [{}], operationId, pingMs } = request
    const group = groupOf(name)
    const subscribe = (socket: PlainSocket) => {
      for (const values of variables)
        socket.send({ type: 'subscribe', id: operationId ?? newId(), payload: { query, variables: values } })
    }
    const open = () =>
      new Promise<void>((resolve) => {
        let isAcknowledged = false
        const socket = new PlainSocket(
          url,
          (opened) => opened.send({ type: 'connection_init', payload: initPayload }),
          (text) => {
            if (isAcknowledged) return text.equals(PONG_MESSAGE) ? undefined : receive(group, text)
            isAcknowledged = true
            if (query !== undefined) subscribe(socket)
            if (pingMs !== undefined) startPings(socket, pingMs)
            resolve()
          },
        )
        group.sockets.push(socket)
      })
    for (let opened = 0; opened < count; opened += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - opened) }, open))
  },
  /** Starts counting: `received` resolves after this many messages to the group. */
  expect: ({ group: name, count }: { readonly group: string; readonly count: number }) => {
    const group = groupOf(name)
    Object.assign(group, { expected: count, received: 0, first: 0, last: 0 })
  },
  /** Resolves with the times of the first and the last expected message, and the text of the first. */
  received: async (name: string) => {
    const group = groupOf(name)
    if (group.received < group.expected) {
      await new Promise<void>((resolve) => {
        group.done = resolve
      })
    }
    const { first, last, sample } = group
    return { first, last, sample }
  },
  close: (name: string) => {
    for (const socket of groupOf(name).sockets.splice(0)) socket.close()
  },
  /** Subscribes and completes this many times, on the sockets of a group in turn. */
  churn: async ({ group, query, variables, times }: ChurnRequest) => {
    const { sockets } = groupOf(group)
    for (let round = 0; round < times; round += 1) {
      const socket = sockets[round % sockets.length]
      const id = newId()
      socket?.send({ type: 'subscribe', id, payload: { query, variables } })
      socket?.send({ type: 'complete', id })
      if (round % AT_ONCE === 0) await new Promise(setImmediate)
    }
  },
}

export interface ChurnRequest {
  readonly group: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly times: number
}

export type ClientsCommands = typeof commands
serveCommands(commands)

function groupOf(name: string): Group {
  const group = groups.get(name) ?? {
    sockets: [],
    expected: 0,
    received: 0,
    first: 0,
    last: 0,
    sample: '',
    done: null,
  }
  groups.set(name, group)
  return group
}

/** Starts at a random moment, as clients that connected at different times do. */
function startPings(socket: PlainSocket, pingMs: number): void {
  const start = () => {
    const timer = setInterval(() => {
      if (socket.isClosed) clearInterval(timer)
      else socket.send({ type: 'ping' })
    }, pingMs)
  }
  setTimeout(start, Math.random() * pingMs)
}

function receive(group: Group, text: Buffer): void {
  group.received += 1
  if (group.received === 1) {
    group.first = clock()
    group.sample = text.toString()
  }
  if (group.received !== group.expected) return
  group.last = clock()
  group.done?.()
  group.done = null
}
