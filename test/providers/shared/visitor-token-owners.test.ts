import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLiveChatToken } from '../../../src/providers/livechat/auth/token-format.ts'
import { VisitorTokenOwners } from '../../../src/providers/shared/visitor-token-owners.ts'

const ACCOUNTS = ['support', 'sales', 'shop', 'club'] as const
type Account = (typeof ACCOUNTS)[number]
const isLicence = (account: Account) => account === 'shop' || account === 'club'

class Rejected extends Error {}
class NoResponse extends Error {}

/** Accounts that each know one token, and a log of which account received which token. */
function openAccounts() {
  const registry = new VisitorTokenOwners(
    ACCOUNTS.map((name) => ({ name, hasTokenFormat: isLicence(name) ? isLiveChatToken : null })),
  )
  const sent: { readonly account: Account; readonly token: string }[] = []
  const tokenOf = (account: Account) =>
    isLicence(account) ? `dal:${account}-0123456789abcdef` : `token-of-${account}`
  /** Sends a token; `responds` is false for an account that does not respond. */
  const send = async (account: Account, token: string, responds = true) => {
    const work = async () => {
      sent.push({ account, token })
      await Promise.resolve()
      if (!responds) throw new NoResponse()
      if (token !== tokenOf(account)) throw new Rejected()
      return 'accepted'
    }
    const isRejection = (error: unknown) => error instanceof Rejected
    return registry
      .forAccount(account)
      .runWithToken({ token, caller: { role: 'VISITOR', token } }, work, isRejection)
  }
  return { registry, sent, tokenOf, send }
}

describe('visitors’ tokens', () => {
  it('go to no account after another accepted them or did not respond, in any order and concurrently', async () => {
    const step = fc.record({
      to: fc.constantFrom(...ACCOUNTS),
      of: fc.constantFrom(...ACCOUNTS),
      responds: fc.boolean(),
      waits: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { sent, tokenOf, send } = openAccounts()
        const running: Promise<unknown>[] = []
        for (const { to, of, responds, waits } of steps) {
          const call = send(to, tokenOf(of), responds).catch(() => {})
          running.push(call)
          if (waits) await call
        }
        await Promise.all(running)
        for (const owner of ACCOUNTS) {
          const reached = sent.filter(({ token }) => token === tokenOf(owner)).map(({ account }) => account)
          const first = reached.indexOf(owner)
          if (first !== -1) expect(new Set(reached.slice(first))).toEqual(new Set([owner]))
          if (isLicence(owner)) expect(reached.filter((account) => !isLicence(account))).toEqual([])
        }
      }),
    )
  })

  it('wait while another account is being tried, and continue if that one rejects them', async () => {
    const { sent, tokenOf, send } = openAccounts()
    const token = tokenOf('sales')
    const calls = ACCOUNTS.slice(0, 2).map((account) => send(account, token))
    const [support, sales] = await Promise.allSettled(calls)
    expect([support?.status, sales?.status]).toEqual(['rejected', 'fulfilled'])
    expect(sent.map(({ account }) => account)).toEqual(['support', 'sales'])
  })

  it('of any format go to a licence that has accepted none yet, or one of another format', async () => {
    const { registry, sent, send } = openAccounts()
    const token = 'a token of another form'
    await expect(send('shop', token)).rejects.toThrow(Rejected)
    registry.forAccount('shop').markAccepted('another token of that form')
    registry.forAccount('shop').markAccepted('dal:0123456789abcdef')
    await expect(send('shop', token)).rejects.toThrow(Rejected)
    registry.forAccount('club').markAccepted('dal:0123456789abcdee')
    await expect(send('club', token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', provider: 'club' })
    expect(sent).toHaveLength(2)
  })

  it('belong to the account that accepted them, or that alone can have issued them by their format', () => {
    const one = new VisitorTokenOwners([
      { name: 'support', hasTokenFormat: null },
      { name: 'shop', hasTokenFormat: isLiveChatToken },
    ])
    expect(one.forAccount('shop').ownsToken('dal:0123456789abcdef')).toBe(true)
    expect(one.forAccount('support').ownsToken('dal:0123456789abcdef')).toBe(false)
    expect(one.forAccount('shop').ownsToken('token')).toBe(false)
    expect(one.forAccount('support').ownsToken('token')).toBe(true)
    // LiveChat's tokens may have another format now, so the token may be of either.
    one.forAccount('shop').markAccepted('token-of-a-new-format')
    expect(one.forAccount('shop').ownsToken('token')).toBe(false)
    expect(one.forAccount('support').ownsToken('token')).toBe(false)
    one.forAccount('support').markAccepted('token')
    expect(one.forAccount('support').ownsToken('token')).toBe(true)
    const two = new VisitorTokenOwners(['one', 'other'].map((name) => ({ name, hasTokenFormat: null })))
    expect(two.forAccount('one').ownsToken('token')).toBe(false)
    const { registry, tokenOf } = openAccounts()
    expect(registry.forAccount('shop').ownsToken(tokenOf('shop'))).toBe(false)
  })
})

describe('LiveChat’s token format', () => {
  it.each(['dal:A420qcvpSIGlBzOxwdKTPw', 'fra:0123456789abcdef', 'us-south1:eyJhbGciOi.J9-x_y=='])(
    'includes %s',
    (token) => {
      expect(isLiveChatToken(token)).toBe(true)
    },
  )

  it.each([
    'iNKE8a6k6cjbqWhWd',
    'user:123',
    'dal:short',
    'https://a.example/long/path',
    'Dal:0123456789abcdef',
    '',
  ])('does not include %s', (token) => {
    expect(isLiveChatToken(token)).toBe(false)
  })
})
