/**
 * Whether a token has the form of LiveChat's: a region, a colon, and a long opaque part
 * (docs/providers/livechat.md 5). Any region counts: the vendor opens new ones.
 */
export function isLiveChatToken(token: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+\d*)?:[^\s:]{16,}$/.test(token)
}
