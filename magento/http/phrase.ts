/** An error body of the shop (contract §1.1). */
export interface ErrorBody {
  readonly message: string;
  readonly parameters?: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly errors?: readonly ErrorBody[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The keys of an error body; gateways put a request id or a status code of their own beside their message. */
const KEYS: readonly string[] = ['message', 'parameters', 'errors', 'code', 'trace'];

export function asErrorBody(body: unknown): ErrorBody | null {
  if (!isRecord(body)) return null;
  if ('messages' in body) return fatalIn(body);
  if (typeof body['message'] !== 'string' || !Object.keys(body).every((key) => KEYS.includes(key))) return null;
  const { message, parameters, errors } = body;
  return {
    message,
    ...(Array.isArray(parameters) || isRecord(parameters) ? { parameters } : {}),
    ...(Array.isArray(errors) ? { errors: errors.map(asErrorBody).filter((error) => error !== null) } : {}),
  };
}

/** What the shop says when PHP itself has ended: `{"messages":{"error":[{"code":500,"message":"…"}]}}`. */
function fatalIn({ messages }: Record<string, unknown>): ErrorBody | null {
  const errors: unknown = isRecord(messages) ? messages['error'] : null;
  const first: unknown = Array.isArray(errors) ? errors[0] : null;
  return isRecord(first) && typeof first['message'] === 'string' ? { message: first['message'] } : null;
}

/** The shop's own sentence with `%1` and `%name` filled in; several errors joined by line feeds. */
export function phraseOf(body: ErrorBody): string {
  const own = fill(body.message, body.parameters);
  const others = (body.errors ?? []).map(phraseOf);
  return others.length === 0 ? own : [own, ...others].join('\n');
}

function fill(message: string, parameters: ErrorBody['parameters']): string {
  if (parameters === undefined) return message;
  const byName = new Map<string, unknown>(
    Array.isArray(parameters)
      ? parameters.map((value, index): [string, unknown] => [String(index + 1), value])
      : Object.entries(parameters),
  );
  return message.replace(/%(\w+)/g, (raw, name: string) => textOf(byName.get(name)) ?? raw);
}

const textOf = (value: unknown): string | null => {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** What a body of whatever kind says: the shop's own sentence, else the beginning of a page or a plain text. */
export function phraseIn(text: string): { readonly phrase: string; readonly isErrorBody: boolean } {
  try {
    const body = asErrorBody(JSON.parse(text));
    if (body !== null) return { phrase: phraseOf(body), isErrorBody: true };
  } catch {
    // HTML of a proxy or plain text of a broken bootstrap: its beginning is all there is to show.
  }
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { phrase: words.slice(0, 500), isErrorBody: false };
}
