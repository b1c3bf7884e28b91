/** The two systems an instance stands between; while one of them is away, everything that needs it waits. */
export const SYSTEMS = ['shop', 'counterpoint'] as const;
export type System = (typeof SYSTEMS)[number];

export const SYSTEM_NAME: Readonly<Record<System, string>> = { shop: 'The shop', counterpoint: 'Counterpoint' };

/** Code of a call that was not made because its system is known to be away. */
export const OUTAGE_CODE: Readonly<Record<System, string>> = {
  shop: 'shopOutage',
  counterpoint: 'counterpointOutage',
};

/** An outage is a matter of its instance: an order that meets one waits and needs nobody. */
export const isOutage = ({ code }: { readonly code: string }): boolean => Object.values(OUTAGE_CODE).includes(code);
