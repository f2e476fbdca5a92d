// An operation of the API is tried: the address, a command that asks the same, and the answer stand below its form.

const MOST = 200_000;

function address(form) {
  const data = new FormData(form);
  data.delete('operation');
  const path = form.dataset.path.replace(/\{(\w+)\}/g, (place, name) => {
    const value = data.get(name) ?? '';
    data.delete(name);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams([...data].filter(([, value]) => value !== ''));
  return path + (query.size ? '?' + query : '');
}

function request(form) {
  const headers = {};
  const token = form.querySelector('[data-token]');
  if (token) {
    headers.Authorization = 'Bearer ' + token.value;
  }
  const body = form.querySelector('[data-body]');
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  return { method: form.dataset.method, headers, body: body?.value };
}

function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

// The token is named, not shown: the command will be pasted where others read it.
function command(url, { method, headers, body }) {
  const words = ['curl'];
  if (method !== 'GET') {
    words.push('-X', method);
  }
  for (const [name, value] of Object.entries(headers)) {
    words.push('-H', name === 'Authorization' ? '"Authorization: Bearer $TOKEN"' : quoted(name + ': ' + value));
  }
  if (body) {
    words.push('-d', quoted(body));
  }
  return [...words, quoted(url)].join(' ');
}

// The beginning of an answer: what is streamed may be longer than anybody reads.
async function beginning(response) {
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return { text, whole: true };
    }
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST) {
      await reader.cancel();
      return { text: text.slice(0, MOST), whole: false };
    }
  }
}

function pretty(text, type) {
  if (!/[/+]json/.test(type)) {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

async function ask(form) {
  const path = address(form);
  const asked = request(form);
  form.nextElementSibling?.remove();
  const output = element('div', 'answer');
  output.setAttribute('role', 'status');
  form.after(output);
  const line = element('p', 'answer-status', 'Asking …');
  output.append(element('pre', 'command', command(location.origin + path, asked)), line);
  const started = performance.now();
  try {
    const response = await fetch(path, asked);
    const type = response.headers.get('Content-Type') ?? '';
    const took = Math.round(performance.now() - started);
    line.textContent = `${response.status} ${type.replace(/;.*/, '')}, ${took} ms `;
    if (asked.method === 'GET') {
      const link = element('a', '', 'Open it');
      link.href = path;
      line.append(link);
    }
    if (/^(audio|video|image)\//.test(type)) {
      await response.body.cancel();
      return;
    }
    const { text, whole } = await beginning(response);
    const shown = element('pre', 'body', whole ? pretty(text, type) : text + '\n…');
    shown.tabIndex = 0;
    output.append(shown);
  } catch (error) {
    line.textContent = `No answer came: ${error.message}`;
  }
}

for (const form of document.querySelectorAll('form.try')) {
  form.querySelector('button').hidden = false;
  form.addEventListener('submit', event => {
    event.preventDefault();
    ask(form);
  });
}
