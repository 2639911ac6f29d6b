import { sendOperation } from '../../support/graphql-client.ts'
import { asOperator, asVisitor } from '../../support/test-gateway.ts'
import type { OfflineRecord } from '../assertions/check-offline.ts'
import type { TrackedSend } from '../assertions/check-rate-limit.ts'
import type { ClientSet } from '../clients/client-set.ts'
import { Events, LeaveOffline, Send } from '../clients/documents.ts'
import { openWebSocketTransport } from '../clients/websocket-transport.ts'
import type { Command, SimulatedPushFault } from '../commands/scenario.ts'
import type { Disturbance } from '../oracle/disturbance.ts'
import type { SimulationEnvironment } from './environment.ts'
import { isOfHalf, LAG_MS, pushFaultOf, wireFaultOf } from './provider-faults.ts'
import type { SimulatedRoom } from './simulated-provider.ts'
import { waitWithin } from './wait-within.ts'

/** A word that is in every note and in no other text. */
export const NOTE_MARKER = 'secret'

const FLOOD_ROUNDS = 3
const FLOOD_MESSAGES = 150
const FLOOD_TEXT = 'x'.repeat(16 * 1024)
const STRANGER_WAITS_MS = 300
/** Frames that are no JSON, no object, of no known kind, or without their fields. */
const GARBAGE = [
  '{"msg"',
  '[null]',
  '17',
  '{"msg":"changed","collection":"stream-room-messages","fields":{"eventName":7,"args":{}}}',
  '{"type":"push","action":"incoming_event","payload":{"chat_id":[],"event":null}}',
  Buffer.of(0, 255, 128),
]

/** More than a gateway accepts in one frame. */
const OVERSIZED_BYTES = 4.5 * 1024 * 1024
/** Faults that lose, delay or reorder pushes while the connection seems good. */
const DISTURBING: ReadonlySet<SimulatedPushFault> = new Set(['half-open', 'silent', 'hold', 'lag', 'reorder'])

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>

/** A room by its number in a scenario. */
export function roomOf({ provider: { rooms } }: SimulationEnvironment, number: number): SimulatedRoom {
  const room = rooms[number % rooms.length]
  if (!room) throw new Error('a simulated provider has rooms')
  return room
}

/** The prefix of every text in a room. */
export function textPrefixOf({ provider: { rooms } }: SimulationEnvironment, number: number): string {
  return `r${number % rooms.length}:`
}

/** Executes the commands that act on the provider, or through a gateway. Every text it writes is unique. */
export class CommandActions {
  /** What strangers received. */
  readonly violations: string[] = []
  /** The messages that were sent through a gateway. */
  readonly sends: TrackedSend[] = []
  /** The offline messages that were sent. */
  readonly offlineRecords: OfflineRecord[] = []
  /** When push was losing, delaying or reordering what it should push. */
  readonly disturbances: Disturbance[] = []
  readonly #environment: SimulationEnvironment
  readonly #clients: ClientSet
  readonly #pending: Promise<unknown>[] = []
  #removeFaults: (() => void)[] = []
  #endPushFaults: (() => void)[] = []
  #serial = 0

  constructor(environment: SimulationEnvironment, clients: ClientSet) {
    this.#environment = environment
    this.#clients = clients
  }

