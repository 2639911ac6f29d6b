import type { OfflineMessageDraft } from '../../classic/offline-message.ts'

const SENDERS: readonly (readonly [name: string, text: string, skill: number])[] = [
  ['Amelia Frost', 'Where can I see my invoices?', 3],
  ['Ben Carver', 'Do you price match?', 0],
  ['Camille Roux', 'Bonjour, livrez-vous en Corse ?', 2],
  ['Diego Ortega', 'The coupon SPRING10 does not work.', 1],
  ['Eva Lindholm', 'Kan jag hämta i butik?', 2],
  ['Farid Amini', 'Please call me back tomorrow morning.', 0],
  ['Gina Rossi', 'Posso pagare alla consegna?', 3],
  ['Hugo Almeida', 'O site está em baixo? 🤔', 1],
  ['Ines Duarte', 'How long is the warranty?', 0],
  ['Jonas Berg', 'Tracking link is dead.', 2],
  ['Kim Min-jun', '교환 가능한가요?', 2],
  ['Lena Vogt', 'Can I cancel order NF-21010?', 2],
]

/** One-line messages, as most of them are. */
export const shortMessages: readonly OfflineMessageDraft[] = SENDERS.map(([visitorName, text, skill]) => ({
  visitorName,
  email: `${visitorName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@mail.test`,
  text,
  skill,
}))
