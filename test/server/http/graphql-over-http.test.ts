import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'

/** Set before each test: an audit reads it when it runs. */
let url = ''
/** From the third request on, a document is served directly. */
const TIMES = 4

describe('GraphQL over HTTP', () => {
  it.for(serverAudits({ url: () => url, fetchFn: fetch }))('$id $name', async (audit) => {
    // Two of the audits pass variables to `__type`.
    const gateway = await openGatewayWithoutProviders({ introspection: 'anyone' })
    url = gateway.url
    for (let time = 1; time <= TIMES; time += 1) {
      const result = await audit.fn()
      expect(result.status, `time ${time}: ${JSON.stringify(result)}`).toMatch(/^(ok|notice)$/)
    }
  })
})
