import { describe, expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { LiveChatConfig } from '../../../src/config/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { startGateway } from '../../../src/gateway.ts'
import { OfflineListProviders } from '../../offline/list-documents.ts'
import { SendMessage, StartRoom } from '../../providers/support/documents.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import { silentLog } from '../../support/log.ts'
import {
  asAnonymous,
  asVisitor,
  liveChatConfig,
  rocketChatConfig,
  testConfig,
} from '../../support/test-gateway.ts'
import { Many } from './documents.ts'

type Sandbox = RocketChatSandbox | LiveChatSandbox

/** A visitor of an account: its token, as the provider's own widget made it, and its room. */
interface Visitor {
  readonly provider: string
  readonly token: string
  readonly roomId: string
}

/** A gateway in front of two accounts of each kind, each with a visitor whom the gateway has not seen yet. */
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
  const config = testConfig([
    rocketChatConfig(support.url, 'support'),
    rocketChatConfig(sales.url, 'sales'),
    licence(shop, 'shop'),
    licence(club, 'club'),
  ])
  const gateway = await startGateway(config, { log: silentLog })
  onTestFinished(async () => {
    await gateway.close()
    await Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close()))
  })
  const visitors = {
    support: visitorOf(support, 'support'),
    sales: visitorOf(sales, 'sales'),
    shop: customerOf(shop, 'shop'),
    club: customerOf(club, 'club'),
  }
  /** What a visitor's token is answered for rooms, in their order: each one's id, or the code of the failure. */
  const read = async ({ token }: Pick<Visitor, 'token'>, ids: readonly string[]) => {
    const { data, errors = [] } = await sendOperation(gateway.url, Many, { ids: [...ids] }, asVisitor(token))
    return ids.map((_id, index) => {
      const failure = errors.find(({ path }) => path?.[1] === index)
      return failure ? failure.extensions?.['code'] : (data?.nodes[index]?.id ?? null)
    })
  }
  /** The accounts whose servers have seen the token. */
  const holders = (token: string) =>
    Object.entries(sandboxes).flatMap(([name, sandbox]) => (hasSeen(sandbox, token) ? [name] : []))
  return { url: gateway.url, sandboxes, visitors, read, holders }
}

function licence(sandbox: LiveChatSandbox, name: string): LiveChatConfig {
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

const REFUSED = 'UNAUTHENTICATED'

describe('a visitor token', () => {
  it.each(['support', 'sales', 'shop', 'club'] as const)(
    'that %s accepted goes to no other account',
    async (owner) => {
      const { visitors, read, holders } = await openAccounts()
      const { token, roomId } = visitors[owner]
      expect(await read({ token }, [roomId])).toEqual([roomId])
      const everything = Object.values(visitors)
      const expected = everything.map((each) => (each.provider === owner ? each.roomId : REFUSED))
      expect(
        await read(
          { token },
          everything.map((each) => each.roomId),
        ),
      ).toEqual(expected)
      expect(holders(token)).toEqual([owner])
    },
  )

  it('that one operation presents to several accounts goes on only where the one before refused it', async () => {
    const { visitors, read, holders } = await openAccounts()
    const { support, sales } = visitors
    expect(await read(support, [support.roomId, sales.roomId])).toEqual([support.roomId, REFUSED])
    expect(holders(support.token)).toEqual(['support'])
    expect(await read(sales, [support.roomId, sales.roomId])).toEqual([REFUSED, sales.roomId])
    expect(holders(sales.token)).toEqual(['support', 'sales'])
    // From now on it is known.
    expect(await read(sales, [support.roomId])).toEqual([REFUSED])
  })

  it('of LiveChat’s form never goes to Rocket.Chat', async () => {
    const { visitors, read, holders } = await openAccounts()
    const { support, sales, shop } = visitors
    expect(await read(shop, [support.roomId, sales.roomId])).toEqual([REFUSED, REFUSED])
    expect(holders(shop.token)).toEqual([])
    expect(await read(shop, [shop.roomId])).toEqual([shop.roomId])
  })

  it('of another form goes to no licence that has accepted tokens of LiveChat’s form', async () => {
    const { visitors, read, holders } = await openAccounts()
    const { support, shop } = visitors
    await read(shop, [shop.roomId])
    expect(await read(support, [shop.roomId])).toEqual([REFUSED])
    expect(holders(support.token)).toEqual([])
    expect(await read(support, [support.roomId])).toEqual([support.roomId])
  })

  it.each(['support', 'shop'] as const)(
    'that %s gave by startRoom goes to no other account',
    async (provider) => {
      const { url, visitors, read, holders } = await openAccounts()
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
      ).toEqual(others.map(() => REFUSED))
      expect(await read({ token }, [room.id])).toEqual([room.id])
      expect(holders(token)).toEqual([provider])
    },
  )

  it.each(['support', 'shop'] as const)(
    'of %s goes with a question that names no account to none, and once accepted to its own only',
    async (owner) => {
      const { url, visitors, read, holders } = await openAccounts()
      const { token, roomId } = visitors[owner]
      await sendOperation(url, OfflineListProviders, {}, asVisitor(token))
      expect(holders(token)).toEqual([])
      await read({ token }, [roomId])
      await sendOperation(url, OfflineListProviders, {}, asVisitor(token))
      expect(holders(token)).toEqual([owner])
    },
  )

  it('of another account writes nothing', async () => {
    const { url, visitors, read, holders, sandboxes } = await openAccounts()
    const { support, sales } = visitors
    await read(support, [support.roomId])
    const input = { roomId: sales.roomId, text: 'Hello' }
    const { sendMessage } = await fetchData(url, SendMessage, { input }, asVisitor(support.token))
    expect(sendMessage.__typename).toBe('UnauthenticatedError')
    expect(holders(support.token)).toEqual(['support'])
    expect(sandboxes.sales.calls).toEqual([])
  })

  it('that an account without an answer was asked about goes to no other meanwhile', async () => {
    const { visitors, read, holders, sandboxes } = await openAccounts()
    const { support, sales } = visitors
    const heal = sandboxes.support.injectFault({ kind: 'reset' })
    expect(await read(support, [support.roomId, sales.roomId])).toEqual(['PROVIDER_UNAVAILABLE', REFUSED])
    heal()
    expect(holders(support.token)).toEqual(['support'])
    expect(await read(support, [support.roomId, sales.roomId])).toEqual([support.roomId, REFUSED])
  })
})
