/** A certificate's subject or issuer, of which Node makes a line for each part: the most special part first, as people read it. */
export const nameInOneLine = (name: string): string => name.split('\n').toReversed().join(', ')
