import { parse } from '@rocket.chat/message-parser'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, it } from 'vitest'
import { canHaveMarkup } from '../../apps/console/src/room/text/can-have-markup.ts'
import { parseCommonMark } from '../../apps/console/src/room/text/common-mark.ts'
import { safeAddress } from '../../apps/console/src/room/text/links.ts'
import { parsePlainText } from '../../apps/console/src/room/text/plain-text.ts'
import { plainTextOf, type RichNode } from '../../apps/console/src/room/text/rich-node.ts'
import { parseRocketChatMarkup } from '../../apps/console/src/room/text/rocket-chat-markup.ts'

const asMarkup = (text: string) => parseRocketChatMarkup(text, parse)
const asCommonMark = (text: string) => parseCommonMark(text, fromMarkdown)

/** The addresses of all links, in order. */
function addressesOf(nodes: readonly RichNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'link') return [node.href]
    if (node.kind === 'list') return addressesOf(node.items.flat())
    return 'nodes' in node ? addressesOf(node.nodes) : []
  })
}

describe.each([
  ['plain text', parsePlainText],
  ['Rocket.Chat’s markup', asMarkup],
  ['CommonMark', asCommonMark],
])('%s', (_name, parseText) => {
  it('has links to pages and addresses, and shows everything else as it was written', () => {
    const text = 'See https://intranet/a?b=1#c and www.example.com, write to help@example.com.'
    const nodes = parseText(text)
    expect(plainTextOf(nodes)).toBe(text)
    expect(addressesOf(nodes)).toEqual([
      'https://intranet/a?b=1#c',
      'https://www.example.com/',
      'mailto:help@example.com',
    ])
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://shop.example/1',
    'https://bank.example@thief.example/',
    'https://user:secret@shop.example/',
    'https://',
    '<a href="javascript:alert(1)">here</a>',
    '<img src=x onerror=alert(1)>',
  ])('makes no unsafe link of %s', (text) => {
    for (const written of [text, `[here](${text})`, `<${text}|here>`, `![here](${text})`]) {
      for (const address of addressesOf(parseText(written))) {
        expect(address).toMatch(/^(?:https?:\/\/[^@]*|mailto:.*)$/)
      }
    }
  })

  it('removes control characters and marks that reverse the order of a text', () => {
    const nodes = parseText('photo_\u202egpj.exe \u2066x\u2069 a\u0000b\u009bc https://example.com/\u202etxt')
    expect(plainTextOf(nodes)).toBe('photo_gpj.exe x abc https://example.com/txt')
    expect(addressesOf(nodes)).toEqual(['https://example.com/txt'])
  })

  it('keeps the text of whatever people and programs write', () => {
    for (const text of [
      '',
      ' ',
      '*',
      '[]()',
      '[a](b',
      '```',
      '`` ` ``',
      '> > > >',
      '*_~*_~text~_*~_*',
      `${'*_~'.repeat(30)}deep${'~_*'.repeat(30)}`,
      `${'['.repeat(60)}open`,
      `${'> '.repeat(60)}quoted`,
      `${'- '.repeat(60)}listed`,
    ]) {
      const shown = plainTextOf(parseText(text))
      for (const word of text.match(/[a-z]+/g) ?? []) expect(shown).toContain(word)
    }
  })
})

it('shows Rocket.Chat’s markup in its form', () => {
  expect(asMarkup('*bold* _leaning_ ~gone~ `code`')).toEqual([
    {
      kind: 'paragraph',
      nodes: [
        { kind: 'strong', nodes: [{ kind: 'text', text: 'bold' }] },
        { kind: 'text', text: ' ' },
        { kind: 'emphasis', nodes: [{ kind: 'text', text: 'leaning' }] },
        { kind: 'text', text: ' ' },
        { kind: 'strike', nodes: [{ kind: 'text', text: 'gone' }] },
        { kind: 'text', text: ' ' },
        { kind: 'code', text: 'code' },
      ],
    },
  ])
  expect(asMarkup('# Title\n2. two\n3. three\n> said\n```\nlet x\n```').map(({ kind }) => kind)).toEqual([
    'heading',
    'list',
    'quote',
    'codeBlock',
  ])
})

it('shows CommonMark in its form, and HTML as text', () => {
  expect(asCommonMark('**bold** _leaning_ `code`<br>')).toEqual([
    {
      kind: 'paragraph',
      nodes: [
        { kind: 'strong', nodes: [{ kind: 'text', text: 'bold' }] },
        { kind: 'text', text: ' ' },
        { kind: 'emphasis', nodes: [{ kind: 'text', text: 'leaning' }] },
        { kind: 'text', text: ' ' },
        { kind: 'code', text: 'code' },
        { kind: 'text', text: '<br>' },
      ],
    },
  ])
  expect(asCommonMark('3. three\n4. four')).toEqual([
    { kind: 'list', start: 3, items: [[{ kind: 'text', text: 'three' }], [{ kind: 'text', text: 'four' }]] },
  ])
  expect(
    asCommonMark('# Title\n\n> said\n\n```\nlet x\n```\n<script>alert(1)</script>').map(({ kind }) => kind),
  ).toEqual(['heading', 'quote', 'codeBlock', 'paragraph'])
})

it('names the host of a link whose label names another one', () => {
  const [paragraph] = asMarkup('[https://bank.example](https://thief.example/login)')
  expect(paragraph).toMatchObject({ nodes: [{ kind: 'link', otherHost: 'thief.example' }] })
  const [honest] = asMarkup('[https://bank.example/a](https://bank.example/b) [Bank](https://bank.example)')
  expect(honest).toMatchObject({ nodes: [{ otherHost: null }, { kind: 'text' }, { otherHost: null }] })
})

it('opens nothing but pages, mail and calls', () => {
  expect(safeAddress('tel:+49 30 1234')).toBe('tel:+49 30 1234')
  expect(safeAddress('//shop.example/a')).toBe('https://shop.example/a')
  for (const address of ['', '#top', '/a', 'about:blank', 'ws://shop.example', 'intent://scan'])
    expect(safeAddress(address)).toBeNull()
})

it('does not parse what has no markup, or so much that it would take long', () => {
  expect(canHaveMarkup('Good morning, Grace')).toBe(false)
  expect(canHaveMarkup('*Good* morning')).toBe(true)
  expect(canHaveMarkup('['.repeat(201))).toBe(false)
  expect(canHaveMarkup(`*${'a'.repeat(5_000)}*`)).toBe(false)
})
