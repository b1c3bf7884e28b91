/** Facts about the order itself, told once; those about tickets and lines carry an id. */
export const HISTORY_KEY = 'H';
export const GONE_KEY = 'Z';
export const BACK_KEY = 'B';
