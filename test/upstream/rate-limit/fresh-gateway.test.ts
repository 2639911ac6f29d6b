import { expect, it } from 'vitest'
import { sendOperation } from '../../support/graphql-client.ts'
import { asVisitor, createTestGateway } from '../../support/test-gateway.ts'
import { Page } from './documents.ts'

const PAGES = 300

it('three hundred pages that are asked for at once of a fresh gateway are all answered, where the server has no limit', async () => {
  const { url, rocketChat } = await createTestGateway({ config: { upstreamTimeoutMs: 10_000 } })
  const { workspace } = rocketChat
  workspace.createAgent({ username: 'agent', name: 'Agent' })
  const rooms = Array.from({ length: PAGES }, (_, number) => {
    const token = `visitor-${number}`
    workspace.createVisitor({ token })
    return { token, rid: workspace.openRoom({ token })._id }
  })
  // Longer than an interactive call waits for a limit.
  rocketChat.injectFault({ kind: 'slow', ms: 2_500, times: 12 })
  const answers = await Promise.all(
    rooms.map(({ token, rid }) => sendOperation(url, Page, { rid }, asVisitor(token))),
  )
  const refused = answers.filter(({ errors }) => errors !== undefined)
  expect(refused).toEqual([])
})
