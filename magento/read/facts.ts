import type { ShopFacts, StoreConfig } from '../../domain/ports/shop';
import { z } from 'zod';
import { ShopError } from '../http/errors';
import type { Transport } from '../http/transport';
import { id, list, parse, requiredText, text } from '../parse/php-json';

const storeConfig = z.looseObject({
  id,
  code: requiredText,
  timezone: text,
  base_currency_code: text,
  locale: text,
  base_url: text,
});

/** What the shop is: its modules (where the token may see them) and store views. */
export async function readFacts(wire: Transport): Promise<ShopFacts> {
  const [modules, configs] = await Promise.all([
    readModules(wire),
    wire.get('/store/storeConfigs', { doing: 'reading the shop’s store views' }),
  ]);
  const storeConfigs: StoreConfig[] = parse(list(storeConfig), configs.body, {
    name: 'The list of the shop’s store views',
  }).map((config) => ({
    id: config.id,
    code: config.code,
    timezone: config.timezone ?? 'UTC',
    currency: config.base_currency_code ?? '',
    locale: config.locale,
    baseUrl: config.base_url,
  }));
  return { modules, storeConfigs };
}

const NOT_SHOWN: readonly string[] = ['shopNotAuthorised', 'shopRouteUnknown', 'shopBlocked'];

/** Needs a right that Cantus can do without. */
async function readModules(wire: Transport): Promise<readonly string[] | null> {
  try {
    const { body } = await wire.get('/modules', { doing: 'reading the shop’s modules' });
    return parse(list(z.string()), body, { name: 'The list of the shop’s modules' });
  } catch (error) {
    if (error instanceof ShopError && NOT_SHOWN.includes(error.code)) return null;
    throw error;
  }
}
