import { sendOperation } from '../../support/graphql-client.ts'
import { asOperator, asVisitor } from '../../support/test-gateway.ts'
import type { OfflineRecord } from '../assertions/check-offline.ts'
import type { TrackedSend } from '../assertions/check-rate-limit.ts'
import type { ClientSet } from '../clients/client-set.ts'
import { Events, LeaveOffline, Send } from '../clients/documents.ts'
import { openWebSocketTransport } from '../clients/websocket-transport.ts'
import type { Command } from '../commands/scenario.ts'
import type { SimulationEnvironment } from './environment.ts'
import { wireFaultOf } from './provider-faults.ts'
import type { SimulatedRoom } from './simulated-provider.ts'
import { waitWithin } from './wait-within.ts'

/** A word that is in every note and nowhere else. */
export const NOTE_MARKER = 'secret'

const FLOOD_ROUNDS = 3
const FLOOD_MESSAGES = 150
const FLOOD_TEXT = 'x'.repeat(16 * 1024)
const STRANGER_WAITS_MS = 300

type StepOf<T extends Command['do']> = Extract<Command, { readonly do: T }>

/** A room by its number in a script. */
export function roomOf({ provider: { rooms } }: SimulationEnvironment, number: number): SimulatedRoom {
  const room = rooms[number % rooms.length]
  if (!room) throw new Error('a stage has rooms')
  return room
}

/** The words with which every text of a room begins. */
export function textPrefixOf({ provider: { rooms } }: SimulationEnvironment, number: number): string {
  return `r${number % rooms.length}:`
}

/** Does what a script says of people, of the provider, and of strangers. Every text it writes is another one. */
export class CommandActions {
  /** What strangers got. */
  readonly violations: string[] = []
  /** What was sent through a gateway. */
  readonly sends: TrackedSend[] = []
  /** The offline messages that were left. */
  readonly offlineRecords: OfflineRecord[] = []
  readonly #world: SimulationEnvironment
  readonly #cast: ClientSet
  readonly #under: Promise<unknown>[] = []
  #takeBack: (() => void)[] = []
  #serial = 0

  constructor(world: SimulationEnvironment, cast: ClientSet) {
    this.#world = world
    this.#cast = cast
  }

