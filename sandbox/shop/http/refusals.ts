import type { Json } from '../json';

/** An answer other than success, with the shop's exact body (contract §1.1). */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Json;
  /** The body goes out as text instead of JSON. */
  readonly plain: boolean;
  constructor(status: number, body: Json, plain = false) {
    super(typeof body === 'string' ? body : `refused with ${status}`);
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
    this.plain = plain;
  }
}

export const badRequest = (message: string, parameters?: Json): Refusal =>
  new Refusal(400, parameters === undefined ? { message } : { message, parameters });

export const notFound = (): Refusal =>
  new Refusal(404, { message: "The entity that was requested doesn't exist. Verify the entity and try again." });

export const noRoute = (): Refusal => new Refusal(404, { message: 'Request does not match any route.' });

export const unauthorized = (resource: string): Refusal =>
  new Refusal(401, {
    message: "The consumer isn't authorized to access %resources.",
    parameters: { resources: resource },
  });

export const oauthRefused = (message: string, status = 401, parameters?: Json): Refusal =>
  new Refusal(status, parameters === undefined ? { message } : { message, parameters });

export const missingArgument = (fieldName: string): Refusal =>
  badRequest('"%fieldName" is required. Enter and try again.', { fieldName });

export const missingArguments = (names: readonly string[]): Refusal => {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return missingArgument(only);
  return new Refusal(400, {
    message: 'One or more input exceptions have occurred.',
    errors: names.map((fieldName) => ({
      message: '"%fieldName" is required. Enter and try again.',
      parameters: { fieldName },
    })),
  });
};

/** Field names are answered in UpperCamel case. */
export const unknownField = (name: string): Refusal =>
  badRequest('"%fieldName" is not supported. Correct the field name and try again.', {
    fieldName: name.replace(/(^|_)([a-z0-9])/g, (_match, _lead, letter: string) => letter.toUpperCase()),
  });

export const wrongType = (field: string, value: unknown, expected: string): Refusal =>
  badRequest(
    `Error occurred during "${field}" processing. The "${String(value)}" value's type is invalid. The "${expected}" type was expected. Verify and try again.`,
  );

export const wrongPathType = (value: string): Refusal =>
  badRequest(`The "${value}" value's type is invalid. The "int" type was expected. Verify and try again.`);

export const needsId = (): Refusal => badRequest('An ID is needed. Set the ID and try again.');

export const decodingError = (): Refusal => badRequest('Decoding error.');

export const wrongMediaType = (type: string): Refusal =>
  badRequest(`Server cannot understand Content-Type HTTP header media type ${type}`);

export const unknownStore = (): Refusal => badRequest('Specified request cannot be processed.');

export const wrongSortDirection = (): Refusal =>
  badRequest('The sort order has to be specified as %1 for ascending order or %2 for descending order.', [
    'ASC',
    'DESC',
  ]);

/** A scalar where a list is due breaks the application itself. */
export const applicationBroken = (): Refusal =>
  new Refusal(500, 'An error has happened during application run. See exception log for details.', true);

let reports = 0;
export const internalError = (): Refusal => {
  reports += 1;
  const report = (0x66f0c00000000 + reports).toString(16).slice(-13);
  return new Refusal(500, {
    message: `Internal Error. Details are available in Magento log file. Report ID: webapi-${report}`,
  });
};
