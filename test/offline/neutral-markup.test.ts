import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfflineMessageDraft } from '../../src/domain/offline-messages.ts'
import { buildOfflineForm } from '../../src/providers/rocketchat/offline.ts'
import { listAll, openOfflineGateway, send } from './offline-gateway.ts'

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(1)">',
  '</p><a href="https://evil.example">click</a>',
  '" onmouseover="alert(1)',
  '<!-- ',
  ']]>',
  '&lt;b&gt; and &amp;amp; &#60;i&#62;',
  '\u0000<\u2028>',
]
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(fc.constantFrom(...hostile), fc.string(), fc.constant('\r\n')))
    .map((parts) => parts.join('')),
)
const draft: fc.Arbitrary<OfflineMessageDraft> = fc.record({
  name: text,
  email: text,
  text,
  department: fc.option(text),
  host: fc.option(text),
})
const defaults = { department: null, host: null }

const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" }

/** The text that a mail program shows for text without markup. */
const shown = (html: string): string =>
  html.replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => characters[name] ?? '')

describe('the text in Rocket.Chat’s HTML mails', () => {
  it('contains no markup, whatever the visitor wrote', () => {
    fc.assert(
      fc.property(draft, (written) => {
        const form = buildOfflineForm(written, defaults)
        for (const value of Object.values(form)) expect(value).not.toMatch(/[<>]/)
        expect(form['host'] ?? '').not.toMatch(/["']/)
      }),
    )
  })

  it('shows the visitor’s exact text, newlines included', () => {
    fc.assert(
      fc.property(draft, (written) => {
        const form = buildOfflineForm(written, defaults)
        expect(shown(form['message'] ?? '')).toBe(written.text)
        expect(shown(form['name'] ?? '')).toBe(written.name)
        expect(shown(form['host'] ?? '')).toBe(written.host ?? '')
      }),
    )
  })

  it('leaves addresses and departments unchanged, because the server looks them up', () => {
    const spelled = { name: 'Ada', email: 'r&d@mail.test', text: 'Hi', department: 'R&D', host: null }
    expect(buildOfflineForm(spelled, defaults)).toMatchObject({ email: 'r&d@mail.test', department: 'R&D' })
  })

  it('differs from the text that the gateway stores', async () => {
    const offlineGateway = await openOfflineGateway()
    const written = {
      text: hostile.slice(0, 6).join('\n'),
      name: '<b>Ada</b>',
      host: 'https://a.test/?a=1&b="<i>"',
    }
    await send(offlineGateway, written)
    const [mail] = offlineGateway.rocketChat.workspace.mails
    expect(`${mail?.name}${mail?.message}${mail?.host}`).not.toMatch(/[<>]/)
    expect(await listAll(offlineGateway)).toMatchObject([
      { name: written.name, text: written.text, rawText: written.text },
    ])
  })
})
