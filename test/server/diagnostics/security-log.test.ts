import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createLog } from '../../../src/log.ts'
import {
  createSecurityLog,
  type RefusalReason,
  refusalReasons,
} from '../../../src/server/diagnostics/security-log.ts'
import { waitUntil } from '../../support/graphql-client.ts'

function openSecurityLog() {
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) })
  const registry = new Registry()
  const security = createSecurityLog(log, registry)
  const count = async (reason: RefusalReason) => {
    const metric = await registry.getSingleMetric('switchboard_refused_requests_total')?.get()
    return metric?.values.find(({ labels }) => labels['reason'] === reason)?.value
  }
  return { lines, security, count }
}

test('a refused request is counted and logged with its reason and address', async () => {
  const { lines, security, count } = openSecurityLog()
  security.recordRefusal('operator_key', { address: '192.0.2.1' })
  await waitUntil(() => lines.length > 0)
  expect(lines[0]).toMatchObject({
    msg: 'request refused',
    reason: 'operator_key',
    address: '192.0.2.1',
    suppressed: 0,
  })
  expect(await count('operator_key')).toBe(1)
})

test('of many refusals all are counted and some are logged, separately for each reason', async () => {
  const { lines, security, count } = openSecurityLog()
  for (let at = 0; at < 1_000; at += 1) security.recordRefusal('origin', { address: '192.0.2.1' })
  security.recordRefusal('host', { address: '192.0.2.1' })
  await waitUntil(() => lines.some(({ reason }) => reason === 'host'))
  expect(lines.filter(({ reason }) => reason === 'origin')).toHaveLength(10)
  expect(await count('origin')).toBe(1_000)
})

test('a reason that never occurred shows as zero', async () => {
  const { count } = openSecurityLog()
  for (const reason of refusalReasons) expect(await count(reason)).toBe(0)
})
