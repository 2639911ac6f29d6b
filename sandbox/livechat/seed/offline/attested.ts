import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

/** The two messages of the vendor's own documentation page; their blobs come out byte for byte as printed there. */
export const attestedMessages: readonly OfflineMessageDraft[] = [
  {
    id: 'M144ESBTYG',
    visitorName: 'Mary Brown',
    email: 'mary.brown@mycompany.com',
    skill: 0,
    text: "Hi, \nI'd like to ask about your products, can somebody contact me?\nBest regards,\nMary Brown",
  },
  {
    id: 'M144DSLS7A',
    visitorName: 'Jane Doe',
    email: 'jane.doe@company.com',
    skill: 2,
    text: 'Example message',
  },
]