  room(number: number): SimulatedRoom {
    return roomOf(this.#environment, number)
  }

  textPrefix(number: number): string {
    return textPrefixOf(this.#environment, number)
  }

  /** Sends at the provider at once, or through the gateway in the background. */
  send({ room, by, through }: CommandOf<'send'>): void {
    const { provider, instances } = this.#environment
    const { id, visitorToken } = this.room(room)
    const text = this.#text(room)
    const instance = instances[room % instances.length]
    if (!instance || through === 'provider') {
      provider.perform(this.room(room), { type: 'send', by, text })
      return
    }
    const headers = by === 'visitor' ? asVisitor(visitorToken) : asOperator
    this.#environment.noteWrite(this.room(room))
    const send = { text, callsBefore: provider.server.calls.length, hadOnlyPolls: false }
    this.sends.push(send)
    const { connectionState } = this.#clients
    // After a failure nothing was sent, or the ledger has it.
    const response = sendOperation(instance.gateway.url, Send, { room: id, text }, headers).then(() => {
      send.hadOnlyPolls = connectionState !== null && connectionState === this.#clients.connectionState
    })
    this.#pending.push(response.catch(() => {}))
  }

  sendLate({ room, byMs }: CommandOf<'send late'>): void {
    this.#environment.provider.perform(this.room(room), { type: 'send late', byMs, text: this.#text(room) })
  }

  addNote(room: number): void {
    const text = this.#text(room, ` ${NOTE_MARKER}`)
    this.#environment.provider.perform(this.room(room), { type: 'add note', text })
  }

  /** Sends many messages at once, within one millisecond where the clock is held. */
  sendBurst({ room, count, held }: CommandOf<'send burst'>): void {
    const { provider } = this.#environment
    if (held) provider.clock.hold()
    for (let index = 0; index < count; index += 1) {
      provider.perform(this.room(room), { type: 'send', by: 'agent', text: this.#text(room) })
    }
    if (held) provider.clock.release()
  }

  /** Sends more than a connection and a queue hold for a client that stopped reading. */
  async flood(room: number, waitForPolls: () => Promise<void>): Promise<void> {
    for (let round = 0; round < FLOOD_ROUNDS; round += 1) {
      for (let index = 0; index < FLOOD_MESSAGES; index += 1) {
        const text = this.#text(room, FLOOD_TEXT)
        this.#environment.provider.perform(this.room(room), { type: 'send', by: 'agent', text })
      }
      await waitForPolls()
    }
  }

  /** Edits, previews or deletes one of the newest messages. */
  change(command: CommandOf<'edit' | 'preview' | 'delete'>): void {
    const { provider } = this.#environment
    const room = this.room(command.room)
    const messages = provider.storedMessages(room).filter(({ isDeleted }) => !isDeleted)
    const id = messages.at(-1 - (command.pick % Math.max(1, messages.length)))?.id
    if (id === undefined) return
    if (command.type === 'edit') provider.perform(room, { type: 'edit', id, text: this.#text(command.room) })
    else if (command.type === 'delete') provider.perform(room, { type: 'delete', id, how: command.how })
    else provider.perform(room, { type: 'preview', id })
  }

  injectFault(command: CommandOf<'inject fault'>): void {
    const { provider } = this.#environment
    this.#removeFaults.push(provider.server.injectFault(wireFaultOf(command, provider)))
  }

  clearFaults(): void {
    for (const remove of this.#removeFaults.splice(0)) remove()
  }

  injectPushFault(command: CommandOf<'inject push fault'>): void {
    const { provider, time } = this.#environment
    const remove = provider.push.control.injectFault(pushFaultOf(command, provider))
    const span = { from: time(), until: Number.POSITIVE_INFINITY }
    if (DISTURBING.has(command.fault)) this.disturbances.push(span)
    this.#endPushFaults.push(() => {
      remove()
      span.until = time() + LAG_MS
    })
  }

  clearPushFaults(): void {
    for (const end of this.#endPushFaults.splice(0)) end()
  }

  cutPush({ ofHalf }: CommandOf<'cut push'>): void {
    const { control } = this.#environment.provider.push
    control.drop(ofHalf ? isOfHalf : undefined)
  }

  pushOversized(): void {
    this.#environment.provider.push.control.sendOversized(OVERSIZED_BYTES)
  }

  /** Sends frames that no provider sends. */
  pushGarbage(): void {
    const { control } = this.#environment.provider.push
    for (const frame of GARBAGE) control.sendRaw(frame)
  }

  revoke(room: number): void {
    const { observe, time, revoked } = this.#environment
    observe()
    revoked.revoke(this.room(room), time())
  }

  /** Sends by the provider's own form, where it keeps such messages, or through a gateway. */
  sendOffline({ through, gateway }: Pick<CommandOf<'send offline'>, 'through' | 'gateway'>): void {
    const { provider, instances, time } = this.#environment
    const instance = instances[gateway % instances.length]
    this.#serial += 1
    const text = `offline ${this.#serial}`
    const sent = { text, at: time(), acceptedAt: Number.POSITIVE_INFINITY }
    if (through === 'provider') {
      if (provider.offlineList) this.offlineRecords.push({ ...sent, gateway: null })
      provider.offlineList?.send(text)
    } else if (instance) {
      const record: OfflineRecord = { ...sent, gateway: instance.number }
      this.offlineRecords.push(record)
      const variables = { provider: provider.provider, text }
      const response = sendOperation(instance.gateway.url, LeaveOffline, variables).then(({ data }) => {
        if (data?.sendOfflineMessage.__typename === 'SendOfflineMessagePayload') record.acceptedAt = time()
      })
      this.#pending.push(response.catch(() => {}))
    }
  }

  /** Subscribes to a room as the visitor of another one. */
  subscribeAsStranger(number: number): void {
    const { instances } = this.#environment
    const instance = instances[number % instances.length]
    if (!instance) return
    const request = {
      url: instance.gateway.url,
      headers: {},
      credential: { visitorToken: this.room(number + 1).visitorToken },
      query: Events.toString(),
      variables: { room: this.room(number).id, after: null },
    }
    const transport = openWebSocketTransport(request, {
      onResult: (text) => {
        if (text.includes('"cursor"')) this.violations.push(`a stranger received ${text.slice(0, 200)}`)
      },
      onEnd: () => {},
    })
    this.#pending.push(waitWithin(STRANGER_WAITS_MS, () => false).then(() => transport.disconnect('cut')))
  }

  /** Waits for everything that runs in the background. */
  async finish(): Promise<void> {
    await Promise.all(this.#pending)
  }

  #text(room: number, more = ''): string {
    this.#serial += 1
    return `${this.textPrefix(room)} ${this.#serial}${more}`
  }
}
