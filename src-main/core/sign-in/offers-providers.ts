/** The values of AUTH_METHOD with which providers have buttons. */
export const offersProviders: ReadonlySet<string | null> = new Set(['oidc', 'both', 'all'])
