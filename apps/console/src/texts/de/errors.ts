import type { Texts } from '../en/index.ts'

export const errors: Texts['errors'] = {
  unreachable: 'Das Gateway ist nicht erreichbar.',
  failed: 'Das hat nicht funktioniert.',
  outcomeUnknown:
    'Es kam keine Antwort: Vielleicht wurde es ausgeführt, vielleicht nicht. Sehen Sie in der Unterhaltung nach, bevor Sie es erneut versuchen.',
  rateLimited:
    'Zu viele Anfragen auf einmal. Nichts wurde ausgeführt; versuchen Sie es nach der Wartezeit erneut.',
  tryAgain: 'Erneut versuchen',
  tryAgainIn: (duration) => `Erneut versuchen in ${duration}`,
  dismiss: 'Verwerfen',
  from: (provider, explanation) => `${provider}: ${explanation}`,
}
