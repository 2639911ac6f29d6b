/** FIN bit and text opcode (RFC 6455, 5.2). */
const FINAL_TEXT_FRAME = 0x81
const MAX_7_BIT_LENGTH = 125
const MAX_16_BIT_LENGTH = 0xffff

/** Builds an unmasked WebSocket text frame, as servers send them, from three parts. `opening` may be long. */
export function textFrame(opening: string, middle: Buffer, closing: string): Buffer {
  const openingLength = Buffer.byteLength(opening)
  const length = openingLength + middle.length + closing.length
  const headerLength = length <= MAX_7_BIT_LENGTH ? 2 : length <= MAX_16_BIT_LENGTH ? 4 : 10
  const frame = Buffer.allocUnsafe(headerLength + length)
  frame[0] = FINAL_TEXT_FRAME
  writeLength(frame, length)
  frame.write(opening, headerLength)
  middle.copy(frame, headerLength + openingLength)
  frame.write(closing, headerLength + openingLength + middle.length, 'latin1')
  return frame
}

function writeLength(frame: Buffer, length: number): void {
  if (length <= MAX_7_BIT_LENGTH) {
    frame[1] = length
  } else if (length <= MAX_16_BIT_LENGTH) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
}
