// The page talks to the public API only: a session, its runs as streams, and the list of tasks.
const elements = Object.fromEntries(
  ['messages', 'composer', 'input', 'send', 'stop', 'status', 'key-form', 'key', 'tasks', 'no-tasks'].map((id) => [
    id,
    document.getElementById(id),
  ]),
);
const conversation = { sessionId: undefined, runId: undefined, isStopWanted: false, apiKey: undefined };
const shortestPauseMs = 500;
const longestPauseMs = 60_000;

elements.composer.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = elements.input.value.trim();
  if (text === '') return;
  elements.input.value = '';
  ask(text);
});
elements.stop.addEventListener('click', cancelRun);
elements['key-form'].addEventListener('submit', (event) => {
  event.preventDefault();
  conversation.apiKey = elements.key.value;
  elements['key-form'].hidden = true;
  refreshTasks();
});
refreshTasks();
elements.input.focus();

async function ask(text) {
  addMessage('You').text.textContent = text;
  const answer = addMessage('Agent');
  setBusy('The agent is working…');
  try {
    await answerInto(answer, text);
    setIdle('');
  } catch (error) {
    addLine(answer.item, 'failure', error.message);
    setIdle('The request failed.');
  }
  refreshTasks();
}

async function answerInto(answer, text) {
  // Those of the question before: its run must be neither followed nor stopped in place of this one's.
  Object.assign(conversation, { runId: undefined, isStopWanted: false });
  conversation.sessionId ??= (await callApi('/v1/sessions', { title: text.slice(0, 80) })).id;
  const question = { text, key: crypto.randomUUID() };
  let lastId = 0;
  const onEvent = (event) => {
    lastId = event.id ?? lastId;
    showEvent(answer, event);
  };
  for (let attempt = 1; ; attempt += 1) {
    const pauseMs = await readRun(() => openRun(question, lastId), onEvent);
    if (pauseMs === undefined) return;
    if (attempt === 20) throw new Error('The connection was lost too often.');
    setBusy('Connection lost, resuming…');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** As long as the run is not known it may have been started or not; the key has it started once. */
function openRun({ text, key }, lastId) {
  const { sessionId, runId } = conversation;
  const runs = `/v1/sessions/${sessionId}/runs`;
  if (runId !== undefined) return request(`${runs}/${runId}/stream`, { headers: { 'last-event-id': String(lastId) } });
  return request(`${runs}/stream`, {
    method: 'POST',
    body: JSON.stringify({ input: text }),
    headers: { 'idempotency-key': key },
  });
}

/** Undefined when the run is final, else how long to wait before the next attempt to follow it. */
async function readRun(open, onEvent) {
  try {
    const response = await open();
    if (response.status === 204) return undefined;
    conversation.runId = response.headers.get('x-run-id') ?? conversation.runId;
    if (conversation.isStopWanted) cancelRun();
    for await (const event of readEvents(response.body)) {
      onEvent(event);
      if (['run.completed', 'run.failed', 'run.cancelled'].includes(event.type)) return undefined;
    }
  } catch (error) {
    if (error.isRefusal) throw error;
    return error.pauseMs ?? shortestPauseMs;
  }
  return shortestPauseMs;
}

async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event !== undefined) yield event;
    }
  }
}

function parseEvent(block) {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
  );
  if (fields.data === undefined) return undefined;
  return {
    id: fields.id === undefined ? undefined : Number(fields.id),
    type: fields.event,
    data: JSON.parse(fields.data),
  };
}

const shows = {
  'run.resumed': (answer) => {
    answer.text.textContent = answer.settled ?? '';
    setBusy('Another process has taken over…');
  },
  'step.started': (answer) => {
    answer.settled = answer.text.textContent;
  },
  'message.delta': (answer, data) => {
    answer.text.textContent += data.text;
  },
  'step.finished': (answer, data) => addBadge(answer.badges, `step ${data.step} cache: ${data.cache}`),
  'tool.call': (answer, data) => addTool(answer, data),
  'tool.result': (answer, data) => finishTool(answer, data),
  'run.completed': (answer, data) =>
    addBadge(answer.badges, `${data.usage.input_tokens} + ${data.usage.output_tokens} tokens`),
  'run.failed': (answer, data) => addLine(answer.item, 'failure', data.error.message),
  'run.cancelled': (answer) => addLine(answer.item, 'failure', 'Stopped.'),
};

