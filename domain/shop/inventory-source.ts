import { misconfigured, refused } from '../errors';
import { listed } from '../text/listing';
import type { MagentoSettings } from '../settings';

export interface Parcel {
  readonly order: string;
  /** Number of the release ticket. */
  readonly ticket: string;
  /** Counterpoint locations its goods left from; empty where nothing is known of them. */
  readonly locations: readonly string[];
}

/**
 * The inventory source a parcel is shipped from, by `magento.source`: one for the whole instance, or one for each
 * Counterpoint location; undefined leaves it to the shop. A shipment has one source, so goods that left from several
 * locations go together only where these share one.
 * @throws misconfigured `sourceUnmapped`, refused `sourcesDiffer`
 */
export function sourceOf(setting: MagentoSettings['source'], parcel: Parcel): string | undefined {
  if (setting === null || typeof setting === 'string') return setting ?? undefined;
  const named = parcel.locations.length === 0 ? ['*'] : parcel.locations;
  const sources = named.map((location) => [location, setting[location] ?? setting['*']] as const);
  const unmapped = sources.find(([, source]) => source === undefined);
  if (unmapped) throw sourceUnmapped(parcel, unmapped[0]);
  const [[, only] = []] = sources;
  if (sources.some(([, source]) => source !== only)) throw sourcesDiffer(parcel, sources);
  return only;
}

const sourceUnmapped = ({ order, ticket }: Parcel, location: string): Error =>
  misconfigured({
    code: 'sourceUnmapped',
    reason: 'misconfigured',
    order,
    field: 'magento.source',
    message:
      location === '*'
        ? `It is not known from which location the goods of ticket ${ticket} of order ${order} left, and magento.source has no "*".`
        : `The goods of ticket ${ticket} of order ${order} left from location ${location}, which magento.source gives no inventory source.`,
    remedy: 'Add it to magento.source in the configuration and restart the worker.',
  });

const sourcesDiffer = (
  { order, ticket }: Parcel,
  sources: readonly (readonly [location: string, source: string | undefined])[],
): Error =>
  refused({
    code: 'sourcesDiffer',
    reason: 'manualShipment',
    order,
    field: 'magento.source',
    message:
      `The goods of ticket ${ticket} of order ${order} left from locations with different inventory sources ` +
      `(${listed(sources.map(([location, source]) => `${location}: ${source ?? ''}`))}), and a shipment in the shop has one. ` +
      'Ship them in the shop by hand, one shipment for each source, then adopt.',
  });
