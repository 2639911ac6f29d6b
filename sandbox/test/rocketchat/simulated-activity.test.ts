import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { Message, WorkspaceControl } from '../../rocketchat/index.ts'
import { connectDdp } from './ddp/ddp-client.ts'
import { startSandbox } from './start-sandbox.ts'

/** The next message that fits. */
async function nextMessage(
  { events }: WorkspaceControl,
  fits: (message: Message) => boolean,
): Promise<Message> {
  return new Promise((resolve) => {
    const look = (message: Message): void => {
      if (!fits(message)) return
      events.off('message', look)
      resolve(message)
    }
    events.on('message', look)
  })
}

describe('a lively sandbox', () => {
  test('talks on both sides, edits and deletes', async () => {
    const { sandbox } = await startSandbox({ seed: true, lively: { everyMs: 1 } })
    const { workspace } = sandbox
    const [visitors, agents] = await Promise.all([
      nextMessage(workspace, ({ token, t }) => token !== undefined && t === undefined),
      nextMessage(workspace, ({ token, t }) => token === undefined && t === undefined),
      once(workspace.events, 'edited'),
      once(workspace.events, 'deleted'),
    ])
    expect(workspace.room(visitors.rid).open).toBe(true)
    expect(workspace.room(agents.rid).open).toBe(true)
  })

  test('shows who types before each message', async () => {
    const lively = { everyMs: 5, previewAfterMs: 3_600_000 }
    const { sandbox } = await startSandbox({ seed: true, lively })
    const ddp = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    // Messages first: else a message could come between, and its signals would count as those of the next one.
    await ddp.subscribe('stream-room-messages', '__my_messages__')
    for (const { roomId } of sandbox.demo.visitors) {
      await ddp.subscribe('stream-notify-room', `${roomId}/user-activity`)
    }
    const signals = new Map<string, (readonly unknown[])[]>()
    const authors: string[] = []
    while (authors.length < 6) {
      const { event, args } = await ddp.event()
      const [rid = '', isActivity] = event.split('/')
      if (isActivity) {
        signals.set(rid, [...(signals.get(rid) ?? []), args.slice(0, 2)])
        continue
      }
      const message = Object(args[0])
      const before = signals.get(message.rid)?.splice(0) ?? []
      // What was under way when the subscriptions began may lack its beginning.
      if (message.t !== undefined || message.editedAt !== undefined || before.length < 2) continue
      expect(before).toEqual([
        [message.u.username, ['user-typing']],
        [message.u.username, []],
      ])
      authors.push(message.token === undefined ? 'agent' : 'visitor')
    }
    expect(authors).toEqual(expect.arrayContaining(['agent', 'visitor']))
  })

  test('answers what a visitor sends through the API', async () => {
    const { sandbox, api } = await startSandbox({
      seed: true,
      lively: { everyMs: 3_600_000, answerAfterMs: 1 },
    })
    const [visitor] = sandbox.demo.visitors
    const access = { token: visitor?.token, rid: visitor?.roomId }
    const answer = nextMessage(sandbox.workspace, ({ token }) => token === undefined)
    await api.post('livechat/message', { ...access, msg: 'Anybody here?' })
    expect(await answer).toMatchObject({ rid: access.rid, u: { name: 'Ingrid Solberg' } })
  })

  test('writes the preview of a link a moment after its message', async () => {
    const { sandbox, api } = await startSandbox({
      seed: true,
      lively: { everyMs: 3_600_000, previewAfterMs: 1 },
    })
    const [visitor] = sandbox.demo.visitors
    const written = once(sandbox.workspace.events, 'touched')
    const body = { token: visitor?.token, rid: visitor?.roomId, msg: 'https://shop.example/x', _id: 'link' }
    await api.post('livechat/message', body)
    await written
    const message = sandbox.workspace.message('link')
    expect(message).toMatchObject({ urls: [{ meta: { pageTitle: 'shop.example' } }] })
    expect(message).not.toHaveProperty('editedAt')
  })

  test('falls silent when it is closed', async () => {
    const { sandbox } = await startSandbox({ seed: true, lively: { everyMs: 1 } })
    await once(sandbox.workspace.events, 'message')
    await sandbox.close()
    expect(sandbox.workspace.events.listenerCount('message')).toBe(0)
  })
})
