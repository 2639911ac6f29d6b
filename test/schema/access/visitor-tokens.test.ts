import { describe, expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { LiveChatConfig } from '../../../src/config/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { OfflineListProviders } from '../../offline/list-documents.ts'
import { SendMessage, StartRoom } from '../../providers/support/documents.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import {
  asAnonymous,
  asVisitor,
  liveChatConfig,
  rocketChatConfig,
  startTestGateway,
} from '../../support/test-gateway.ts'
import { Many } from './documents.ts'

type Sandbox = RocketChatSandbox | LiveChatSandbox

/** A visitor of an account: its token, which the provider's own widget created, and its room. */
interface Visitor {
  readonly provider: string
  readonly token: string
  readonly roomId: string
}

/** Opens a gateway with two accounts of each kind, each with a visitor that is new to the gateway. */
async function openAccounts() {
  const [support, sales] = [
    await startRocketChatSandbox({ seed: false }),
    await startRocketChatSandbox({ seed: false }),
  ]
  const [shop, club] = [
    await startLiveChatSandbox({ seed: false }),
    await startLiveChatSandbox({ seed: false }),
  ]
  const sandboxes = { support, sales, shop, club }
  onTestFinished(async () => {
    await Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close()))
  })
  const gateway = await startTestGateway([
    rocketChatConfig(support.url, 'support'),
    rocketChatConfig(sales.url, 'sales'),
    liveChatAccount(shop, 'shop'),
    liveChatAccount(club, 'club'),
  ])
  const visitors = {
    support: visitorOf(support, 'support'),
    sales: visitorOf(sales, 'sales'),
    shop: customerOf(shop, 'shop'),
    club: customerOf(club, 'club'),
  }
  /** Reads rooms with a visitor's token: the id of each room, or the code of its error, in the order of the ids. */
  const read = async ({ token }: Pick<Visitor, 'token'>, ids: readonly string[]) => {
    const { data, errors = [] } = await sendOperation(gateway.url, Many, { ids: [...ids] }, asVisitor(token))
    return ids.map((_id, index) => {
      const failure = errors.find(({ path }) => path?.[1] === index)
      return failure ? failure.extensions?.['code'] : (data?.nodes[index]?.id ?? null)
    })
  }
  /** Names of the accounts whose servers received the token. */
  const accountsWith = (token: string) =>
    Object.entries(sandboxes).flatMap(([name, sandbox]) => (hasSeen(sandbox, token) ? [name] : []))
  return { url: gateway.url, sandboxes, visitors, read, accountsWith }
}

function liveChatAccount(sandbox: LiveChatSandbox, name: string): LiveChatConfig {
  const { accessToken, clientId, clientSecret, refreshToken, organizationId } = sandbox.credentials
  return {
    ...liveChatConfig(sandbox, name),
    credential: { type: 'bearer', token: accessToken },
    oauth: { clientId, clientSecret, refreshToken },
    organizationId,
  }
}

function visitorOf({ workspace }: RocketChatSandbox, provider: string): Visitor {
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const agentId = workspace.createAgent({ name: 'Ada' })._id
  const { _id: roomId } = workspace.openRoom({ token, agentId })
  return { provider, token, roomId: encodeId({ type: 'Room', provider, roomId }) }
}

function customerOf({ chats, tokens }: LiveChatSandbox, provider: string): Visitor {
  const { id: roomId } = chats.start({ say: 'hello' })
  const token = tokens.customerToken(chats.customerOf(roomId).id)
  return { provider, token, roomId: encodeId({ type: 'Room', provider, roomId }) }
}

function hasSeen({ calls }: Sandbox, token: string): boolean {
  return calls.some(({ headers, rawQuery, path, body }) =>
    [JSON.stringify(headers), decodeURIComponent(rawQuery), path, body].some((text) => text.includes(token)),
  )
}

const REJECTED = 'UNAUTHENTICATED'

