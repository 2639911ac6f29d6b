import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import type { CallContext, ChatAdapter } from '../../src/domain/adapter.ts'
import { anonymousCaller } from '../../src/domain/caller.ts'
import { ChatError } from '../../src/domain/errors.ts'
import type { Message, Room } from '../../src/domain/model.ts'
import { EVERY_ROOM } from '../../src/domain/room-query.ts'
import { conformanceChecks } from './index.ts'
import { memorySubject } from './memory-provider/subject.ts'
import { liveChatCustomer, rocketChatOperator } from './subjects.ts'
import { newVisitor } from './visitors.ts'

/** A mistake of an adapter, with the check that must find it. */
interface Mistake {
  readonly breaks: string
  readonly check: string
  readonly how: (right: ChatAdapter) => Partial<ChatAdapter>
}

/** Changes every room that is read by its id. */
function changeRooms({ getRooms }: ChatAdapter, changes: Partial<Room>): Partial<ChatAdapter> {
  return {
    getRooms: async (ids, call) =>
      (await getRooms(ids, call)).map((room) => (room && 'type' in room ? { ...room, ...changes } : room)),
  }
}

/** Changes the recent messages of every room. */
function changeRecentMessages(
  { readRecentMessages }: ChatAdapter,
  change: (messages: readonly Message[]) => readonly Message[],
): Partial<ChatAdapter> {
  return {
    readRecentMessages: async (roomId, from, call) => {
      const recent = await readRecentMessages(roomId, from, call)
      return { ...recent, messages: change(recent.messages) }
    },
  }
}

/** Reads one room; null if it is absent. */
async function readRoom(adapter: ChatAdapter, roomId: string, call: CallContext): Promise<Room | null> {
  const [room] = await adapter.getRooms([roomId], call)
  return room && 'type' in room ? room : null
}

