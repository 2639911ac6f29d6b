import { createMCPClient } from '@ai-sdk/mcp'
import { expect, it, onTestFinished } from 'vitest'
import { asAnn } from '../../recipes/support/recipe-gateway.ts'
import { mcpUrl } from './mcp-client.ts'
import { openWorkingRoom } from './working-room.ts'

/** A client that shares no code with the official library. */
it('the client of another vendor lists tools, calls them, and reads a transcript', async () => {
  const { gateway, roomId, stored } = await openWorkingRoom('livechat')
  const client = await createMCPClient({
    transport: { type: 'http', url: mcpUrl(gateway.url), headers: asAnn },
  })
  onTestFinished(() => client.close())
  const tools = await client.tools()
  expect(Object.keys(tools)).toContain('send_message')
  const call = async (name: string, input: object) =>
    tools[name]?.execute?.(input, { toolCallId: '1', messages: [] })
  await call('take_room', { roomId })
  expect(await call('send_message', { roomId, text: 'Good morning' })).toMatchObject({ isError: false })
  expect(stored().texts.at(-1)).toMatchObject({ text: 'Good morning' })
  expect(await call('read_room', { roomId: 'nonsense' })).toMatchObject({
    isError: true,
    structuredContent: { error: { code: 'INVALID_INPUT' } },
  })
  const transcript = await client.readResource({ uri: `switchboard://rooms/${roomId}/transcript` })
  expect(transcript.contents[0]).toMatchObject({ text: expect.stringContaining('| Good morning') })
})
