import type { Texts } from '../en/index.ts'

export const closing: Texts['closing'] = {
  close: 'Schließen',
  title: 'Unterhaltung schließen?',
  comment: 'Kommentar',
  visitorSeesIt: 'Der Besucher sieht diesen Kommentar.',
  tags: 'Weitere Tags',
  mailTranscript: (email) => `Protokoll an ${email} senden`,
  keepOpen: 'Offen lassen',
  confirm: 'Unterhaltung schließen',
}
