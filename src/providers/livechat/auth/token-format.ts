/**
 * Whether a token has LiveChat's format: a region, a colon, and a long opaque part
 * (docs/providers/livechat.md 5). Any region matches, because the vendor adds new ones.
 */
export function isLiveChatToken(token: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+\d*)?:[^\s:]{16,}$/.test(token)
}
