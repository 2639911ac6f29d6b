/** Failures, in words. The gateway's own explanations are in English. */
export const errors = {
  unreachable: 'The gateway cannot be reached.',
  failed: 'That did not work.',
  outcomeUnknown:
    'No answer came, so it may or may not have been done. Look at the conversation before you try again.',
  rateLimited: 'Too many requests at once. Nothing was done; try again after the wait.',
  tryAgain: 'Try again',
  tryAgainIn: (duration: string) => `Try again in ${duration}`,
  dismiss: 'Dismiss',
  from: (provider: string, explanation: string) => `${provider}: ${explanation}`,
}
