import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { messagesOf } from './api-client.ts'
import { startSandbox } from './start-sandbox.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')

async function openSeed() {
  const opened = await startSandbox({ seed: true, now: () => NOW })
  const { workspace, demo } = opened.sandbox
  const all = demo.visitors.flatMap(({ roomId }) => workspace.messages(roomId))
  return { ...opened, workspace, demo, all }
}

describe('the demo data', () => {
  test('has at least four visitors, each of whom can read and write in an open room', async () => {
    const { api, demo } = await openSeed()
    expect(demo.visitors.length).toBeGreaterThanOrEqual(4)
    for (const { token, roomId } of demo.visitors) {
      const history = await api.get(`livechat/messages.history/${roomId}`, { token })
      expect(messagesOf(history).length).toBeGreaterThan(0)
      expect((await api.post('livechat/message', { token, rid: roomId, msg: 'Hi' })).status).toBe(200)
    }
  })

  test('has the same ids on every run', async () => {
    const [one, two] = [await openSeed(), await openSeed()]
    expect(one.demo).toEqual(two.demo)
    expect(one.all).toEqual(two.all)
    expect(one.demo.visitors[0]?.roomId).toMatch(/^\w{17}$/)
  })

  test('has a first room with more than sixty messages over several days, all in the past', async () => {
    const { workspace, demo } = await openSeed()
    const times = workspace.messages(demo.visitors[0]?.roomId ?? '').map(({ ts }) => ts.getTime())
    expect(times.length).toBeGreaterThan(60)
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(36 * 3_600_000)
    expect(Math.max(...times)).toBeLessThanOrEqual(NOW)
  })

  test('has edits, removals, system messages, files, and messages of one millisecond', async () => {
    const { all } = await openSeed()
    const types = new Set(all.map(({ t }) => t))
    for (const type of ['livechat-started', 'uj', 'livechat_transfer_history', 'command', 'rm']) {
      expect(types).toContain(type)
    }
    expect(all.some(({ t, editedAt }) => t === undefined && editedAt !== undefined)).toBe(true)
    expect(all.some(({ files, attachments }) => files?.length && attachments?.length)).toBe(true)
    const moments = all.filter(({ t }) => t === undefined).map(({ rid, ts }) => `${rid} ${ts.getTime()}`)
    expect(new Set(moments).size).toBeLessThan(moments.length)
  })

  test.each([
    ['a joined emoji', /\p{Emoji}\u200d\p{Emoji}/u],
    ['a flag', /\p{RI}\p{RI}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['markdown', /\*\*.+\*\*[\s\S]*```/],
    ['a long text', /^[\s\S]{1000,}$/],
  ])('has %s', async (_name, pattern) => {
    const { all } = await openSeed()
    expect(all.some(({ msg }) => pattern.test(msg))).toBe(true)
  })

  test('has two closed rooms that their visitors can still read', async () => {
    const { sandbox, api } = await openSeed()
    const closedRooms = sandbox.workspace.rooms().filter(({ open }) => !open)
    expect(closedRooms.map(({ closer }) => closer).sort()).toEqual(['user', 'visitor'])
    for (const { _id, v } of closedRooms) {
      const history = await api.get(`livechat/messages.history/${_id}`, { token: v.token })
      expect(messagesOf(history)[0]).toMatchObject({ t: 'livechat-close' })
    }
  })

  test('has departments and an agent to talk to', async () => {
    const { api, demo } = await openSeed()
    const { body } = await api.get('livechat/config', { token: demo.visitors[0]?.token ?? '' })
    const { config } = z
      .looseObject({ config: z.looseObject({ departments: z.array(z.unknown()), agent: z.looseObject({}) }) })
      .parse(body)
    expect(config.departments).toHaveLength(3)
    expect(config).toMatchObject({ online: true, agent: { name: 'Ingrid Solberg' } })
  })
})
