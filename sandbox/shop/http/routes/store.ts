import type { Call, Route } from '../route';

const resource = 'Magento_Backend::store';

const storeConfigs = ({ baseUrl }: Call): unknown => {
  const url = `${baseUrl}/`;
  return [
    {
      id: 1,
      code: 'default',
      website_id: 1,
      locale: 'en_US',
      base_currency_code: 'USD',
      default_display_currency_code: 'USD',
      timezone: 'America/New_York',
      weight_unit: 'lbs',
      base_url: url,
      base_link_url: url,
      base_static_url: `${url}static/`,
      base_media_url: `${url}media/`,
      secure_base_url: url,
      secure_base_link_url: url,
      secure_base_static_url: `${url}static/`,
      secure_base_media_url: `${url}media/`,
    },
  ];
};

const WEBSITES = [
  { id: 0, code: 'admin', name: 'Admin', default_group_id: 0 },
  { id: 1, code: 'base', name: 'Main Website', default_group_id: 1 },
];
const GROUPS = [
  { id: 0, website_id: 0, root_category_id: 0, default_store_id: 0, name: 'Default', code: 'default' },
  {
    id: 1,
    website_id: 1,
    root_category_id: 2,
    default_store_id: 1,
    name: 'Main Website Store',
    code: 'main_website_store',
  },
];
const VIEWS = [
  { id: 0, code: 'admin', name: 'Admin', website_id: 0, store_group_id: 0, is_active: 1 },
  { id: 1, code: 'default', name: 'Default Store View', website_id: 1, store_group_id: 1, is_active: 1 },
];

const MODULES = [
  'Magento_Store',
  'Magento_Directory',
  'Magento_Eav',
  'Magento_Customer',
  'Magento_Backend',
  'Magento_Catalog',
  'Magento_Quote',
  'Magento_Sales',
  'Magento_SalesRule',
  'Magento_Tax',
  'Magento_Shipping',
  'Magento_Bundle',
  'Magento_ConfigurableProduct',
  'Magento_GroupedProduct',
  'Magento_Downloadable',
  'Magento_GiftMessage',
  'Magento_OfflinePayments',
  'Magento_Paypal',
  'Magento_Integration',
  'Magento_Webapi',
];

const COUNTRY_US = {
  id: 'US',
  two_letter_abbreviation: 'US',
  three_letter_abbreviation: 'USA',
  full_name_locale: 'United States',
  full_name_english: 'United States',
};

const CURRENCY = {
  base_currency_code: 'USD',
  base_currency_symbol: '$',
  default_display_currency_code: 'USD',
  default_display_currency_symbol: '$',
  available_currency_codes: ['USD'],
  exchange_rates: [{ currency_to: 'USD', rate: 1 }],
};

/** Codes that may stand in the path between /rest/ and /V1. */
export const STORE_CODES: readonly string[] = ['all', 'default', 'admin'];

export const storeRoutes: readonly Route[] = [
  { method: 'GET', path: '/V1/store/storeConfigs', resource, answer: storeConfigs },
  { method: 'GET', path: '/V1/store/websites', resource, answer: () => WEBSITES },
  { method: 'GET', path: '/V1/store/storeGroups', resource, answer: () => GROUPS },
  { method: 'GET', path: '/V1/store/storeViews', resource, answer: () => VIEWS },
  { method: 'GET', path: '/V1/modules', resource: 'Magento_Backend::admin', answer: () => MODULES },
  { method: 'GET', path: '/V1/directory/countries', resource: 'anonymous', answer: () => [COUNTRY_US] },
  { method: 'GET', path: '/V1/directory/countries/:code', resource: 'anonymous', answer: () => COUNTRY_US },
  { method: 'GET', path: '/V1/directory/currency', resource: 'anonymous', answer: () => CURRENCY },
];
