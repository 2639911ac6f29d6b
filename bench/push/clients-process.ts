import { DOCUMENT } from '../live/document.ts'
import { newId, PlainSocket } from '../live/plain-socket.ts'
import { serveCommands } from '../shared/child.ts'
import { clock } from '../shared/usage.ts'
import { findWritten } from './message-writer.ts'
import { People } from './people.ts'
import type { WatchedRoom } from './scenario.ts'

const ACKNOWLEDGED = '"connection_ack"'
const EVENT = '"type":"next"'
const PING = '"type":"ping"'

/** Clients of one gateway. */
export interface ClientsRequest {
  /** Identifies them in later commands. */
  readonly scenario: string
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  readonly operatorKey: string
  readonly rooms: readonly WatchedRoom[]
}

interface Watchers {
  readonly latenciesMs: number[]
  readonly names: Set<string>
  /** What is neither an event nor part of the protocol, for example an error. */
  readonly unexpected: string[]
  readonly people: People
}

const byScenario = new Map<string, Watchers>()

const commands = {
  /** Opens a socket for each room, which subscribes to it from now on. Resolves when all of them are sent. */
  watch: async ({ scenario, url, operatorKey, rooms }: ClientsRequest) => {
    const people = new People({ url, operatorKey, rooms })
    const watchers: Watchers = { latenciesMs: [], names: new Set(), unexpected: [], people }
    byScenario.set(scenario, watchers)
    await Promise.all(rooms.map((room) => watch(room, { url, operatorKey }, watchers)))
  },
  startPeople: (scenario: string) => byScenario.get(scenario)?.people.start(),
  /** Ends the calls of people; resolves with how they went. */
  stopPeople: (scenario: string) => byScenario.get(scenario)?.people.stop() ?? null,
  /** Latencies of all messages so far, from the commit to the socket of the subscriber. */
  received: (scenario: string) => {
    const { latenciesMs, names, unexpected } = watchersOf(scenario)
    return { latenciesMs, repeated: latenciesMs.length - names.size, unexpected }
  },
}
export type PushClientsCommands = typeof commands
serveCommands(commands)

function watchersOf(scenario: string): Watchers {
  const watchers = byScenario.get(scenario)
  if (!watchers) throw new Error(`there are no clients of ${scenario}`)
  return watchers
}

function watch(
  { id, visitorToken }: WatchedRoom,
  { url, operatorKey }: Pick<ClientsRequest, 'url' | 'operatorKey'>,
  watchers: Watchers,
): Promise<void> {
  const payload =
    visitorToken === null ? { authorization: `Bearer ${operatorKey}` } : { visitorToken: visitorToken }
  return new Promise((resolve) => {
    const socket = new PlainSocket(
      url,
      (opened) => opened.send({ type: 'connection_init', payload }),
      (bytes) => {
        const text = bytes.toString()
        if (text.includes(ACKNOWLEDGED)) {
          socket.send({
            type: 'subscribe',
            id: newId(),
            payload: { query: DOCUMENT, variables: { room: id } },
          })
          resolve()
        } else receive(text, watchers)
      },
    )
  })
}

function receive(text: string, { latenciesMs, names, unexpected }: Watchers): void {
  const written = findWritten(text)
  if (written) {
    latenciesMs.push((clock() - written.committedAt) / 1e6)
    names.add(written.name)
  } else if ((!text.includes(EVENT) && !text.includes(PING)) || text.includes('"errors"'))
    unexpected.push(text)
}