function showEvent(answer, { type, data }) {
  shows[type]?.(answer, data);
  elements.messages.scrollTop = elements.messages.scrollHeight;
}

function addMessage(speaker) {
  const item = document.createElement('li');
  const tools = document.createElement('div');
  const text = document.createElement('span');
  const badges = document.createElement('div');
  addLine(item, 'speaker', speaker);
  text.className = 'text';
  item.append(tools, text, badges);
  elements.messages.append(item);
  return { item, tools, text, badges, calls: new Map() };
}

function addLine(parent, className, text) {
  const line = document.createElement('span');
  line.className = className;
  line.textContent = text;
  parent.append(line);
}

function addBadge(parent, text) {
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.textContent = text;
  parent.append(badge);
}

function addTool(answer, { step, call_id: callId, tool, input }) {
  const id = `${step}:${callId}`;
  if (answer.calls.has(id)) return;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  const content = document.createElement('pre');
  details.className = 'tool';
  summary.textContent = `${tool} …`;
  content.textContent = input;
  details.append(summary, content);
  answer.tools.append(details);
  answer.calls.set(id, { summary, content });
}

function finishTool(answer, { step, call_id: callId, tool, result, is_error: isError }) {
  const call = answer.calls.get(`${step}:${callId}`);
  if (call === undefined) return;
  call.summary.textContent = `${tool} ${isError ? 'failed' : 'done'}`;
  call.content.textContent += `\n\n${JSON.stringify(result, null, 2)}`;
}

async function cancelRun() {
  conversation.isStopWanted = true;
  if (conversation.runId === undefined) return;
  await callApi(`/v1/sessions/${conversation.sessionId}/runs/${conversation.runId}/cancel`, undefined).catch(
    () => undefined,
  );
}

async function refreshTasks() {
  try {
    const { data } = await (await request('/v1/tasks?limit=50')).json();
    elements.tasks.replaceChildren(...data.map(taskItem));
    elements['no-tasks'].hidden = data.length > 0;
  } catch (error) {
    elements.status.textContent = error.message;
  }
}

function taskItem({ title, status, priority, due_at: dueAt }) {
  const item = document.createElement('li');
  const name = document.createElement('span');
  name.textContent = title;
  name.className = status;
  item.append(name, document.createElement('br'));
  const facts = [
    status,
    priority === 'normal' ? '' : `${priority} priority`,
    dueAt === null ? '' : `due ${dueAt.slice(0, 10)}`,
  ];
  for (const fact of facts.filter((text) => text !== '')) addBadge(item, fact);
  return item;
}

async function callApi(path, body) {
  const response = await request(path, { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) });
  return response.json();
}

async function request(path, { headers, ...init } = {}) {
  const content = init.body === undefined ? {} : { 'content-type': 'application/json' };
  const authorization = conversation.apiKey === undefined ? {} : { authorization: `Bearer ${conversation.apiKey}` };
  const response = await fetch(path, { ...init, headers: { ...content, ...authorization, ...headers } });
  if (response.ok) return response;
  if (response.status === 401) elements['key-form'].hidden = false;
  // Not always our own: a proxy answers what it likes.
  const answer = await response.json().catch(() => undefined);
  const message = answer?.error?.message ?? `The server answered ${response.status}.`;
  const isRefusal = !isTemporary(response);
  throw Object.assign(new Error(message), { isRefusal, pauseMs: pauseMsOf(response) });
}

function isTemporary({ status, headers }) {
  return headers.has('retry-after') || [429, 502, 503, 504].includes(status);
}

function pauseMsOf({ headers }) {
  // A date instead of seconds is not a number, and gets the shortest pause.
  const wantedMs = Number(headers.get('retry-after')) * 1000 || 0;
  return Math.min(Math.max(wantedMs, shortestPauseMs), longestPauseMs);
}

function setBusy(text) {
  elements.status.textContent = text;
  elements.send.disabled = true;
  elements.stop.hidden = false;
}

function setIdle(text) {
  elements.status.textContent = text;
  elements.send.disabled = false;
  elements.stop.hidden = true;
  elements.input.focus();
}
