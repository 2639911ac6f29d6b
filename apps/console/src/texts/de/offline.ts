import type { Texts } from '../en/index.ts'
import { plural } from './general.ts'

export const offline: Texts['offline'] = {
  title: 'Offline-Nachrichten',
  noneOfWeek: 'In den letzten sieben Tagen hat niemand eine Nachricht hinterlassen.',
  noneFound: 'Keine Nachricht passt zu diesen Filtern.',
  clearFilters: 'Filter zurücksetzen',
  sender: 'Unbekannt',
  provider: 'Anbieter',
  delivery: 'Zustellung',
  from: 'Von',
  to: 'Bis',
  text: 'Texte durchsuchen',
  total: (count) => `${count} insgesamt.`,
  totalOfWeek: (count) => `${count} in den letzten sieben Tagen.`,
  arrived: (count) =>
    plural(count, { one: 'Eine weitere ist da: anzeigen', other: `${count} weitere sind da: anzeigen` }),
  attempts: (count) => plural(count, { one: '1 Versuch', other: `${count} Versuche` }),
  nextAttempt: (time) => `nächster um ${time}`,
  sendAgain: 'Noch einmal senden',
  unconfirmed:
    'Beim Senden kam keine Antwort, sie kann also angekommen sein. Sehen Sie beim Anbieter nach, bevor Sie sie noch einmal senden.',
  sendAgainUnconfirmed: 'Noch einmal senden, obwohl sie angekommen sein kann',
  discard: 'Verwerfen',
  readAgain: 'Liste neu lesen',
  states: {
    RECEIVED: 'Beim Anbieter',
    QUEUED: 'Wartet auf den Versand',
    SENT: 'Gesendet',
    UNCONFIRMED: 'Unbestätigt',
    FAILED: 'Fehlgeschlagen',
    DISCARDED: 'Verworfen',
  },
}
