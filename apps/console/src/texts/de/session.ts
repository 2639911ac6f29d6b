import type { Texts } from '../en/index.ts'

export const session: Texts['session'] = {
  signIn: 'Anmelden',
  explanation: 'Melden Sie sich mit dem Schlüssel eines Operators an, einem der OPERATOR_KEYS des Gateways.',
  key: 'Operator-Schlüssel',
  unknownKey: 'Das Gateway kennt keinen Operator mit diesem Schlüssel.',
  keyRefused:
    'Sie sind abgemeldet: Das Gateway nimmt Ihren Schlüssel nicht mehr an. Er wurde ersetzt oder ist abgelaufen.',
}
