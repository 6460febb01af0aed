// The control API of the local workspace: one way in, errors as the sentence the server gave.

export class ApiError extends Error {}

const OFFLINE = "The workspace does not answer. Is it still running? The page keeps trying.";

async function call(method, path, { query, body } = {}) {
  const url = new URL(`/_control/${path}`, location.origin);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null) url.searchParams.set(name, value);
  const init = { method, headers: {} };
  if (body) Object.assign(init, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  const response = await fetch(url, init).catch(() => {
    throw new ApiError(OFFLINE);
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false)
    throw new ApiError(answer.error ?? `The workspace answered ${response.status}.`);
  return answer;
}

export const get = (path, query) => call("GET", path, { query });
export const post = (path, body) => call("POST", path, { body });

/** Calls onChange when something this person can see changed, onLine(true or false) as the line comes and goes. */
export function stream(as, { onChange, onLine }) {
  const source = new EventSource(`/_control/stream?as=${encodeURIComponent(as)}`);
  source.onopen = () => {
    onLine(true);
    onChange();
  };
  source.onmessage = onChange;
  source.onerror = () => onLine(false);
  return () => source.close();
}
