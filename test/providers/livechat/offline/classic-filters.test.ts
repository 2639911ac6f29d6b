import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import type { OfflineMessageFilter } from '../../../generated/graphql.ts'
import { openClassicAccount, setClock } from '../support/classic-gateway.ts'
import { dayAt, idsOf, readPages } from '../support/classic-list.ts'

beforeEach(() => setClock('2026-03-10T12:00:00Z'))

/** The matching messages, newest first. */
const idsWhere = (
  sandbox: LiveChatSandbox,
  keep: (message: LiveChatSandbox['offlineMessages'][number], day: string) => boolean,
) =>
  sandbox.offlineMessages
    .filter((message) => keep(message, dayAt(message.receivedAt, 'UTC')))
    .map(({ id }) => id)
    .reverse()

describe('the range of days', () => {
  const windows: [string, OfflineMessageFilter | null, string, string][] = [
    ['is today and the six days before by default', null, '2026-03-04', '2026-03-10'],
    ['starts on `from`, and ends today', { from: '2026-03-02' }, '2026-03-02', '2026-03-10'],
    ['ends on `to`, six days after its start', { to: '2026-03-08' }, '2026-03-02', '2026-03-08'],
    ['includes both ends', { from: '2026-03-03', to: '2026-03-05' }, '2026-03-03', '2026-03-05'],
    ['may be one day', { from: '2026-03-08', to: '2026-03-08' }, '2026-03-08', '2026-03-08'],
    ['may start in the future', { from: '2026-03-11' }, '2026-03-11', '2026-03-11'],
    ['may end in the future', { from: '2026-03-10', to: '2026-04-10' }, '2026-03-10', '2026-04-10'],
  ]

  it.each(windows)('%s', async (_what, filter, from, to) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const pages = await readPages(url, filter ? { filter } : {})
    expect(idsOf(pages)).toEqual(idsWhere(sandbox, (_message, day) => day >= from && day <= to))
  })

  it('stays the same if midnight passes between two pages', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const expected = idsWhere(sandbox, (_message, day) => day >= '2026-03-04')
    const pages = await readPages(url, { first: 20, between: () => setClock('2026-03-11T00:30:00Z') })
    expect(idsOf(pages)).toEqual(expected)
  })
})

describe('the filters', () => {
  const department = (id: string) => encodeId({ type: 'Department', provider: 'livechat', departmentId: id })

  it.each([0, 1, 2, 3])('select department %i, which LiveChat calls a skill', async (skill) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const expected = idsWhere(sandbox, (message, day) => message.skill === skill && day >= '2026-03-04')
    expect(expected.length).toBeGreaterThan(0)
    const filter = { departmentId: department(String(skill)) }
    expect(idsOf(await readPages(url, { first: 7, filter }))).toEqual(expected)
  })

  it.each(['parcel', 'Order number', 'مرحباً', 'お名前', '🙏', 'a=1&b=2', 'R&D 100% +1'])(
    'keep what contains %j',
    async (text) => {
      const { url, sandbox } = await openClassicAccount({ seed: true })
      sandbox.addOfflineMessage({ visitorName: 'Ada', email: 'a@mail.test', text: 'a=1&b=2 or R&D 100% +1?' })
      const expected = idsWhere(
        sandbox,
        ({ message }, day) => message.toLowerCase().includes(text.toLowerCase()) && day >= '2026-03-04',
      )
      expect(expected.length).toBeGreaterThan(0)
      expect(idsOf(await readPages(url, { first: 3, filter: { text } }))).toEqual(expected)
    },
  )

  it('are combined', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const expected = idsWhere(
      sandbox,
      ({ message, skill }, day) => skill === 2 && day >= '2026-03-08' && message.includes('NF-'),
    )
    expect(expected.length).toBeGreaterThan(1)
    const filter = { providers: ['livechat'], from: '2026-03-08', departmentId: department('2'), text: 'NF-' }
    expect(idsOf(await readPages(url, { first: 1, filter }))).toEqual(expected)
  })

  it('by another provider’s department select nothing, and send no request', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const departmentId = encodeId({ type: 'Department', provider: 'elsewhere', departmentId: '2' })
    expect(idsOf(await readPages(url, { filter: { departmentId } }))).toEqual([])
    expect(sandbox.counts()).toEqual({})
  })
})
