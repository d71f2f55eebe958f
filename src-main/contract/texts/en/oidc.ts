export const oidcTexts = {} as const
