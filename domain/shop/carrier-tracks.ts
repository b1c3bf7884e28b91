import type { Carrier, Settings } from '../settings';

const ANY_CARRIER: Carrier = { code: 'custom', title: 'Carrier' };

/** Tracking numbers as the shop takes them, with the carrier that stands for the ticket's ship-via code (C5-20). */
export function carrierTracks(
  numbers: readonly string[],
  shipVia: string | undefined,
  { carriers }: Settings['shipping'],
): { number: string; title: string; carrier: string }[] {
  const carrier = (shipVia === undefined ? undefined : carriers[shipVia]) ?? carriers['*'] ?? ANY_CARRIER;
  return numbers.map((number) => ({ number, title: carrier.title, carrier: carrier.code }));
}
