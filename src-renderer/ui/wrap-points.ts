/** Cuts a DN, filter or address where a line may end: after commas, and before brackets. */
export function wrapPoints(text: string): readonly string[] {
  return text.split(/(?<=,)|(?=\()|(?<=[/&?_])/).filter((part) => part !== '')
}
