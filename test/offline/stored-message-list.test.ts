import { expect, it } from 'vitest'
import { type StoredListQuery, StoredMessageList } from '../../src/offline/stored-message-list.ts'
import { createLogSink } from '../support/log.ts'
import { copyAtProvider, storedMessage } from './stored-messages.ts'

const query: StoredListQuery = {
  providers: [{ name: 'livechat', timeZone: 'UTC' }],
  from: null,
  to: null,
  department: null,
  text: null,
  states: null,
}

/** The list of a store that fails while `isAway`. */
function openList() {
  const state = { isAway: false }
  const answer = async <T>(value: T): Promise<T> => {
    if (state.isAway) throw new Error('the database does not respond')
    return value
  }
  const { log, entries } = createLogSink()
  const store = {
    find: () => answer([]),
    list: () => answer([]),
    count: () => answer(0),
  }
  return { state, list: new StoredMessageList(store, log), entries }
}

it('logs a failure of the store once until it can be read again, and removes nothing meanwhile', async () => {
  const { state, list, entries } = openList()
  const messages = ['one', 'two', 'three'].map((nativeId) => copyAtProvider(storedMessage({ nativeId })))
  async function* items() {
    for (const message of messages) yield { message, resumeToken: message.nativeId ?? '' }
  }
  const readAll = async () => {
    const read = []
    for await (const { message } of list.withoutStored(items(), query)) read.push(message)
    return read
  }
  state.isAway = true
  expect(await readAll()).toEqual(messages)
  await expect(list.count(query)).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
  const failure = {
    msg: 'offline message store is unavailable',
    err: { message: 'the database does not respond' },
  }
  expect(entries()).toMatchObject([failure])
  state.isAway = false
  expect(await list.count(query)).toBe(0)
  const recovery = { msg: 'offline message store is available again' }
  expect(await list.count(query)).toBe(0)
  expect(entries()).toMatchObject([failure, recovery])
  state.isAway = true
  expect(await readAll()).toEqual(messages)
  expect(entries()).toMatchObject([failure, recovery, failure])
})
