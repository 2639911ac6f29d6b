import { createMcpHandler } from '@modelcontextprotocol/server'
import { expect, it } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { schema } from '../../../src/schema/index.ts'
import { createMcpServer } from '../../../src/server/mcp/mcp-server.ts'
import { createToolCatalog } from '../../../src/server/mcp/tool-catalog.ts'

const DEFECT = new Error('the cache at cache.internal:6379 is full')
const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

it.each([
  ['tools/call', { name: 'list_providers' }],
  ['resources/list', {}],
  ['resources/read', { uri: 'switchboard://rooms/x/transcript' }],
])('an unexpected error in %s is reported, and its client does not see it', async (method, params) => {
  const reported: unknown[] = []
  const { fetch } = createMcpHandler(() =>
    createMcpServer({
      schema,
      catalog: createToolCatalog(schema),
      caller: createOperatorCaller('tester'),
      run: () => Promise.reject(DEFECT),
      unexpected: { report: (...args) => void reported.push(args) },
      version: '1',
    }),
  )
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(new Request('http://gateway/mcp', { method: 'POST', headers, body }))
  const text = await response.text()
  expect(text).toContain('"message":"Something went wrong."')
  expect(text).not.toContain('cache.internal')
  expect(reported).toEqual([[DEFECT, 'mcp']])
})
