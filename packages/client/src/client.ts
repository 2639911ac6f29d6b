import type { ConnectionStore } from './connection.ts'
import { eventsDocument, type Message, pageDocument, sendDocument } from './documents.ts'
import { downloadFile } from './download.ts'
import { GatewayError } from './errors.ts'
import { openEventStream } from './event-stream.ts'
import { type FollowOptions, followRoom } from './follow.ts'
import type { MessageVisibility } from './generated/operations.ts'
import { type MutationVariables, type PayloadOf, sendMutation } from './mutate.ts'
import { createIdempotencyKey, type MutateOptions, type Outcome, type WriteOptions } from './outcome.ts'
import { type Abortable, type Result, sendOperation } from './request.ts'
import type { FollowDocuments, FollowedEvent, FollowItem, PagedRoom } from './room-documents.ts'
import type { RoomItem, SelectedRoom } from './room-item.ts'
import { createSession, retryNow, type SessionOptions } from './session.ts'
import { type SubscribeOptions, subscribeResuming } from './subscribe.ts'
import { RoomTimeline } from './timeline.ts'
import type { TimelineDocuments, TimelineRoom } from './timeline-documents.ts'
import type { TypedDocument, Variables } from './typed-document.ts'
import { type UploadOptions, type UploadPayload, uploadFile } from './upload.ts'

/** Options of a client. Without WebSockets, subscriptions use server-sent events. */
export type ClientOptions = Omit<SessionOptions, 'eventStream'>

/** Options of `send`. */
export interface SendOptions extends WriteOptions {
  /** `AGENTS` writes a note that the visitor never receives. */
  readonly visibility?: MessageVisibility | undefined
}

/** A gateway's client for one caller. */
export interface Client {
  /** The store of the state of its subscriptions' connection. */
  readonly connection: ConnectionStore
  /** Ends the pauses before the next attempts, such as for a button "Try now". */
  retryNow(): void
  /** Sends a query or a mutation. Rejects only with a `NetworkError`, or with the reason of the signal. */
  execute<Data, V>(document: TypedDocument<Data, V>, variables: V, options?: Abortable): Promise<Result<Data>>
  /** Sends a query or a mutation, and returns its data. Rejects with the first `GatewayError` if there is one. */
  request<Data, V>(document: TypedDocument<Data, V>, variables: V, options?: Abortable): Promise<Data>
  /** Sends a mutation whose document selects `... on UserError { code detail }`; again, if its input has an `idempotencyKey` and no response arrives. */
  mutate<Data extends object, V extends MutationVariables>(
    document: TypedDocument<Data, V>,
    variables: V,
    options?: MutateOptions,
  ): Promise<Outcome<PayloadOf<Data>>>
  /** Sends a message to a room: once, however often it has to be sent. */
  send(roomId: string, text: string, options?: SendOptions): Promise<Outcome<{ readonly message: Message }>>
  /** Sends a file to a room: once, however often it has to be sent. */
  upload(
    roomId: string,
    file: Blob & { readonly name?: string },
    options?: UploadOptions,
  ): Promise<Outcome<UploadPayload>>
  /** Reads a file of a message, by the `url` of its attachment. */
  download(url: string, options?: Abortable): Promise<Blob>
  /** Subscribes, and again after each lost connection: after the last cursor, if the document has the variable `after` and selects `cursor`. */
  subscribe<Data extends object, V extends Variables>(
    document: TypedDocument<Data, V>,
    variables: V,
    options?: SubscribeOptions,
  ): AsyncGenerator<Data, void, void>
  /** Follows a room: its page, then each event once and in order, until the signal aborts or the gateway refuses it. */
  follow(roomId: string, options?: FollowOptions): AsyncGenerator<RoomItem, void, void>
  /** Follows a room with documents of your own. */
  followWith<Room extends PagedRoom, Event extends FollowedEvent>(
    documents: FollowDocuments<Room, Event>,
    roomId: string,
    options?: FollowOptions,
  ): AsyncGenerator<FollowItem<Room, Event>, void, void>
  /** Returns the store of a room and its messages. Equal ids have the same store. */
  timeline(roomId: string): RoomTimeline<SelectedRoom>
  /** Creates the store of a room with documents of your own. */
  createTimeline<Room extends TimelineRoom>(
    documents: TimelineDocuments<Room>,
    roomId: string,
  ): RoomTimeline<Room>
}

/** Creates the client of one caller. It connects for the first subscription, and disconnects after the last one. */
export function createClient(options: ClientOptions): Client {
  const session = createSession({ ...options, eventStream: openEventStream })
  const timelines = new Map<string, RoomTimeline<SelectedRoom>>()
  const roomDocuments = { page: pageDocument, events: eventsDocument }
  return {
    connection: session.connection,
    retryNow: () => retryNow(session),
    execute: (document, variables, options) => sendOperation(session, document, variables, options),

    async request(document, variables, options) {
      const { data, errors } = await sendOperation(session, document, variables, options)
      const [error = new GatewayError({ code: 'NOT_FOUND', message: 'The response has no data.' })] = errors
      if (data === null || errors.length > 0) throw error
      return data
    },

    mutate: (document, variables, options) => sendMutation(session, document, variables, options),

    send(roomId, text, { visibility, idempotencyKey = createIdempotencyKey(), ...options } = {}) {
      const input = { roomId, text, idempotencyKey, ...(visibility && { visibility }) }
      return sendMutation(session, sendDocument, { input }, options)
    },

    upload: (roomId, file, options) => uploadFile(session, roomId, file, options),
    download: (path, options) => downloadFile(session, path, options),
    subscribe: (document, variables, options) => subscribeResuming(session, document, variables, options),
    follow: (roomId, options) => followRoom(session, roomId, roomDocuments, options),
    followWith: (documents, roomId, options) => followRoom(session, roomId, documents, options),

    timeline(roomId) {
      const known = timelines.get(roomId)
      if (known) return known
      // The client holds the stores that are used: others can be collected.
      const timeline = new RoomTimeline(session, roomDocuments, roomId, (isFollowed) => {
        if (isFollowed) timelines.set(roomId, timeline)
        else timelines.delete(roomId)
      })
      timelines.set(roomId, timeline)
      return timeline
    },

    createTimeline: (documents, roomId) => new RoomTimeline(session, documents, roomId),
  }
}
