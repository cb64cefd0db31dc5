// Talking to the double: requests, and the stream of changes.

export async function post(path, body) {
  const isForm = body instanceof FormData;
  const answer = await fetch(`/sandbox/${path}`, {
    method: "POST",
    headers: isForm ? {} : { "Content-Type": "application/json" },
    body: isForm ? body : JSON.stringify(body),
  });
  return read(answer);
}

export async function get(path) {
  return read(await fetch(`/sandbox/${path}`));
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || answer.statusText);
  return body;
}

// EventSource reconnects by itself; every (re)connection begins with "hello", on which all is loaded anew.
export function listen(onChange, onState) {
  const source = new EventSource("/sandbox/events");
  source.onmessage = (event) => onChange(JSON.parse(event.data));
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
}
