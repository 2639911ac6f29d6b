import { expect, it } from 'vitest'
import type { OfflineMessageState } from '../generated/graphql.ts'
import { fetchData, waitUntil } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { OfflineListCount, OfflineListDiscard, OfflineListErase, OfflineListNode } from './list-documents.ts'
import {
  OFFLINE_FORM,
  type OfflineGateway,
  openOfflineGateway,
  send,
  sendAndTakeId,
} from './offline-gateway.ts'

const TICKETS = '/v1/tickets'
const kept: readonly OfflineMessageState[] = ['SENT', 'FAILED', 'UNCONFIRMED', 'DISCARDED', 'QUEUED']

/** One message of each provider in each state that the gateway keeps: `livechat FAILED` is LiveChat’s that failed. */
async function openFullScene(): Promise<OfflineGateway> {
  const scene = await openOfflineGateway({ source: 'helpdesk' })
  const { url, rocketChat, liveChat } = scene
  const leave = (provider: string, state: OfflineMessageState, department?: string) =>
    sendAndTakeId(scene, { provider, text: `${provider} ${state}`, ...(department && { department }) })
  const giveUp = async (offlineMessageId: string) =>
    fetchData(url, OfflineListDiscard, { input: { offlineMessageId } }, asOperator)
  await leave('rocketchat', 'SENT')
  await leave('livechat', 'SENT')
  rocketChat.settings.Livechat_display_offline_form = false
  await leave('rocketchat', 'FAILED')
  await giveUp(await leave('rocketchat', 'DISCARDED'))
  rocketChat.settings.Livechat_display_offline_form = true
  await leave('livechat', 'FAILED', 'no team')
  await giveUp(await leave('livechat', 'DISCARDED', 'no team'))
  rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
  await leave('rocketchat', 'UNCONFIRMED')
  liveChat.injectFault({ kind: 'reset-after-commit', route: TICKETS, method: 'POST', times: 1 })
  await leave('livechat', 'UNCONFIRMED')
  const off = { success: false, error: 'error-omnichannel-is-disabled' }
  rocketChat.injectFault({ kind: 'answer', status: 400, body: off, route: OFFLINE_FORM })
  await leave('rocketchat', 'QUEUED')
  const slower = { error: { type: 'too_many_requests', message: 'Too many requests' } }
  liveChat.injectFault({ kind: 'answer', status: 429, body: slower, route: TICKETS, method: 'POST' })
  await leave('livechat', 'QUEUED')
  return scene
}

it('every filter finds what it says, and totalCount counts it, at both providers and in every state', async () => {
  const scene = await openFullScene()
  const find = async (filter: object) => {
    const { offlineMessages } = await fetchData(scene.url, OfflineListCount, { filter }, asOperator)
    return { count: offlineMessages.totalCount, texts: offlineMessages.nodes.map(({ text }) => text) }
  }
  for (const provider of ['rocketchat', 'livechat']) {
    for (const state of kept) {
      const only = { count: 1, texts: [`${provider} ${state}`] }
      expect(await find({ providers: [provider], states: [state] })).toEqual(only)
      expect(await find({ text: `${provider} ${state}`.toUpperCase(), states: kept })).toEqual(only)
    }
  }
  const today = new Date().toISOString().slice(0, 10)
  expect(await find({ states: kept, from: today, to: today })).toMatchObject({ count: 10 })
  expect(await find({ states: kept, from: '2020-01-01', to: '2020-12-31' })).toEqual({ count: 0, texts: [] })
  // At HelpDesk are what was sent and what may have been; its list cannot be counted in one call.
  const received = await find({ states: ['RECEIVED'] })
  expect({ ...received, texts: received.texts.toSorted() }).toEqual({
    count: null,
    texts: ['livechat SENT', 'livechat UNCONFIRMED'],
  })
})

it('erasing finds an address in any case and spacing, also of a message that is being sent', async () => {
  const scene = await openOfflineGateway()
  const { rocketChat, url } = scene
  await send(scene, { email: 'Ada@Mail.test', text: 'sent' })
  rocketChat.injectFault({ kind: 'slow', ms: 500, route: OFFLINE_FORM, times: 1 })
  const sending = sendAndTakeId(scene, { text: 'being sent' })
  await waitUntil(() => rocketChat.calls.length === 2)
  const input = { email: '  ADA@mail.TEST ' }
  const { eraseOfflineMessages } = await fetchData(url, OfflineListErase, { input }, asOperator)
  expect(eraseOfflineMessages).toMatchObject({ count: 2 })
  const id = await sending
  expect(rocketChat.workspace.mails.map(({ message }) => message)).toEqual(['sent', 'being sent'])
  expect(await fetchData(url, OfflineListNode, { id }, asOperator)).toEqual({ node: null })
})
