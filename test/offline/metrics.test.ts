import { expect, it } from 'vitest'
import { fetchData } from '../support/graphql-client.ts'
import { asAnonymous, createTestGateway } from '../support/test-gateway.ts'
import { SendOfflineMessage } from './documents.ts'

it('counts attempts by outcome, and the queued messages', async () => {
  const { url, rocketChat } = await createTestGateway()
  const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
  await fetchData(url, SendOfflineMessage, { input }, asAnonymous)
  rocketChat.settings.Livechat_display_offline_form = false
  await fetchData(url, SendOfflineMessage, { input }, asAnonymous)
  const text = await (await fetch(new URL('/metrics', url))).text()
  expect(text).toContain('switchboard_offline_attempts_total{provider="rocketchat",outcome="SENT"} 1')
  expect(text).toContain('switchboard_offline_attempts_total{provider="rocketchat",outcome="FAILED"} 1')
  expect(text).toContain('switchboard_offline_messages{provider="rocketchat",state="FAILED"} 1')
  expect(text).not.toContain('state="SENT"')
})
