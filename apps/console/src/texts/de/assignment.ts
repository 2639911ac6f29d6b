import type { Texts } from '../en/index.ts'
import { plural } from './general.ts'

export const assignment: Texts['assignment'] = {
  assigned: 'Zugewiesen an',
  nobody: 'niemand',
  menu: 'Unterhaltung zuweisen',
  search: 'Agenten und Abteilungen suchen',
  direct: 'Direkt',
  agents: 'Agenten',
  departments: 'Abteilungen',
  take: 'Selbst übernehmen',
  takeShort: 'Übernehmen',
  takeOver: 'Übernehmen',
  serving: 'Sie betreuen sie',
  asAgent: (name) => `als ${name}`,
  requeue: 'Zurück in die Warteschlange',
  current: 'jetzt',
  load: (count, formatted) => plural(count, { one: '1 Unterhaltung', other: `${formatted} Unterhaltungen` }),
  loadOf: (active, most) => `${active} von ${most} Unterhaltungen`,
  notAccepting: 'nimmt keine Chats an',
  nobodyOnline: 'niemand online',
  unnamedDepartment: 'Ohne Namen',
  loadingAgents: 'Agenten werden geladen…',
  noMatch: 'Nichts gefunden.',
  notPossible: 'Der Anbieter nennt keinen Grund.',
  noOwnAgent: 'Sie haben bei diesem Anbieter keinen Agenten.',
  acceptAndTake: 'Chats annehmen und übernehmen',
}