  room(number: number): SimulatedRoom {
    return roomOf(this.#world, number)
  }

  textPrefix(number: number): string {
    return textPrefixOf(this.#world, number)
  }

  /** As somebody at the provider, or through the gateway; that one comes when it comes. */
  say({ room, by, through }: StepOf<'say'>): void {
    const { id, visitorToken } = this.room(room)
    const text = this.#text(room)
    const [instance] = this.#world.instances
    if (!instance || through === 'provider') {
      this.#world.provider.perform(this.room(room), { do: 'say', by, text })
      return
    }
    const headers = by === 'visitor' ? asVisitor(visitorToken) : asOperator
    this.#world.noteWrite(this.room(room))
    const sending = { text, callsBefore: this.#world.provider.server.calls.length, hadOnlyPolls: false }
    this.sends.push(sending)
    const { connectionState: calm } = this.#cast
    // Where it fails, nothing was said, or the truth has seen it.
    const asking = sendOperation(instance.gateway.url, Send, { room: id, text }, headers).then(() => {
      sending.hadOnlyPolls = calm !== null && calm === this.#cast.connectionState
    })
    this.#under.push(asking.catch(() => {}))
  }

  sayLate({ room, byMs }: StepOf<'say late'>): void {
    this.#world.provider.perform(this.room(room), { do: 'say late', byMs, text: this.#text(room) })
  }

  note(room: number): void {
    this.#world.provider.perform(this.room(room), { do: 'note', text: this.#text(room, ` ${NOTE_MARKER}`) })
  }

  /** Many at once; of one millisecond where the clock is held. */
  burst({ room, count, held }: StepOf<'burst'>): void {
    const { provider: stage } = this.#world
    if (held) stage.clock.hold()
    for (let index = 0; index < count; index += 1) {
      stage.perform(this.room(room), { do: 'say', by: 'agent', text: this.#text(room) })
    }
    if (held) stage.clock.release()
  }

  /** More than a connection and a queue hold, for whoever has stopped reading; `look` waits for the gateways. */
  async flood(room: number, look: () => Promise<void>): Promise<void> {
    for (let round = 0; round < FLOOD_ROUNDS; round += 1) {
      for (let index = 0; index < FLOOD_MESSAGES; index += 1) {
        const text = this.#text(room, FLOOD_TEXT)
        this.#world.provider.perform(this.room(room), { do: 'say', by: 'agent', text })
      }
      await look()
    }
  }

  /** Edits, previews or deletes one of the newest messages. */
  change(step: StepOf<'edit' | 'preview' | 'delete'>): void {
    const { provider: stage } = this.#world
    const room = this.room(step.room)
    const there = stage.storedMessages(room).filter(({ isDeleted: marked }) => !marked)
    const id = there.at(-1 - (step.pick % Math.max(1, there.length)))?.id
    if (id === undefined) return
    if (step.do === 'edit') stage.perform(room, { do: 'edit', id, text: this.#text(step.room) })
    else if (step.do === 'delete') stage.perform(room, { do: 'delete', id, how: step.how })
    else stage.perform(room, { do: 'preview', id })
  }

  injectFault(step: StepOf<'trouble'>): void {
    const { provider: stage } = this.#world
    this.#takeBack.push(stage.server.injectFault(wireFaultOf(step, stage)))
  }

  clearFaults(): void {
    for (const takeBack of this.#takeBack.splice(0)) takeBack()
  }

  revoke(room: number): void {
    const { observe, time, revoked: refusals } = this.#world
    observe()
    refusals.revoke(this.room(room), time())
  }

  /** By the provider's own form, where it keeps what is left there, or through a gateway. */
  leaveOffline({ through, gateway }: Pick<StepOf<'leave offline'>, 'through' | 'gateway'>): void {
    const { provider: stage, instances, time } = this.#world
    const instance = instances[gateway % instances.length]
    this.#serial += 1
    const text = `offline ${this.#serial}`
    const about = { text, at: time(), acceptedAt: Number.POSITIVE_INFINITY }
    if (through === 'provider') {
      if (stage.offlineList) this.offlineRecords.push({ ...about, gateway: null })
      stage.offlineList?.leave(text)
    } else if (instance) {
      const left: OfflineRecord = { ...about, gateway: instance.number }
      this.offlineRecords.push(left)
      const variables = { provider: stage.provider, text }
      const asking = sendOperation(instance.gateway.url, LeaveOffline, variables).then(({ data }) => {
        if (data?.sendOfflineMessage.__typename === 'SendOfflineMessagePayload') left.acceptedAt = time()
      })
      this.#under.push(asking.catch(() => {}))
    }
  }

  /** The visitor of another room asks for this one. */
  subscribeAsStranger(number: number): void {
    const [instance] = this.#world.instances
    if (!instance) return
    const credential = { visitorToken: this.room(number + 1).visitorToken }
    const variables = { room: this.room(number).id, after: null }
    const request = {
      url: instance.gateway.url,
      headers: {},
      credential,
      query: Events.toString(),
      variables,
    }
    const line = openWebSocketTransport(request, {
      onResult: (text) => {
        if (text.includes('"cursor"')) this.violations.push(`a stranger got ${text.slice(0, 200)}`)
      },
      onEnd: () => {},
    })
    this.#under.push(waitWithin(STRANGER_WAITS_MS, () => false).then(() => line.disconnect('cut')))
  }

  /** Waits for all that is under way. */
  async finish(): Promise<void> {
    await Promise.all(this.#under)
  }

  #text(room: number, more = ''): string {
    this.#serial += 1
    return `${this.textPrefix(room)} ${this.#serial}${more}`
  }
}
