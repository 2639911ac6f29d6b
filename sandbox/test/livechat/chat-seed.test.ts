import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { type ArchiveList, callAgent } from './v3-client.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')
let sandbox: LiveChatSandbox
beforeAll(async () => {
  sandbox = await startLiveChatSandbox({ now: () => NOW })
})
afterAll(() => sandbox.close())

const threads = () => sandbox.chats.all.flatMap((chat) => chat.threads)
const events = () => threads().flatMap((thread) => thread.events)

describe('the seeded conversations', () => {
  it('are more than twelve chats, active ones and archived ones', () => {
    expect(sandbox.chats.all.length).toBeGreaterThan(12)
    const active = sandbox.chats.all.filter((chat) => chat.threads.at(-1)?.active)
    expect(active.length).toBeGreaterThan(4)
    expect(active.length).toBeLessThan(sandbox.chats.all.length - 4)
    expect(sandbox.chats.all.filter((chat) => chat.threads.length > 1).length).toBeGreaterThan(3)
  })

  it('have a chat of five threads and more than 120 events', () => {
    const long = sandbox.chats.all.find((chat) => chat.threads.length === 5)
    expect(long?.threads.flatMap((thread) => thread.events).length).toBeGreaterThan(120)
  })

  it('keep to the rules: one active thread at most, the last; ids that count up; times that rise, in the past', () => {
    for (const chat of sandbox.chats.all) {
      expect(chat.threads.slice(0, -1).some(({ active }) => active)).toBe(false)
      const times = chat.threads.flatMap((thread) => thread.events.map(({ createdAt }) => createdAt))
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(new Set(times).size).toBe(times.length)
      expect(times.at(-1)).toBeLessThan(NOW * 1000)
      for (const thread of chat.threads) {
        const numbers = thread.events.map(({ id }) => Number(id.replace(`${thread.id}_`, '')))
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      }
    }
  })

  it.each(['message', 'file', 'rich_message', 'filled_form', 'system_message', 'custom', 'system'])(
    'have an event of type %s',
    (type) => {
      expect(events().filter((event) => event.type === type)).not.toEqual([])
    },
  )

  it('have notes, a deleted event, tags, a queue, a rating, a withheld thread', () => {
    expect(events().some(({ visibility }) => visibility === 'agents')).toBe(true)
    expect(events().some(({ deleted }) => deleted)).toBe(true)
    expect(threads().some(({ tags }) => tags.includes('vip'))).toBe(true)
    expect(threads().some(({ queue }) => queue)).toBe(true)
    expect(threads().some(({ properties }) => properties['rating'])).toBe(true)
    expect(threads().some(({ restrictedAccess }) => restrictedAccess)).toBe(true)
  })

  it.each([
    ['emoji joined of several', /👩‍👩‍👧|🙇‍♀️/],
    ['Arabic', /مرحباً/],
    ['Hebrew', /שלום/],
    ['Japanese', /注文番号/],
    ['Markdown', /\*\*Welcome\*\*/],
  ])('hold %s', (_what, pattern) => {
    const said = [
      ...events().map(({ fields }) => JSON.stringify(fields)),
      ...sandbox.chats.customers.map(({ name }) => name),
    ]
    expect(said.filter((text) => pattern.test(text ?? ''))).not.toEqual([])
  })

  it('hold a system message for closing, joining by transfer, and rating, none with an author', () => {
    const messages = events().filter(({ type }) => type === 'system_message')
    const types = new Set(messages.map(({ fields }) => fields['system_message_type']))
    for (const type of [
      'manual_archived_agent',
      'manual_archived_customer',
      'routing.archived_inactive',
      'chat_transferred',
      'rating.chat_rated',
    ]) {
      expect(types).toContain(type)
    }
    expect(messages.some(({ authorId }) => authorId)).toBe(false)
  })

  it('hold offline messages, which the archives find by property', async () => {
    const filters = { properties: { routing: { offline_message: { values: [true] } } } }
    const { body } = await callAgent<ArchiveList>(sandbox, 'list_archives', { filters })
    expect(body.found_chats).toBeGreaterThan(2)
  })

  it('withhold the events of a thread beyond the plan', async () => {
    const thread = threads().find(({ restrictedAccess }) => restrictedAccess)
    const { body } = await callAgent<ArchiveList>(sandbox, 'list_archives', {
      filters: { thread_ids: [thread?.id] },
    })
    expect(body.chats[0]?.thread).toMatchObject({ restricted_access: expect.stringContaining('60 days') })
    expect(body.chats[0]?.thread).not.toHaveProperty('events')
  })

  it('have customers without name and address', () => {
    expect(sandbox.chats.customers.some(({ name, email }) => !name && !email)).toBe(true)
  })
})

describe('the seeded tickets', () => {
  it('are more than three pages, some binned or taken for spam, some of known customers', () => {
    expect(sandbox.tickets.length).toBeGreaterThan(60)
    expect(new Set(sandbox.tickets.map(({ silo }) => silo))).toEqual(new Set(['tickets', 'spam', 'trash']))
    expect(sandbox.chats.customers.some(({ tickets }) => tickets.length > 0)).toBe(true)
  })
})

it('everything is the same in every sandbox', async () => {
  const other = await startLiveChatSandbox({ now: () => NOW })
  // Each sandbox serves its files at its own address.
  const chatsOf = ({ chats, url }: LiveChatSandbox) =>
    JSON.parse(JSON.stringify(chats.all).replaceAll(url, ''))
  expect(chatsOf(other)).toEqual(chatsOf(sandbox))
  expect(other.tickets).toEqual(sandbox.tickets)
  await other.close()
})

it('without seed there are agents, groups and tags, and nobody to talk to', async () => {
  const empty = await startLiveChatSandbox({ seed: false })
  expect(empty.chats.agents.length).toBeGreaterThan(2)
  expect(empty.chats.groups.map(({ id }) => id)).toEqual([0, 1, 2, 3])
  expect([empty.chats.all, empty.chats.customers, empty.tickets]).toEqual([[], [], []])
  await empty.close()
})
