import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLiveChatToken } from '../../../src/providers/livechat/auth/token-format.ts'
import { VisitorTokenOwners } from '../../../src/providers/shared/visitor-token-owners.ts'

const ACCOUNTS = ['support', 'sales', 'shop', 'club'] as const
type Account = (typeof ACCOUNTS)[number]
const isLicence = (account: Account) => account === 'shop' || account === 'club'

class Refused extends Error {}
class NoAnswer extends Error {}

/** Accounts that each know one token, and a log of which account was sent which token. */
function openAccounts() {
  const registry = new VisitorTokenOwners(
    ACCOUNTS.map((name) => ({ name, hasTokenFormat: isLicence(name) ? isLiveChatToken : null })),
  )
  const sent: { readonly account: Account; readonly token: string }[] = []
  const tokenOf = (account: Account) =>
    isLicence(account) ? `dal:${account}-0123456789abcdef` : `token-of-${account}`
  /** Sends a token; `answers` is false where the account does not answer. */
  const present = async (account: Account, token: string, answers = true) => {
    const work = async () => {
      sent.push({ account, token })
      await Promise.resolve()
      if (!answers) throw new NoAnswer()
      if (token !== tokenOf(account)) throw new Refused()
      return 'accepted'
    }
    const isRefusal = (error: unknown) => error instanceof Refused
    return registry.forAccount(account).runWithToken(token, work, isRefusal)
  }
  return { registry, sent, tokenOf, present }
}

describe('visitors’ tokens', () => {
  it('go to no account after another accepted them or did not answer, in any order and all at once', async () => {
    const step = fc.record({
      to: fc.constantFrom(...ACCOUNTS),
      of: fc.constantFrom(...ACCOUNTS),
      answers: fc.boolean(),
      waits: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { sent, tokenOf, present } = openAccounts()
        const running: Promise<unknown>[] = []
        for (const { to, of, answers, waits } of steps) {
          const call = present(to, tokenOf(of), answers).catch(() => {})
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

  it('wait where another account is being asked, and go on where that does not know them', async () => {
    const { sent, tokenOf, present } = openAccounts()
    const token = tokenOf('sales')
    const calls = ACCOUNTS.slice(0, 2).map((account) => present(account, token))
    const [support, sales] = await Promise.allSettled(calls)
    expect([support?.status, sales?.status]).toEqual(['rejected', 'fulfilled'])
    expect(sent.map(({ account }) => account)).toEqual(['support', 'sales'])
  })

  it('of any form go to a licence that has accepted none yet, or one of another form', async () => {
    const { registry, sent, present } = openAccounts()
    const token = 'a token of another form'
    await expect(present('shop', token)).rejects.toThrow(Refused)
    registry.forAccount('shop').markAccepted('another token of that form')
    registry.forAccount('shop').markAccepted('dal:0123456789abcdef')
    await expect(present('shop', token)).rejects.toThrow(Refused)
    registry.forAccount('club').markAccepted('dal:0123456789abcdee')
    await expect(present('club', token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', provider: 'club' })
    expect(sent).toHaveLength(2)
  })

  it('are the account’s own where it accepted them, or alone has their form', () => {
    const one = new VisitorTokenOwners([
      { name: 'support', hasTokenFormat: null },
      { name: 'shop', hasTokenFormat: isLiveChatToken },
    ])
    expect(one.forAccount('shop').ownsToken('dal:0123456789abcdef')).toBe(true)
    expect(one.forAccount('shop').ownsToken('token')).toBe(false)
    expect(one.forAccount('support').ownsToken('token')).toBe(false)
    one.forAccount('support').markAccepted('token')
    expect(one.forAccount('support').ownsToken('token')).toBe(true)
    const { registry, tokenOf } = openAccounts()
    expect(registry.forAccount('shop').ownsToken(tokenOf('shop'))).toBe(false)
  })
})

describe('LiveChat’s form', () => {
  it.each(['dal:A420qcvpSIGlBzOxwdKTPw', 'fra:0123456789abcdef', 'us-south1:eyJhbGciOi.J9-x_y=='])(
    'has %s',
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
  ])('has no %s', (token) => {
    expect(isLiveChatToken(token)).toBe(false)
  })
})
