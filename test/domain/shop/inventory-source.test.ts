import { sourceOf } from '../../../domain/shop/inventory-source';
import type { MagentoSettings } from '../../../domain/settings';
import { failure } from '../../magento/calls';

const at = (...locations: string[]) => ({ order: '000000012', ticket: '000000012-01', locations });
type Setting = MagentoSettings['source'];

describe('C5-72 the inventory source of a shipment', () => {
  test.each<[string, Setting, string[], string | undefined]>([
    ['is the shop’s own choice where nothing is set', null, ['MAIN'], undefined],
    ['is the one that is set', 'east', ['MAIN', 'EAST'], 'east'],
    ['follows the location', { MAIN: 'main', EAST: 'east' }, ['EAST'], 'east'],
    [
      'is that of all others where the location has none of its own',
      { MAIN: 'main', '*': 'default' },
      ['WEST'],
      'default',
    ],
    ['is that of all others where no location is known', { MAIN: 'main', '*': 'default' }, [], 'default'],
    ['is one where several locations share it', { MAIN: 'main', '*': 'default' }, ['WEST', 'EAST'], 'default'],
  ])('%s', (_what, setting, locations, source) => {
    expect(sourceOf(setting, at(...locations))).toBe(source);
  });

  const refusal = async (setting: Setting, ...locations: string[]) =>
    (await failure(Promise.resolve().then(() => sourceOf(setting, at(...locations))))).facts;

  test('P-20 a location without a source is named, and so is one nobody knows', async () => {
    const unmapped = {
      kind: 'misconfigured',
      code: 'sourceUnmapped',
      reason: 'misconfigured',
      field: 'magento.source',
    };
    const facts = await refusal({ MAIN: 'main' }, 'MAIN', 'EAST');
    expect(facts).toMatchObject(unmapped);
    expect(facts.message).toContain('EAST');
    expect(await refusal({ MAIN: 'main' })).toMatchObject(unmapped);
  });

  test('C5-72 goods of several sources cannot be one shipment: a person makes them', async () => {
    const facts = await refusal({ MAIN: 'main', EAST: 'east' }, 'MAIN', 'EAST');
    expect(facts).toMatchObject({ kind: 'refused', code: 'sourcesDiffer', reason: 'manualShipment' });
    expect(facts.message).toMatch(/MAIN: main and EAST: east/);
  });
});
