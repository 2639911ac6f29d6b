import fc from 'fast-check'

/** Any text, including control characters, emoji, right-to-left script and lone surrogates. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '.',
    '..',
    '/',
    '"',
    '\\',
    '\u0000',
    '\ud800',
    '\udc00x',
    '__proto__',
    'null',
    '🙏',
    'מלל',
  ),
)

/** Text that is not a token, including text that resembles one. */
export const nonToken = fc.oneof(
  anyText,
  fc.base64String(),
  fc.json().map((json) => Buffer.from(json).toString('base64url')),
  fc
    .array(fc.oneof(fc.constantFrom(1, 'r', 'm', null, 0, -1, 1.5, 2 ** 53, {}), fc.string()))
    .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
)

/** Non-canonical encodings of a token's contents, which must not be accepted. */
export function otherEncodings(code: string): fc.Arbitrary<string> {
  const json = Buffer.from(code, 'base64url').toString()
  return fc.constantFrom(
    `${code}=`,
    `${code}A`,
    `${code} `,
    ` ${code}`,
    `${code}\n`,
    `-${code}`,
    Buffer.from(`${json} `).toString('base64url'),
    Buffer.from(` ${json}`).toString('base64url'),
    Buffer.from(json.replace('[', '[ ')).toString('base64url'),
    Buffer.from(json.replace(/\]$/, ',null]')).toString('base64url'),
    Buffer.from(json.replace(/^\[([12]),/, '[$1.0,')).toString('base64url'),
    Buffer.from(json.replace(/^\[([12]),/, '["$1",')).toString('base64url'),
    Buffer.from(json.replace(/^\[[12],/, '[3,')).toString('base64url'),
  )
}
