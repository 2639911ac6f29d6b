import type { Texts } from '../en/index.ts'

export const status: Texts['status'] = {
  title: 'Neue Chats annehmen',
  summaries: { available: 'Nimmt Chats an', partly: 'Nimmt teils an', away: 'Nimmt keine an' },
  asAgent: (name, isAccepting) =>
    isAccepting ? `${name} nimmt Chats an` : `${name} nimmt keine neuen Chats an`,
  cannotChange: 'Dieser Anbieter lässt das hier nicht ändern.',
}
