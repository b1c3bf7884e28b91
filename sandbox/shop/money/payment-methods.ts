const OFFLINE: Readonly<Record<string, string>> = {
  checkmo: 'Check / Money order',
  banktransfer: 'Bank Transfer Payment',
  cashondelivery: 'Cash On Delivery',
  purchaseorder: 'Purchase Order',
  free: 'No Payment Information Required',
};

/** Everything but the shop's own offline methods asks a gateway for its money. */
export const isGatewayMethod = (method: string): boolean => !(method in OFFLINE);

const GATEWAYS: Readonly<Record<string, string>> = {
  authnetcim: 'Credit Card (Authorize.Net CIM)',
  paypal_express: 'PayPal Express Checkout',
  braintree: 'Credit Card (Braintree)',
  payflowpro: 'Credit Card (Payflow Pro)',
  ccsave: 'Saved CC',
  testgateway: 'Test Gateway',
};

export const methodTitle = (method: string): string => OFFLINE[method] ?? GATEWAYS[method] ?? method;
