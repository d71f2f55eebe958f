export const ldapTexts = {} as const
