/** The sign-in. */
export const session = {
  signIn: 'Sign in',
  explanation: 'Sign in with an operator’s key, one of the gateway’s OPERATOR_KEYS.',
  key: 'Operator key',
  unknownKey: 'The gateway knows no operator with this key.',
  keyRefused:
    'You are signed out: the gateway does not accept your key any more. It was replaced, or has expired.',
}