/** Mistakes that the provider in memory can make. */
const mistakes: readonly Mistake[] = [
  {
    breaks: 'rooms in another order',
    check: 'R01',
    how: (right) => ({ getRooms: async (ids, call) => [...(await right.getRooms(ids, call))].reverse() }),
  },
  {
    breaks: 'a closed room that is shown as open',
    check: 'R04',
    how: (right) => changeRooms(right, { status: 'OPEN' }),
  },
  {
    breaks: 'a room list that ignores its resume token',
    check: 'R06',
    how: (right) => ({ listRooms: (query, _resume, call) => right.listRooms(query, null, call) }),
  },
  {
    breaks: 'a file of another name',
    check: 'F01',
    how: (right) => ({
      sendFile: (draft, call) => right.sendFile({ ...draft, name: `my ${draft.name}` }, call),
    }),
  },
  {
    breaks: 'a file that is read before the room is known',
    check: 'F02',
    how: (right) => ({
      sendFile: async (draft, call) => {
        const content = await buffer(draft.body)
        return right.sendFile({ ...draft, body: Readable.from([content]) }, call)
      },
    }),
  },
  {
    breaks: 'the beginning of a file that was cut',
    check: 'F03',
    how: (right) => ({
      async sendFile(draft, call) {
        let failure: unknown = null
        const body = (async function* () {
          try {
            yield* draft.body
          } catch (error) {
            failure = error
          }
        })()
        const sent = await right.sendFile({ ...draft, body }, call)
        if (failure !== null) throw failure
        return sent
      },
    }),
  },
  {
    breaks: 'a link to another host that is opened',
    check: 'F04',
    how: () => ({
      openFile: async () => ({
        status: 200,
        contentType: null,
        contentLength: null,
        contentRange: null,
        etag: null,
        lastModified: null,
        acceptsRanges: false,
        body: Readable.from(['x']),
      }),
    }),
  },
  {
    breaks: 'a caller that is never verified',
    check: 'R07',
    how: () => ({ isVerified: () => false }),
  },
  {
    breaks: 'an empty page of an absent room',
    check: 'R08',
    how: (right) => ({
      listMessages: (roomId, window, call) =>
        right
          .listMessages(roomId, window, call)
          .catch(() => ({ messages: [], hasEarlier: false, hasLater: false })),
    }),
  },
  {
    breaks: 'a place in the queue of a room that is not queued',
    check: 'R09',
    how: (right) => changeRooms(right, { queue: { position: 1, estimatedWaitMs: null, since: null } }),
  },
  {
    breaks: 'a list that leaves out closed rooms',
    check: 'R10',
    how: (right) => ({
      async *listRooms(query, resume, call) {
        for await (const item of right.listRooms(query, resume, call)) {
          if (query.closedFrom === null || item.room.status !== 'CLOSED') yield item
        }
      },
    }),
  },
  {
    breaks: 'a count that ignores the filter',
    check: 'R10',
    how: (right) => ({ countRooms: (_query, call) => right.countRooms(EVERY_ROOM, call) }),
  },
  {
    breaks: 'messages newest first',
    check: 'P01',
    how: (right) => ({
      listMessages: async (roomId, window, call) => {
        const page = await right.listMessages(roomId, window, call)
        return { ...page, messages: [...page.messages].reverse() }
      },
    }),
  },
  {
    breaks: 'pages that overlap',
    check: 'P02',
    how: (right) => ({
      listMessages: (roomId, window, call) =>
        right.listMessages(roomId, { ...window, limit: window.limit + 1 }, call),
    }),
  },
  {
    breaks: 'a bound that is ignored',
    check: 'P03',
    how: (right) => ({
      listMessages: (roomId, window, call) => right.listMessages(roomId, { ...window, until: null }, call),
    }),
  },
  {
    breaks: 'recent messages with a gap',
    check: 'P05',
    how: (right) =>
      changeRecentMessages(right, (messages) => messages.filter((_message, index) => index !== 4)),
  },
  {
    breaks: 'messages without authors',
    check: 'P06',
    how: (right) =>
      changeRecentMessages(right, (messages) => messages.map((message) => ({ ...message, author: null }))),
  },
  {
    breaks: 'a form of a text message',
    check: 'P07',
    how: (right) =>
      changeRecentMessages(right, (messages) => messages.map((message) => ({ ...message, form: [] }))),
  },
  {
    breaks: 'an event of a text message',
    check: 'P07',
    how: (right) =>
      changeRecentMessages(right, (messages) =>
        messages.map((message) => ({ ...message, systemEvent: 'OTHER' })),
      ),
  },
  {
    breaks: 'a key that is ignored',
    check: 'W02',
    how: (right) => ({
      sendMessage: (draft, call) => right.sendMessage({ ...draft, idempotencyKey: null }, call),
    }),
  },
  {
    breaks: 'an error that is no ChatError',
    check: 'W05',
    how: () => ({
      sendMessage: async () => {
        throw new Error('404')
      },
    }),
  },
  {
    breaks: 'an error without a name',
    check: 'W05',
    how: () => ({
      sendMessage: async () => {
        throw new ChatError('NOT_FOUND', 'No such room.')
      },
    }),
  },
  {
    breaks: 'tags that are added instead of replaced',
    check: 'T01',
    how: (right) => ({
      setRoomTags: async (roomId, tags, call) => {
        const old = (await readRoom(right, roomId, call))?.tags ?? []
        await right.setRoomTags(roomId, [...new Set([...old, ...tags])], call)
      },
    }),
  },
  {
    breaks: 'a closing that forgets its tags',
    check: 'T02',
    how: (right) => ({
      closeRoom: (roomId, closing, call) => right.closeRoom(roomId, { ...closing, tags: [] }, call),
    }),
  },
  {
    breaks: 'a rating that keeps the comment of the one before',
    check: 'T03',
    how: (right) => ({
      rateRoom: async (roomId, { score, comment }, call) => {
        const old = (await readRoom(right, roomId, call))?.rating?.comment ?? null
        await right.rateRoom(roomId, { score, comment: comment ?? old }, call)
      },
    }),
  },
  {
    breaks: 'a transcript that is always refused',
    check: 'T04',
    how: () => ({
      requestTranscript: async () => {
        throw new ChatError('ROOM_CLOSED', 'The room is closed.')
      },
    }),
  },
  {
    breaks: 'a note that everyone receives',
    check: 'T05',
    how: (right) => ({
      sendMessage: (draft, call) => right.sendMessage({ ...draft, visibility: 'EVERYONE' }, call),
    }),
  },
  {
    breaks: 'a key of a note that also sends to everyone',
    check: 'T06',
    how: (right) => ({
      sendMessage: (draft, call) =>
        right.sendMessage({ ...draft, idempotencyKey: `${draft.idempotencyKey} ${draft.visibility}` }, call),
    }),
  },
  { breaks: 'tags of an absent room', check: 'T07', how: () => ({ setRoomTags: async () => {} }) },
  { breaks: 'a rating of an absent room', check: 'T08', how: () => ({ rateRoom: async () => {} }) },
  {
    breaks: 'a transcript of an absent room',
    check: 'T09',
    how: () => ({ requestTranscript: async () => {} }),
  },
  { breaks: 'a deletion that does nothing', check: 'W08', how: () => ({ deleteMessage: async () => null }) },
  {
    breaks: 'an agent that is listed twice',
    check: 'G01',
    how: (right) => ({
      listAgents: async (call) => (await right.listAgents(call)).flatMap((agent) => [agent, agent]),
    }),
  },
  {
    breaks: 'an own agent that is not the author of messages',
    check: 'G02',
    how: () => ({ findOwnAgentId: async () => 'somebody else' }),
  },
  {
    breaks: 'rooms that no agent serves',
    check: 'G03',
    how: () => ({ countActiveRooms: async () => new Map() }),
  },
  { breaks: 'a status that is not set', check: 'G04', how: () => ({ setAgentStatus: async () => {} }) },
  { breaks: 'an absent agent with a status', check: 'G05', how: () => ({ setAgentStatus: async () => {} }) },
  {
    breaks: 'rooms of an operator’s own',
    check: 'V01',
    how: () => ({ listVisitorRooms: async () => [{ roomId: 'any', room: null }] }),
  },
  {
    breaks: 'closed rooms that are not counted',
    check: 'G07',
    how: (right) => ({
      readStatistics: async (range, call) =>
        (await right.readStatistics(range, call)).map((each) => ({ ...each, closed: 0 })),
    }),
  },
  {
    breaks: 'availability of other departments',
    check: 'G06',
    how: () => ({ getDepartmentsOnline: async () => [true, false] }),
  },
  {
    breaks: 'an offline list that ignores its resume token',
    check: 'O02',
    how: (right) => ({
      listOfflineMessages: (query, _resume, call) => right.listOfflineMessages(query, null, call),
    }),
  },
]

