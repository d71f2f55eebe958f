import { Ber, BerWriter, Control } from 'ldapts'

export const pagedResults = '1.2.840.113556.1.4.319'

/**
 * Asks for one page (RFC 2696), critically: a server that does not know pages says so. ldapts' own control ends the
 * read at a page without entries; the cookie of the next page is read from the answer itself.
 */
export class PagedControl extends Control {
  constructor(
    private readonly size: number,
    private readonly cookie: Buffer,
  ) {
    super(pagedResults, { critical: true })
  }

  override writeControl(writer: BerWriter): void {
    const value = new BerWriter()
    value.startSequence()
    value.writeInt(this.size)
    value.writeBuffer(this.cookie, Ber.OctetString)
    value.endSequence()
    writer.writeBuffer(value.buffer, Ber.OctetString)
  }
}
