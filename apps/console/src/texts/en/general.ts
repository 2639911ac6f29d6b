import { createPlural } from '../plural.ts'

export const plural = createPlural('en')

/** Texts that several areas use. */
export const general = {
  all: 'All',
  loading: 'Loading…',
  showMore: 'Show more',
  visitor: 'A visitor',
  agent: 'Agent',
  file: 'A file',
  messageDeleted: 'Message deleted',
}