/** Mistakes with visitors, of whom the provider in memory has none. */
const visitorMistakes: readonly Mistake[] = [
  {
    breaks: 'a visitor without rooms',
    check: 'V01',
    how: () => ({ listVisitorRooms: async () => [] }),
  },
  {
    breaks: 'a new visitor each time',
    check: 'V02',
    how: (right) => ({
      startRoom: (draft, call) => right.startRoom(draft, { ...call, caller: anonymousCaller }),
    }),
  },
  {
    breaks: 'an unknown token that is ignored',
    check: 'V03',
    how: (right) => ({
      startRoom: (draft, call) => right.startRoom(draft, { ...call, caller: anonymousCaller }),
    }),
  },
  {
    breaks: 'a new token of somebody else',
    check: 'V04',
    how: (right) => ({
      renewVisitor: async (_visitorId, call) =>
        (await right.startRoom(newVisitor, { ...call, caller: anonymousCaller })).visitorToken,
    }),
  },
]

/** Mistakes in work on rooms, which the provider in memory does not have. */
const roomWorkMistakes: readonly Mistake[] = [
  { breaks: 'a take that does nothing', check: 'S01', how: () => ({ takeRoom: async () => null }) },
  {
    breaks: 'a take that takes over',
    check: 'S02',
    how: (right) => ({
      takeRoom: async (roomId, call) => {
        const own = (await right.findOwnAgentId(call)) ?? ''
        return right.assignRoom(roomId, own, 'mine', call)
      },
    }),
  },
  {
    breaks: 'an assignment to oneself',
    check: 'S03',
    how: (right) => ({
      assignRoom: async (roomId, _agentId, comment, call) =>
        right.assignRoom(roomId, (await right.findOwnAgentId(call)) ?? '', comment, call),
    }),
  },
  { breaks: 'a transfer that does nothing', check: 'S04', how: () => ({ transferRoom: async () => null }) },
  { breaks: 'a room that keeps its agent', check: 'S05', how: () => ({ requeueRoom: async () => null }) },
  {
    breaks: 'a closed room that is absent',
    check: 'S06',
    how: () => ({
      takeRoom: async () => {
        throw new ChatError('NOT_FOUND', 'No such room.', { provider: 'rocketchat' })
      },
    }),
  },
]

it.each([
  ...mistakes.map((mistake) => ({ ...mistake, open: memorySubject })),
  ...visitorMistakes.map((mistake) => ({ ...mistake, open: liveChatCustomer })),
  ...roomWorkMistakes.map((mistake) => ({ ...mistake, open: rocketChatOperator })),
])('the list finds $breaks ($check)', async ({ check: id, how, open }) => {
  const check = conformanceChecks.find((candidate) => candidate.id === id)
  const run = async (change: Mistake['how']) => {
    const { subject, close } = await open()
    onTestFinished(close)
    await check?.run({ ...subject, adapter: { ...subject.adapter, ...change(subject.adapter) } })
  }
  await expect(run(how)).rejects.toThrow()
  await expect(run(() => ({}))).resolves.toBeUndefined()
})
