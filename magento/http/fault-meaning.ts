import { unknownOutcome, type Errand, type Meaning } from './call-target';

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;
/** No common TLS, as a rule; on a connection that was open already the call may have got through. */
const PROTOCOL = /SSL|EPROTO/;
/** Nothing had been sent yet when the connection failed. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/** What a connection that failed before any answer means. */
export function meaningOfFault(code: string, timedOut: boolean, errand: Errand): Meaning {
  if (CERTIFICATE.test(code)) {
    return {
      kind: 'misconfigured',
      code: 'shopCertificate',
      what: `The shop’s certificate cannot be trusted (${code})`,
      remedy: 'Have the shop’s host renew it, or correct magento.baseUrl.',
      field: 'magento.baseUrl',
    };
  }
  if (PROTOCOL.test(code) && !errand.write) {
    return {
      kind: 'misconfigured',
      code: 'shopCertificate',
      what: `The shop’s encryption does not work (${code})`,
      remedy: 'Have the shop’s host repair it, or correct magento.baseUrl.',
      field: 'magento.baseUrl',
    };
  }
  if (BEFORE_SENDING.has(code))
    return { kind: 'transient', code: 'shopUnreachable', what: `The shop cannot be reached (${code})` };
  if (timedOut) return { kind: unknownOutcome(errand), code: 'shopTimeout', what: 'The shop did not answer in time' };
  return {
    kind: unknownOutcome(errand),
    code: 'shopConnectionLost',
    what: `The connection to the shop broke (${code})`,
  };
}

export function codeOf(fault: unknown): string {
  if (typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string')
    return fault.code;
  return fault instanceof Error ? fault.name : 'unknown';
}
