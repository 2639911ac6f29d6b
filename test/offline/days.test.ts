import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { addDays, startOfDay, toCalendarDay } from '../../src/domain/calendar-days.ts'
import { acceptAt, listAll, openOfflineGateway, openSharedStore } from './offline-gateway.ts'

const MINUTE_MS = 60_000
const zones = [
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const
const moment = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2030-01-01T00:00:00Z'),
  noInvalidDate: true,
})

describe('a day in a time zone', () => {
  it('begins at its first instant and ends where the next day begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (zone, at) => {
        const day = toCalendarDay(zone, at)
        const [start, end] = [startOfDay(zone, day), startOfDay(zone, addDays(day, 1))]
        expect(start <= at && at < end).toBe(true)
        expect(toCalendarDay(zone, start)).toBe(day)
        expect(toCalendarDay(zone, new Date(start.getTime() - 1)) < day).toBe(true)
      }),
    )
  })

  it.each([
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', 23],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z', 25],
    ['Pacific/Auckland', '2026-04-05', '2026-04-04T11:00:00Z', 25],
    ['Pacific/Auckland', '2026-09-27', '2026-09-26T12:00:00Z', 23],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z', 23.5],
  ])('in %s, %s begins at %s and lasts %d hours', (zone, day, start, hours) => {
    expect(startOfDay(zone, day)).toEqual(new Date(start))
    const end = startOfDay(zone, addDays(day, 1))
    expect((end.getTime() - Date.parse(start)) / 60 / MINUTE_MS).toBe(hours)
  })
})

// The clocks of New York go forward on 8 March 2026, those of Auckland back on 5 April.
const midnights = [
  ['UTC', '2026-03-10T00:00:00Z', '2026-03-09', '2026-03-10'],
  ['America/New_York', '2026-03-08T05:00:00Z', '2026-03-07', '2026-03-08'],
  ['America/New_York', '2026-03-09T04:00:00Z', '2026-03-08', '2026-03-09'],
  ['Pacific/Auckland', '2026-04-04T11:00:00Z', '2026-04-04', '2026-04-05'],
  ['Pacific/Auckland', '2026-04-05T12:00:00Z', '2026-04-05', '2026-04-06'],
] as const

describe.each(midnights)('around midnight in %s, at %s', (timeZone, midnight, before, after) => {
  it('a message in LiveChat’s classic list has the day of the licence’s time zone', async () => {
    vi.setSystemTime(Date.parse(midnight) + 2 * 60 * MINUTE_MS)
    onTestFinished(() => void vi.useRealTimers())
    const offlineGateway = await openOfflineGateway({ timeZone })
    for (const [text, at] of [
      ['last', Date.parse(midnight) - 1],
      ['first', Date.parse(midnight)],
    ] as const)
      offlineGateway.liveChat.addOfflineMessage({ visitorName: 'Bob', email: 'bob@mail.test', text, at })
    const days = (await listAll(offlineGateway)).map(({ text, receivedOn }) => [text, receivedOn])
    expect(days).toEqual([
      ['first', after],
      ['last', before],
    ])
    expect(await listAll(offlineGateway, { from: after, to: after })).toMatchObject([{ text: 'first' }])
  })

  it('a message that was accepted here has it, too', async () => {
    vi.setSystemTime(Date.parse(midnight) + 2 * 60 * MINUTE_MS)
    onTestFinished(() => void vi.useRealTimers())
    const offlineGateway = await openOfflineGateway({ source: 'helpdesk', timeZone })
    const store = await openSharedStore(offlineGateway)
    await acceptAt(store, new Date(Date.parse(midnight) - 1), { text: 'last' }, 'livechat')
    await acceptAt(store, new Date(midnight), { text: 'first' }, 'livechat')
    const filter = { states: ['QUEUED' as const, 'SENT' as const] }
    const days = (await listAll(offlineGateway, filter)).map(({ text, receivedOn }) => [text, receivedOn])
    expect(days).toEqual([
      ['first', after],
      ['last', before],
    ])
    expect(await listAll(offlineGateway, { ...filter, from: before, to: before })).toMatchObject([
      { text: 'last' },
    ])
  })
})