describe('a visitor token', () => {
  it.each(['support', 'sales', 'shop', 'club'] as const)(
    'that %s accepted is sent to no other account',
    async (owner) => {
      const { visitors, read, accountsWith } = await openAccounts()
      const { token, roomId } = visitors[owner]
      expect(await read({ token }, [roomId])).toEqual([roomId])
      const everything = Object.values(visitors)
      const expected = everything.map((each) => (each.provider === owner ? each.roomId : REJECTED))
      expect(
        await read(
          { token },
          everything.map((each) => each.roomId),
        ),
      ).toEqual(expected)
      expect(accountsWith(token)).toEqual([owner])
    },
  )

  it('that one operation uses at several accounts is sent to the next one only after a rejection', async () => {
    const { visitors, read, accountsWith } = await openAccounts()
    const { support, sales } = visitors
    expect(await read(support, [support.roomId, sales.roomId])).toEqual([support.roomId, REJECTED])
    expect(accountsWith(support.token)).toEqual(['support'])
    expect(await read(sales, [support.roomId, sales.roomId])).toEqual([REJECTED, sales.roomId])
    expect(accountsWith(sales.token)).toEqual(['support', 'sales'])
    // From now on the gateway knows the account of the token.
    expect(await read(sales, [support.roomId])).toEqual([REJECTED])
  })

  it('in LiveChat’s format is never sent to Rocket.Chat', async () => {
    const { visitors, read, accountsWith } = await openAccounts()
    const { support, sales, shop } = visitors
    expect(await read(shop, [support.roomId, sales.roomId])).toEqual([REJECTED, REJECTED])
    expect(accountsWith(shop.token)).toEqual([])
    expect(await read(shop, [shop.roomId])).toEqual([shop.roomId])
  })

  it('in another format is never sent to a LiveChat account that has accepted tokens in LiveChat’s format', async () => {
    const { visitors, read, accountsWith } = await openAccounts()
    const { support, shop } = visitors
    await read(shop, [shop.roomId])
    expect(await read(support, [shop.roomId])).toEqual([REJECTED])
    expect(accountsWith(support.token)).toEqual([])
    expect(await read(support, [support.roomId])).toEqual([support.roomId])
  })

  it.each(['support', 'shop'] as const)(
    'that startRoom returned for %s is sent to no other account',
    async (provider) => {
      const { url, visitors, read, accountsWith } = await openAccounts()
      const input = { provider, name: 'Nadia', text: 'Hello' }
      const { startRoom } = await fetchData(url, StartRoom, { input }, asAnonymous)
      if (startRoom.__typename !== 'StartRoomPayload') throw new Error('not started')
      const { visitorToken: token, room } = startRoom
      const others = Object.values(visitors).filter((each) => each.provider !== provider)
      expect(
        await read(
          { token },
          others.map(({ roomId }) => roomId),
        ),
      ).toEqual(others.map(() => REJECTED))
      expect(await read({ token }, [room.id])).toEqual([room.id])
      expect(accountsWith(token)).toEqual([provider])
    },
  )

  it.each(['support', 'shop'] as const)(
    'of %s is sent to no account for a query that names none, and to its own only after that accepted it',
    async (owner) => {
      const { url, visitors, read, accountsWith } = await openAccounts()
      const { token, roomId } = visitors[owner]
      await sendOperation(url, OfflineListProviders, {}, asVisitor(token))
      expect(accountsWith(token)).toEqual([])
      await read({ token }, [roomId])
      await sendOperation(url, OfflineListProviders, {}, asVisitor(token))
      expect(accountsWith(token)).toEqual([owner])
    },
  )

  it.each([
    ['support', 'sales'],
    ['support', 'shop'],
    ['shop', 'club'],
    ['shop', 'support'],
  ] as const)('of %s starts no room at %s, which does not receive it', async (owner, other) => {
    const { url, visitors, read, accountsWith } = await openAccounts()
    const { token, roomId } = visitors[owner]
    await read({ token }, [roomId])
    const input = { provider: other, text: 'Hello' }
    const { startRoom } = await fetchData(url, StartRoom, { input }, asVisitor(token))
    expect(startRoom.__typename).toBe('UnauthenticatedError')
    expect(accountsWith(token)).toEqual([owner])
  })

  it('of another account cannot write', async () => {
    const { url, visitors, read, accountsWith, sandboxes } = await openAccounts()
    const { support, sales } = visitors
    await read(support, [support.roomId])
    const input = { roomId: sales.roomId, text: 'Hello' }
    const { sendMessage } = await fetchData(url, SendMessage, { input }, asVisitor(support.token))
    expect(sendMessage.__typename).toBe('UnauthenticatedError')
    expect(accountsWith(support.token)).toEqual(['support'])
    expect(sandboxes.sales.calls).toEqual([])
  })

  it('that was sent to an account without a response is sent to no other account until then', async () => {
    const { visitors, read, accountsWith, sandboxes } = await openAccounts()
    const { support, sales } = visitors
    const removeFault = sandboxes.support.injectFault({ kind: 'reset' })
    expect(await read(support, [support.roomId, sales.roomId])).toEqual(['PROVIDER_UNAVAILABLE', REJECTED])
    removeFault()
    expect(accountsWith(support.token)).toEqual(['support'])
    expect(await read(support, [support.roomId, sales.roomId])).toEqual([support.roomId, REJECTED])
  })
})
