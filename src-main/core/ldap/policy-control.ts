import { Control, type BerReader } from 'ldapts'

/** What a password policy says with a bind (draft-behera-ldap-password-policy-10 section 6.2); times in seconds. */
export interface PolicyAnswer {
  readonly error: number | null
  readonly graceSignIns: number | null
  readonly expiresIn: number | null
}

const noAnswer: PolicyAnswer = { error: null, graceSignIns: null, expiresIn: null }

/** Sent with a bind; ldapts hands the directory's answer to the very object that was sent. */
export class PolicyControl extends Control {
  answer: PolicyAnswer = noAnswer

  constructor() {
    super('1.3.6.1.4.1.42.2.27.8.5.1')
  }

  protected override parseControl(reader: BerReader): void {
    if (reader.peek() === null) return
    reader.readSequence()
    if (reader.peek() === 0xa0) {
      reader.readSequence(0xa0)
      const warning = reader.peek()
      const number = warning === 0x80 || warning === 0x81 ? reader.readTag(warning) : null
      this.answer = { ...this.answer, [warning === 0x80 ? 'expiresIn' : 'graceSignIns']: number }
    }
    if (reader.peek() === 0x81) this.answer = { ...this.answer, error: reader.readTag(0x81) }
  }
}
