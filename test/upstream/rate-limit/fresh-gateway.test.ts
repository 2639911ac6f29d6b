import { expect, it } from 'vitest'
import { sendOperation } from '../../support/graphql-client.ts'
import { asVisitor, createTestGateway } from '../../support/test-gateway.ts'
import { Page } from './documents.ts'

const PAGES = 300

it('a new gateway returns three hundred pages that are requested at once, if the server has no limit', async () => {
  const { url, rocketChat } = await createTestGateway({ config: { upstreamTimeoutMs: 10_000 } })
  const { workspace } = rocketChat
  workspace.createAgent({ username: 'agent', name: 'Agent' })
  const rooms = Array.from({ length: PAGES }, (_, number) => {
    const token = `visitor-${number}`
    workspace.createVisitor({ token })
    return { token, rid: workspace.openRoom({ token })._id }
  })
  // Longer than the maximum wait of an interactive request for a limit.
  rocketChat.injectFault({ kind: 'slow', ms: 2_500, times: 12 })
  const results = await Promise.all(
    rooms.map(({ token, rid }) => sendOperation(url, Page, { rid }, asVisitor(token))),
  )
  const errors = results.filter(({ errors }) => errors !== undefined)
  expect(errors).toEqual([])
})
