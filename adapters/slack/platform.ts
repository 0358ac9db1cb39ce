/** The name of this platform in the place table, the outbox and receipts. */
export const platform = 'slack';
