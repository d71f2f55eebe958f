export const accountTexts = {
  pendingLinks_one: 'One account waits for its link to be confirmed',
  pendingLinks_other: '{{count}} accounts wait for their link to be confirmed',
  unsynced: 'The directory was not synchronised by itself: {{why}}',
  adminUnmatched: 'ADMIN_USERNAMES names {{name}}, and no local account has this name',
} as const
