import type { Texts } from '../en/index.ts'
import { createPlural } from '../plural.ts'

export const plural = createPlural('de')

export const general: Texts['general'] = {
  all: 'Alle',
  loading: 'Wird geladen …',
  showMore: 'Mehr anzeigen',
  visitor: 'Ein Besucher',
  agent: 'Agent',
  file: 'Eine Datei',
  messageDeleted: 'Nachricht gelöscht',
}
