import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { endpointUrl } from '../../support/http.ts'

type Headers = Readonly<Record<string, string>>

/** The address of the protocol at a gateway. */
export function mcpUrl(gatewayUrl: string): string {
  return endpointUrl(gatewayUrl, '/mcp')
}

/** The protocol of a client: the library's own choice, or the one before 2026. */
export type Era = 'auto' | 'legacy'

/** Connects the official client. It is closed at the end of the test. */
export async function connectMcp(gatewayUrl: string, headers: Headers, era: Era = 'auto'): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: era } })
  const url = new URL(mcpUrl(gatewayUrl))
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers: { ...headers } } }))
  onTestFinished(() => client.close())
  return client
}

const textContent = z.array(z.object({ type: z.literal('text'), text: z.string() }))

/** The result of a tool. */
export interface CalledTool {
  /** The gateway's own sentence. */
  readonly summary: string
  readonly data: unknown
  readonly isError: boolean
}

/** Calls a tool. Checks that clients that show only texts receive the same data. */
export async function callTool(
  client: Client,
  name: string,
  args: Readonly<Record<string, unknown>> = {},
): Promise<CalledTool> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: { ...args } })
  const [summary, json] = textContent.length(2).parse(content)
  const data: unknown = JSON.parse(json?.text ?? '')
  if (JSON.stringify(data) !== JSON.stringify(structuredContent))
    throw new Error('the texts differ from the data')
  return { summary: summary?.text ?? '', data, isError: isError === true }
}
