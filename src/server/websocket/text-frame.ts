/** FIN, and the opcode of text (RFC 6455, 5.2). */
const WHOLE_TEXT = 0x81
const LONGEST_SHORT = 125
const LONGEST_MEDIUM = 0xffff

/** An unmasked WebSocket frame, as servers send them, that holds a text in three parts. `opening` may be long. */
export function textFrame(opening: string, middle: Buffer, closing: string): Buffer {
  const openingLength = Buffer.byteLength(opening)
  const length = openingLength + middle.length + closing.length
  const headerLength = length <= LONGEST_SHORT ? 2 : length <= LONGEST_MEDIUM ? 4 : 10
  const frame = Buffer.allocUnsafe(headerLength + length)
  frame[0] = WHOLE_TEXT
  writeLength(frame, length)
  frame.write(opening, headerLength)
  middle.copy(frame, headerLength + openingLength)
  frame.write(closing, headerLength + openingLength + middle.length, 'latin1')
  return frame
}

function writeLength(frame: Buffer, length: number): void {
  if (length <= LONGEST_SHORT) {
    frame[1] = length
  } else if (length <= LONGEST_MEDIUM) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
}
