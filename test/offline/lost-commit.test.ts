import { describe, expect, it } from 'vitest'
import { queryDatabase } from '../store/databases.ts'
import { fetchData } from '../support/graphql-client.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { startPostgresProxy } from '../support/postgres-proxy.ts'
import { asOperator } from '../support/test-gateway.ts'
import { OfflineListDiscard, OfflineListRetry } from './list-documents.ts'
import { OFFLINE_FORM, openOfflineGateway, send, sendAndTakeId } from './offline-gateway.ts'

const INSERT = 'insert into "offline_message"'
const RETRY = '"attempts_before" = "attempts"'
const DISCARD = '"settled_at" = $3, "sender" = $4 where "id"'

describe.runIf(hasPostgres).each(['CONNECTION', 'SERVER'] as const)(
  'a write to PostgreSQL whose answer is lost with the %s, after it was committed',
  (lost) => {
    it('leaves open whether an offline message was accepted; a repetition with its key returns it', async () => {
      const { gateway, line, states } = await open()
      const input = { idempotencyKey: 'the key' }
      line.loseAnswer(lost, 'commit', INSERT)
      expect(await send(gateway, input)).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
      expect(await states()).toHaveLength(1)
      expect(await send(gateway, input)).toMatchObject({ offlineMessage: { text: 'Hello' } })
      expect(await states()).toHaveLength(1)
      expect(gateway.rocketChat.workspace.mails).toHaveLength(1)
    })

    it('leaves open whether a message is queued again', async () => {
      const { gateway, line, states } = await open()
      const offlineMessageId = await failedMessage(gateway)
      expect(await states()).toEqual([{ state: 'FAILED' }])
      line.loseAnswer(lost, RETRY)
      const { retryOfflineMessage } = await fetchData(
        gateway.url,
        OfflineListRetry,
        { input: { offlineMessageId } },
        asOperator,
      )
      expect(retryOfflineMessage).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
      expect(await states()).not.toEqual([{ state: 'FAILED' }])
    })

    it('leaves open whether a message is discarded', async () => {
      const { gateway, line, states } = await open()
      const offlineMessageId = await failedMessage(gateway)
      line.loseAnswer(lost, DISCARD)
      const { discardOfflineMessage } = await fetchData(
        gateway.url,
        OfflineListDiscard,
        { input: { offlineMessageId } },
        asOperator,
      )
      expect(discardOfflineMessage).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
      expect(await states()).toEqual([{ state: 'DISCARDED' }])
    })
  },
)

/** A gateway whose connections to PostgreSQL can lose answers, and the states of the messages in its database. */
async function open() {
  const databaseUrl = await emptyPostgresDatabase()
  const line = await startPostgresProxy(databaseUrl)
  // Without shared live events and counted mutations, only offline messages are written.
  const rateLimits = { anonymous: 0, visitor: 0, operator: 0 }
  const gateway = await openOfflineGateway({
    config: { databaseUrl: line.url, eventLogMinutes: 0, rateLimits },
  })
  const states = () => queryDatabase({ dataDir: '', databaseUrl }, 'select state from offline_message')
  return { gateway, line, states }
}

/** Leaves a message that the provider refuses; returns its global id. */
async function failedMessage(gateway: Awaited<ReturnType<typeof open>>['gateway']): Promise<string> {
  const refusal = {
    kind: 'answer',
    status: 400,
    body: { success: false, error: 'error-invalid-email' },
  } as const
  gateway.rocketChat.injectFault({ ...refusal, route: OFFLINE_FORM, times: 1 })
  return sendAndTakeId(gateway)
}
