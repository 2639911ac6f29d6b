import { describe, expect, it } from 'vitest'
import { parseAnswer, post } from '../../support/http.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { openGatewayFor, type ScriptedRequest, startScriptedProvider } from '../support/scripted-provider.ts'

const MOST_PAGES = 300
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) - second * 1000).toISOString()

/** Rows with these numbers. */
const numbers = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index)

const chat = (number: number, open = true) => ({
  id: `chat-${number}`,
  users: [],
  last_thread_summary: { id: `thread-${number}`, created_at: at(number), active: open },
  last_event_per_type: {},
})
const thread = (number: number) => ({
  id: `thread-${number}`,
  created_at: at(number),
  user_ids: [],
  events: [{ id: `event-${number}`, type: 'system_message', created_at: at(number), text: 'Hello.' }],
})
const message = (number: number) => ({ _id: `message-${number}`, rid: 'r', msg: 'Hi.', ts: at(number) })
const room = (number: number) => ({
  _id: `room-${number}`,
  t: 'l',
  open: true,
  lm: at(number),
  ts: at(number),
})
const ticket = (number: number) => ({
  ID: `ticket-${number}`,
  createdAt: new Date().toISOString(),
  events: [],
})
const offline = (number: number) => ({ id: `offline-${number}`, message: 'Hello.' })

const rooms = '{ rooms(first: 100, filter: { providers: ["livechat"] }) { nodes { nativeId } } }'
const roomsAtRocketChat = rooms.replace('livechat', 'rocketchat')
const messages = (provider: string) =>
  `{ roomByNativeId(provider: "${provider}", nativeId: "r") { messages(first: 100) { nodes { nativeId } } } }`
const offlineMessages =
  '{ offlineMessages(first: 100, filter: { providers: ["livechat"] }) { nodes { nativeId } } }'
const departments = '{ providers { name departments { nativeId } } }'

const next = (pageId: string) => ({ next_page_id: pageId })

/** What a list does, the path of its requests, and the most requests that it may cost. */
const cases: readonly {
  readonly what: string
  readonly query: string
  readonly path: string
  readonly answer: (call: ScriptedRequest) => unknown
  readonly most: number
  readonly ends?: true
  readonly classic?: true
}[] = [
  {
    what: 'LiveChat chats whose page id comes again',
    query: rooms,
    path: '/list_chats',
    answer: ({ previousCalls }) => ({
      chats_summary: numbers(previousCalls * 2, 2).map((n) => chat(n)),
      ...next('again'),
    }),
    most: 4,
  },
  {
    what: 'LiveChat chats of which each page is the same under another id',
    query: rooms,
    path: '/list_chats',
    answer: ({ previousCalls }) => ({ chats_summary: [chat(1), chat(2)], ...next(`page-${previousCalls}`) }),
    most: 8,
  },
  {
    what: 'LiveChat chats without end',
    query: rooms,
    path: '/list_chats',
    answer: ({ previousCalls }) => ({
      chats_summary: [chat(previousCalls)],
      ...next(`page-${previousCalls}`),
    }),
    most: 2 * MOST_PAGES,
  },
  {
    what: 'LiveChat chats with empty pages without end',
    query: rooms,
    path: '/list_chats',
    answer: ({ previousCalls }) => ({ chats_summary: [], ...next(`page-${previousCalls}`) }),
    most: 8,
  },
  {
    what: 'LiveChat threads of which each page is the same under another id',
    query: messages('livechat'),
    path: '/list_threads',
    answer: ({ previousCalls }) => ({ threads: [thread(1)], ...next(`page-${previousCalls}`) }),
    most: 4,
  },
  {
    what: 'LiveChat threads without end',
    query: messages('livechat'),
    path: '/list_threads',
    answer: ({ previousCalls }) => ({ threads: [thread(previousCalls)], ...next(`page-${previousCalls}`) }),
    most: MOST_PAGES,
  },
  {
    what: 'HelpDesk tickets that ignore the cursor',
    query: offlineMessages.replace('filter: {', 'filter: { text: "nowhere"'),
    path: '/tickets',
    answer: () => numbers(0, 100).map(ticket),
    most: 4,
  },
  {
    what: 'classic offline messages whose pages are all the same',
    query: offlineMessages,
    path: '/offline_messages',
    answer: () => ({ offline_messages: numbers(0, 25).map(offline), total: 1_000_000, pages: 40_000 }),
    most: 40,
    classic: true,
  },
  {
    what: 'classic offline messages that are counted but missing',
    query: offlineMessages.replace('filter: {', 'filter: { from: "1000-01-01"'),
    path: '/offline_messages',
    answer: () => ({ offline_messages: [], total: 7, pages: 1 }),
    most: MOST_PAGES,
    classic: true,
  },
  {
    what: 'Rocket.Chat rooms that ignore the offset',
    query: roomsAtRocketChat,
    path: '/livechat/rooms',
    answer: () => ({ success: true, rooms: numbers(0, 50).map(room), total: 1_000_000 }),
    most: 8,
  },
  {
    what: 'Rocket.Chat messages that ignore the end',
    query: messages('rocketchat'),
    path: '/messages.history/r',
    answer: ({ query }) => ({ success: true, messages: numbers(0, Number(query.get('limit'))).map(message) }),
    most: 6,
  },
  {
    what: 'Rocket.Chat messages of one millisecond without end',
    query: messages('rocketchat'),
    path: '/messages.history/r',
    answer: ({ query }) => ({
      success: true,
      messages: numbers(0, Number(query.get('limit'))).map((n) => ({ ...message(n), ts: at(0) })),
    }),
    most: 12,
  },
  {
    what: 'Rocket.Chat departments that ignore the offset',
    query: departments,
    path: '/livechat/department',
    answer: () => ({ success: true, departments: [{ _id: 'sales', name: 'Sales' }], total: 1_000_000 }),
    most: 2,
    ends: true,
  },
]

describe('a list without end', () => {
  it.each(cases)(
    'is abandoned: $what',
    async ({ query, path, answer, most, ends = false, classic = false }) => {
      const double = await startScriptedProvider()
      double.respond('/rooms.info', () => ({
        body: { room: { ...room(0), _id: 'r', v: { _id: 'v', token: 't' } } },
      }))
      double.respond('/get_chat', () => ({
        body: { id: 'r', users: [], thread: { ...thread(0), active: true } },
      }))
      double.respond(path, (call) => ({ body: answer(call) }))
      const login = { login: 'login', apiKey: 'key' }
      const url = await openGatewayFor(double, {
        liveChat: classic ? { offlineSource: 'rest_v1', classic: login } : {},
      })
      const { data, errors = [] } = parseAnswer(await post(url, { query }, asOperator))
      expect(double.paths.filter((called) => called.endsWith(path)).length).toBeLessThanOrEqual(most)
      if (ends) {
        expect(JSON.stringify(data)).toContain('{"nativeId":"sales"}')
        return
      }
      // The part that was read is returned, together with the error.
      expect(errors).toContainEqual(
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'PROVIDER_ERROR' }) }),
      )
    },
  )
})
