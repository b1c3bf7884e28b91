import type { Track, TracksInput } from '../../domain/ports/shop';
import type { Deps } from '../../passes/deps';
import { shopActivities } from '../../activities/magento';
import type { Carrier } from '../../domain/settings';
import { settingsWith } from '../domain/document/settings';

const CARRIERS: Readonly<Record<string, Carrier>> = {
  UPSG: { code: 'ups', title: 'UPS' },
  UPSA: { code: 'ups', title: 'UPS Air' },
  LOCAL: { code: 'acme_bike_courier', title: 'Bike' },
  '*': { code: 'custom', title: 'Carrier' },
};

/** The tracks the shop is given for a ticket that goes by this ship-via code. */
async function tracksFor(shipVia: string | undefined): Promise<readonly Track[]> {
  const given: Track[] = [];
  const activities = shopActivities(
    {
      settings: settingsWith({
        shipping: { shipVia: { '*': 'UPSG' }, carriers: CARRIERS },
        payments: { '*': { payCode: 'CARD', kind: 'cash' } },
      }),
      shop: {
        addTracks: async ({ tracks }: TracksInput) => void given.push(...tracks),
        look: async () => Promise.reject(new Error('looked')),
      },
    } as unknown as Deps,
    async () => undefined,
  );
  await activities
    .addTracks({
      order: '1',
      entityId: 1,
      ticket: { no: '1-01', guid: '7C9E6679-7425-40DE-944B-E07FC1F90AE7' },
      shipmentId: 5,
      tracks: ['1Z1'],
      ...(shipVia === undefined ? {} : { shipVia }),
    })
    .catch((error: unknown) => expect(error).toMatchObject({ message: 'looked' }));
  return given;
}

test.each([
  ['UPSG', { carrier: 'ups', title: 'UPS' }],
  ['UPSA', { carrier: 'ups', title: 'UPS Air' }],
  ['LOCAL', { carrier: 'acme_bike_courier', title: 'Bike' }],
  ['DHLX', { carrier: 'custom', title: 'Carrier' }],
  [undefined, { carrier: 'custom', title: 'Carrier' }],
])(
  'C5-20 ship-via %s goes by the carrier it is mapped to: several to one, any the shop names, and the fallback',
  async (shipVia, carrier) => {
    expect(await tracksFor(shipVia)).toEqual([{ number: '1Z1', ...carrier }]);
  },
);
