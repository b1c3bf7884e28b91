import '../support/quiet-runtime';
import { realSides, type RealSides, type Scene } from '../support/real-sides';
import { putAway } from '../support/put-away';

/** A shop with several inventory sources, by Counterpoint location. */
let sides: RealSides;
beforeAll(async () => {
  sides = await realSides({}, { source: { EAST: 'east', '*': 'default' } });
}, 120_000);
afterAll(async () => {
  await sides.close();
});

async function releaseFrom(order: string, locations: Readonly<Record<string, string>>): Promise<void> {
  const clerk = sides.bench.clerk();
  const lines = Object.entries(locations).map(([sku, location]) => ({ sku, qty: 1, location }));
  await clerk.addTracking(await clerk.release({ order, lines }), '1ZEAST');
}

async function attention({ status }: Scene): Promise<{ reason: string; message: string }> {
  for (let asked = 0; asked < 400; asked += 1) {
    const view = await status();
    if (view.attention) return view.attention;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('nobody is needed');
}

const sourcesOf = (order: string): unknown[] =>
  sides.shop.ledger(order).shipments.map((shipment) => shipment.extension_attributes);

it('C5-72 P-20 a shipment refused for its source is told at once, by no word an outage, and goes on once that is stocked', async () => {
  await sides.withOrder('two-lines-checkmo', async (scene) => {
    const { order, reach, wake } = scene;
    await reach('in_counterpoint');
    await releaseFrom(order, { S1: 'EAST' });
    await wake();
    const { reason, message } = await attention(scene);
    expect(reason).toBe('misconfigured');
    expect(message).toMatch(/inventory source east does not exist in the shop or holds less/);
    expect(sourcesOf(order)).toEqual([]);
    sides.shop.sources.stock('east', 'S1', 5);
    await sides.env.sleep('11 minutes');
    await reach('partially_released');
    expect(sourcesOf(order)).toEqual([{ source_code: 'east' }]);
    expect(sides.shop.sources.left('east', 'S1')).toBe(4);
    await putAway(scene.handle);
  });
});

it('C5-72 a ticket of several sources is shipped by a person, and what they ship is taken', async () => {
  sides.shop.sources.stock('east', 'S1', 5);
  await sides.withOrder('two-lines-checkmo', async (scene) => {
    const { order, reach, wake } = scene;
    await reach('in_counterpoint');
    await releaseFrom(order, { S1: 'EAST', S2: 'MAIN' });
    await wake();
    const { reason, message } = await attention(scene);
    expect(reason).toBe('manualShipment');
    expect(message).toContain('EAST: east and MAIN: default');
    expect(sourcesOf(order)).toEqual([]);
    await putAway(scene.handle);
  });
});
