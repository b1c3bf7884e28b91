import { transient, type CantusError } from '../../domain/errors';
import type { ShopError } from '../http/errors';

interface NotDone {
  readonly code: string;
  readonly order: string;
  /** What the looks after it showed, as a sentence. */
  readonly what: string;
}

/**
 * A write of unknown outcome of which the shop shows nothing, and which may be sent again. It is tried again, and where
 * that never helps it is told as what it met: a firewall is no outage.
 */
export function unknownWrite({ code, order, what }: NotDone, cause: ShopError): CantusError {
  const { reason, remedy, field } = cause.facts;
  return transient(
    {
      code,
      order,
      reason: reason ?? 'systemDown',
      message: `${cause.what}. ${what} It is tried again.`,
      ...(remedy === undefined ? {} : { remedy }),
      ...(field === undefined ? {} : { field }),
      raw: cause.phrase,
    },
    cause,
  );
}
