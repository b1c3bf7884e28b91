import Ajv, { type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORDER_KINDS, sampleOrder, sampleOrderNames, startShop, type SandboxShop } from '../../../sandbox/shop';
import { call, listAt } from './shop-calls';

type Schema = Record<string, unknown>;
interface Described {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, { readonly schema?: Schema }> }>>;
  readonly definitions: Record<string, { properties?: Record<string, Schema> }>;
}

const described = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/magento/openapi-sales.json'), 'utf8'),
) as Described;

/** Getters that answer null although the description does not say so (contract: nulls are omitted, but for these). */
const NULLABLE = [
  'account_status',
  'cc_last4',
  'comment',
  'is_customer_notified',
  'parent_txn_id',
  'weight',
  'qty',
  'description',
];

/** Sent as strings (or numbers) against their description, on a real shop too. */
const LOOSE: Readonly<Record<string, unknown>> = {
  option_value: ['integer', 'string'],
  packages: 'array',
  additional_information: 'array',
};

const validators = (): ((method: string, path: string) => ValidateFunction) => {
  const definitions = structuredClone(described.definitions);
  for (const definition of Object.values(definitions)) {
    for (const [name, property] of Object.entries(definition.properties ?? {})) {
      if (LOOSE[name] !== undefined)
        definition.properties = { ...definition.properties, [name]: { type: LOOSE[name] } };
      else if (NULLABLE.includes(name) && typeof property['type'] === 'string')
        property['type'] = [property['type'], 'null'];
    }
  }
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  return (method, path) => {
    const schema = described.paths[path]?.[method.toLowerCase()]?.responses['200']?.schema;
    if (!schema) throw new Error(`${method} ${path} is not described`);
    return ajv.compile({ ...schema, definitions });
  };
};

const ROUTES = [
  ['GET', '/V1/orders', '/V1/orders?searchCriteria='],
  ['GET', '/V1/orders/items', '/V1/orders/items?searchCriteria='],
  ['GET', '/V1/invoices', '/V1/invoices?searchCriteria='],
  ['GET', '/V1/shipments', '/V1/shipments?searchCriteria='],
  ['GET', '/V1/creditmemos', '/V1/creditmemos?searchCriteria='],
  ['GET', '/V1/transactions', '/V1/transactions?searchCriteria='],
  ['GET', '/V1/store/storeConfigs', '/V1/store/storeConfigs'],
  ['GET', '/V1/store/storeViews', '/V1/store/storeViews'],
  ['GET', '/V1/store/storeGroups', '/V1/store/storeGroups'],
  ['GET', '/V1/store/websites', '/V1/store/websites'],
  ['GET', '/V1/modules', '/V1/modules'],
] as const;

describe('answers against the published description of the API', () => {
  let shop: SandboxShop;
  const validator = validators();

  beforeAll(async () => {
    shop = await startShop();
    // The field samples hold what reports showed, not every column.
    for (const name of sampleOrderNames()) if (!name.startsWith('field-')) shop.seed(sampleOrder(name));
    for (const kind of ORDER_KINDS) shop.place(kind);
    const order = shop.place('authorised-two-lines').incrementId;
    await shop.invoiceByHand(order, { S1: 1 });
    await shop.invoiceByHand(order);
    await shop.shipByHand(order, { S1: 1 }, ['1ZA']);
    await shop.refund(order, { S1: 1 }, { online: true });
    await shop.cancel(shop.place('authorised').incrementId);
    await shop.edit(shop.place('simple-checkmo').incrementId);
  });
  afterAll(() => shop.close());

  it.each(ROUTES)('%s %s validates', async (method, path, target) => {
    const validate = validator(method, path);
    const answered = await call(shop, method, target);
    expect(answered.status).toBe(200);
    validate(answered.body);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('lists hold something of every kind, so that there was something to validate', async () => {
    for (const path of ['/V1/orders', '/V1/invoices', '/V1/shipments', '/V1/creditmemos', '/V1/transactions']) {
      const { body } = await call(shop, 'GET', `${path}?searchCriteria=`);
      expect(listAt(body, 'items').length).toBeGreaterThan(0);
    }
  });

  it('the description does find a wrong answer', () => {
    const validate = validator('GET', '/V1/orders/{id}');
    expect(validate({ items: [], grand_total: 'ten' })).toBe(false);
  });

  it('a single order validates and equals its list item key for key', async () => {
    const { body: list } = await call(shop, 'GET', '/V1/orders?searchCriteria=');
    const validate = validator('GET', '/V1/orders/{id}');
    for (const listed of listAt(list, 'items')) {
      const { body } = await call(shop, 'GET', `/V1/orders/${String((listed as { entity_id: number }).entity_id)}`);
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
      expect(body).toEqual(listed);
    }
  });
});
