import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { getClassic, listOffline } from './classic-client.ts'

const NOON = Date.parse('2026-03-10T12:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR

let sandbox: LiveChatSandbox
const start = async (options: Parameters<typeof startLiveChatSandbox>[0] = {}) => {
  sandbox = await startLiveChatSandbox({ seed: false, now: () => NOON, ...options })
}
beforeEach(() => start())
afterEach(() => sandbox.close())

const leave = (visitorName: string, more: { at?: number; skill?: number; text?: string } = {}) =>
  sandbox.addOfflineMessage({ visitorName, email: `${visitorName}@mail.test`, text: 'Hello', ...more })
const names = async (query?: string) =>
  (await listOffline(sandbox, query)).offline_messages.map((item) => item.visitor_name)

describe('the window of days', () => {
  it('is by default today and the six days before', async () => {
    leave('today')
    leave('six-days-ago', { at: NOON - 6 * DAY })
    leave('seven-days-ago', { at: NOON - 7 * DAY })
    expect(await names()).toEqual(['today', 'six-days-ago'])
  })

  it('includes both of its ends', async () => {
    for (const day of [1, 2, 3, 4]) leave(`day-${day}`, { at: Date.parse(`2026-03-0${day}T23:59:59Z`) })
    expect(await names('?date_from=2026-03-02&date_to=2026-03-03')).toEqual(['day-3', 'day-2'])
  })

  it('narrows to one day', async () => {
    leave('early', { at: Date.parse('2026-03-05T00:00:00Z') })
    leave('late', { at: Date.parse('2026-03-05T23:59:59.999Z') })
    leave('next', { at: Date.parse('2026-03-06T00:00:00Z') })
    expect(await names('?date_from=2026-03-05&date_to=2026-03-05')).toEqual(['late', 'early'])
  })

  it('is empty when it ends before it begins', async () => {
    leave('today')
    expect(await listOffline(sandbox, '?date_from=2026-03-10&date_to=2026-03-09')).toEqual({
      offline_messages: [],
      total: 0,
      pages: 0,
    })
  })

  it('keeps the default start when only an earlier end is given', async () => {
    leave('old', { at: NOON - 20 * DAY })
    expect(await names('?date_to=2026-02-20')).toEqual([])
  })

  it('counts days in the zone of the licence', async () => {
    await sandbox.close()
    await start({ timeZone: 'Asia/Tokyo' })
    leave('tokyo-evening', { at: Date.parse('2026-03-09T14:59:00Z') })
    leave('tokyo-morning', { at: Date.parse('2026-03-09T15:01:00Z') })
    expect(await names('?date_from=2026-03-10')).toEqual(['tokyo-morning'])
  })
})

describe('filters', () => {
  beforeEach(() => {
    leave('ada', { skill: 0, text: 'Where is my Parcel?' })
    leave('bob', { skill: 2, text: 'The parcel came broken' })
    leave('cleo', { skill: 2, text: 'Rechnung über ÄPFEL' })
  })

  it.each([
    ['?skill=2', ['cleo', 'bob']],
    ['?skill=0', ['ada']],
    ['?skill=99', []],
    ['?query=parcel', ['bob', 'ada']],
    ['?query=my%20parcel', ['ada']],
    ['?query=%C3%A4pfel', ['cleo']],
    ['?query=bob%40mail.test', ['bob']],
    ['?query=parcel&skill=2', ['bob']],
    ['?query=', ['cleo', 'bob', 'ada']],
  ])('%s finds %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })
})

describe('pages', () => {
  it('hold 25 messages, count from one, and end in a short and then empty pages', async () => {
    for (let n = 1; n <= 52; n += 1) leave(`v${n}`, { at: NOON - HOUR + n })
    const pages = await Promise.all([1, 2, 3, 4, 999].map((page) => listOffline(sandbox, `?page=${page}`)))
    expect(
      pages.map(({ offline_messages, total, pages }) => [offline_messages.length, total, pages]),
    ).toEqual([25, 25, 2, 0, 0].map((length) => [length, 52, 3]))
    const all = pages.flatMap((page) => page.offline_messages.map((item) => item.visitor_name))
    expect(all).toEqual(Array.from({ length: 52 }, (_, n) => `v${52 - n}`))
  })

  it('move when a message arrives between two calls, as nothing pins them', async () => {
    for (let n = 1; n <= 26; n += 1) leave(`v${n}`, { at: NOON - HOUR + n })
    const [last] = (await listOffline(sandbox)).offline_messages.slice(-1)
    leave('new')
    expect((await listOffline(sandbox, '?page=2')).offline_messages[0]).toEqual(last)
  })

  it('run oldest first when the sandbox is told so', async () => {
    await sandbox.close()
    await start({ order: 'oldest' })
    leave('second', { at: NOON - 1 })
    leave('first', { at: NOON - 2 })
    expect(await names()).toEqual(['first', 'second'])
  })
})

describe('what is sent of a message', () => {
  it('has no time, no state and no visitor id', async () => {
    leave('ada', { skill: 3 })
    const [item] = (await listOffline(sandbox)).offline_messages
    expect(Object.keys(item ?? {})).toEqual(['id', 'visitor_name', 'skill', 'email', 'message'])
    expect(item?.id).toMatch(/^[A-Z0-9]{10}$/)
    expect(sandbox.offlineMessages[0]).toEqual({ ...item, receivedAt: NOON })
  })

  it('is the bare item when asked for by its id', async () => {
    const { receivedAt: _, ...item } = leave('ada', { at: NOON - 30 * DAY })
    expect(await (await getClassic(sandbox, `/offline_messages/${item.id}`)).json()).toEqual(item)
  })

  it('is gone once removed', async () => {
    const { id } = leave('ada')
    expect(sandbox.removeOfflineMessage(id)).toBe(true)
    expect(await names()).toEqual([])
    expect((await getClassic(sandbox, `/offline_messages/${id}`)).status).toBe(404)
    expect(sandbox.removeOfflineMessage(id)).toBe(false)
  })
})
