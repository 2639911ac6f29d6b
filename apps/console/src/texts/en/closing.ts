/** Closing a conversation. */
export const closing = {
  close: 'Close',
  title: 'Close the conversation?',
  comment: 'Comment',
  visitorSeesIt: 'The visitor sees this comment.',
  tags: 'Tags to add',
  mailTranscript: (email: string) => `Mail the transcript to ${email}`,
  keepOpen: 'Leave it open',
  confirm: 'Close the conversation',
}
