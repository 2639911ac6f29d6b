import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { endpointUrl, request } from '../support/http.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asOperator, OPERATOR_KEY } from '../support/test-gateway.ts'
import { deployedCommand } from './gateway-command.ts'
import { startProcess } from './gateway-process.ts'

/** What only the sandbox, the page of GraphiQL, AI agents and traces need. GraphiQL takes tens of megabytes of memory. */
const UNUSED =
  /\/sandbox\/|\/node_modules\/(ajv|find-my-way|@graphql-yoga\/render-graphiql|@modelcontextprotocol\/\w+|@opentelemetry\/(?!api\/)[\w-]+)\//

it('a process with both providers configured loads no module of the sandbox, GraphiQL and the library of MCP only when they are needed, and that of OpenTelemetry not without traces', async () => {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const liveChat = await startLiveChatSandbox({ seed: false })
  onTestFinished(async () => {
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  const log = join(createTestDirectory(), 'modules')
  const settings = {
    PORT: '0',
    INTROSPECTION: 'anyone',
    MCP: 'on',
    OPERATOR_KEYS: `tester:${OPERATOR_KEY}`,
    NODE_OPTIONS: `--import=${recorderOf(log)}`,
    ROCKETCHAT_URL: rocketChat.url,
    LIVECHAT_API_URL: liveChat.url,
    LIVECHAT_TOKEN: liveChat.credentials.accessToken,
    LIVECHAT_ORGANIZATION_ID: liveChat.credentials.organizationId,
  }
  const gateway = startProcess(settings, undefined, deployedCommand)
  onTestFinished(() => gateway.dispose())
  const url = await gateway.url
  const modules = () => readFileSync(log, 'utf8').split('\n')
  expect((await request(endpointUrl(url, '/ready'))).status).toBe(200)
  expect(modules().filter((module) => /\/src\/gateway\.[jt]s$/.test(module))).toHaveLength(1)
  expect(modules().filter((module) => UNUSED.test(module))).toEqual([])
  expect((await request(url, { headers: { accept: 'text/html' } })).status).toBe(200)
  expect(modules().some((module) => module.includes('render-graphiql'))).toBe(true)
  expect(modules().filter((module) => module.includes('modelcontextprotocol'))).toEqual([])
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
  const headers = {
    ...asOperator,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  }
  const reply = await request(endpointUrl(url, '/mcp'), {
    method: 'POST',
    headers,
    body: JSON.stringify(list),
  })
  expect(reply.status).toBe(200)
  expect(modules().some((module) => module.includes('@modelcontextprotocol/server'))).toBe(true)
})

/** The address of a module that appends the URL of each module that the process loads to a file. */
function recorderOf(file: string): string {
  const hooks = `import { appendFileSync } from 'node:fs'
    export function load(url, context, next) {
      appendFileSync(${JSON.stringify(file)}, url + '\\n')
      return next(url, context)
    }`
  return dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))})`)
}

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`
}
