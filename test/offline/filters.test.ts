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

/** One message of each provider in each stored state, named like `livechat FAILED`. */
async function openGatewayWithAllStates(): Promise<OfflineGateway> {
  const offlineGateway = await openOfflineGateway({ source: 'helpdesk' })
  const { url, rocketChat, liveChat } = offlineGateway
  const sendTo = (provider: string, state: OfflineMessageState, department?: string) =>
    sendAndTakeId(offlineGateway, {
      provider,
      text: `${provider} ${state}`,
      ...(department && { department }),
    })
  const giveUp = async (offlineMessageId: string) =>
    fetchData(url, OfflineListDiscard, { input: { offlineMessageId } }, asOperator)
  await sendTo('rocketchat', 'SENT')
  await sendTo('livechat', 'SENT')
  rocketChat.settings.Livechat_display_offline_form = false
  await sendTo('rocketchat', 'FAILED')
  await giveUp(await sendTo('rocketchat', 'DISCARDED'))
  rocketChat.settings.Livechat_display_offline_form = true
  await sendTo('livechat', 'FAILED', 'no team')
  await giveUp(await sendTo('livechat', 'DISCARDED', 'no team'))
  rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
  await sendTo('rocketchat', 'UNCONFIRMED')
  liveChat.injectFault({ kind: 'reset-after-commit', route: TICKETS, method: 'POST', times: 1 })
  await sendTo('livechat', 'UNCONFIRMED')
  const off = { success: false, error: 'error-omnichannel-is-disabled' }
  rocketChat.injectFault({ kind: 'answer', status: 400, body: off, route: OFFLINE_FORM })
  await sendTo('rocketchat', 'QUEUED')
  const slower = { error: { type: 'too_many_requests', message: 'Too many requests' } }
  liveChat.injectFault({ kind: 'answer', status: 429, body: slower, route: TICKETS, method: 'POST' })
  await sendTo('livechat', 'QUEUED')
  return offlineGateway
}

it('every filter finds its messages, and totalCount counts them, at both providers and in every state', async () => {
  const offlineGateway = await openGatewayWithAllStates()
  const find = async (filter: object) => {
    const { offlineMessages } = await fetchData(offlineGateway.url, OfflineListCount, { filter }, asOperator)
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
  // HelpDesk lists what was sent and what may have been; its list cannot be counted in one request.
  const received = await find({ states: ['RECEIVED'] })
  expect({ ...received, texts: received.texts.toSorted() }).toEqual({
    count: null,
    texts: ['livechat SENT', 'livechat UNCONFIRMED'],
  })
})

it('erasing finds an address in any case and spacing, also for a message that is being sent', async () => {
  const offlineGateway = await openOfflineGateway()
  const { rocketChat, url } = offlineGateway
  await send(offlineGateway, { email: 'Ada@Mail.test', text: 'sent' })
  rocketChat.injectFault({ kind: 'slow', ms: 500, route: OFFLINE_FORM, times: 1 })
  const sending = sendAndTakeId(offlineGateway, { text: 'being sent' })
  await waitUntil(() => rocketChat.calls.length === 2)
  const input = { email: '  ADA@mail.TEST ' }
  const { eraseOfflineMessages } = await fetchData(url, OfflineListErase, { input }, asOperator)
  expect(eraseOfflineMessages).toMatchObject({ count: 2 })
  const id = await sending
  expect(rocketChat.workspace.mails.map(({ message }) => message)).toEqual(['sent', 'being sent'])
  expect(await fetchData(url, OfflineListNode, { id }, asOperator)).toEqual({ node: null })
})
