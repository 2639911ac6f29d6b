import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import type { FileDraft } from '../../src/domain/files.ts'
import type { Attachment } from '../../src/domain/model.ts'
import { assertFailsWith, type ConformanceCheck, callAs, newestMessages, type Subject } from './check.ts'

const CONTENT = Buffer.from('0123456789')
const WHOLE = { range: null, ifRange: null }

/** Files that are sent and read. */
export const fileChecks: readonly ConformanceCheck[] = [
  {
    id: 'F01',
    name: 'MUST return the message with the file as every reader receives it, and open the same bytes',
    requiredCapabilities: ['SEND_FILE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const { message, textError } = await adapter.sendFile(draftOf(await subject.openRoom()), callAs(caller))
      assert.equal(textError, null)
      const [read] = await adapter.getMessages([message.ref], callAs(caller))
      assert.ok(read && 'type' in read)
      assert.equal(read.kind, 'FILE')
      assert.deepEqual(read.attachments, message.attachments)
      const [attachment] = read.attachments
      assert.ok(attachment)
      const { name, contentType, ref, index, externalUrl } = attachment
      assert.deepEqual(
        { name, contentType, ref, index, externalUrl },
        { name: 'leak.png', contentType: 'image/png', ref: message.ref, index: 0, externalUrl: null },
      )
      const { status, body } = await adapter.openFile(attachment, WHOLE, callAs(caller))
      assert.equal(status, 200)
      assert.deepEqual(await buffer(body), CONTENT)
    },
  },
  {
    id: 'F02',
    name: 'MUST refuse a file to an absent room before it reads the file',
    requiredCapabilities: ['SEND_FILE'],
    async run({ adapter, caller }) {
      let isRead = false
      const body = (async function* () {
        isRead = true
        yield CONTENT
      })()
      const draft = { ...draftOf('noSuchRoomAnywhere'), body }
      await assertFailsWith(adapter.sendFile(draft, callAs(caller)), ['NOT_FOUND'], adapter.name)
      assert.equal(isRead, false)
    },
  },
  {
    id: 'F03',
    name: 'MUST send nothing of a file whose content fails',
    requiredCapabilities: ['SEND_FILE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const failure = new Error('the client is gone')
      const body = (async function* () {
        yield CONTENT.subarray(0, 3)
        throw failure
      })()
      await assert.rejects(adapter.sendFile({ ...draftOf(roomId), body }, callAs(caller)))
      assert.equal(await countFiles(subject, roomId), 0)
    },
  },
  {
    id: 'F04',
    name: 'MUST open nothing but files of the provider',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const link: Attachment = {
        provider: adapter.name,
        ref: { roomId, threadId: null, messageId: 'any' },
        index: 0,
        providerUrl: null,
        externalUrl: 'https://example.org/picture.png',
        name: null,
        contentType: null,
        size: null,
      }
      await assertFailsWith(adapter.openFile(link, WHOLE, callAs(caller)), ['NOT_FOUND'], adapter.name)
    },
  },
]

function draftOf(roomId: string): FileDraft {
  return {
    roomId,
    name: 'leak.png',
    contentType: 'image/png',
    size: CONTENT.length,
    body: (async function* () {
      yield CONTENT
    })(),
    text: null,
    idempotencyKey: null,
  }
}

async function countFiles({ adapter, caller }: Subject, roomId: string): Promise<number> {
  const { messages } = await adapter.listMessages(roomId, newestMessages(100), callAs(caller))
  return messages.filter(({ kind }) => kind === 'FILE').length
}
